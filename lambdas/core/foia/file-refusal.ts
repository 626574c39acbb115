/** Why a whole file was not read. The original is kept all the same. */
const fileRefusals = {
  EMPTY: 'the file is empty',
  UNKNOWN_FORMAT: 'the file is neither a workbook nor a table in text',
  LEGACY_WORKBOOK: 'a legacy .xls workbook; save it as .xlsx, or ask the agency for .xlsx or .csv',
  DOCUMENT: 'a PDF document; its tables must be entered by hand',
  MARKUP: 'an HTML or XML document, whatever its name says',
  ARCHIVE: 'an archive that is not an .xlsx workbook; drop the files in it one by one',
  ENCRYPTED: 'the file is encrypted; ask the agency for an open copy',
  MACROS: 'the workbook carries macros',
  TRUNCATED: 'the file is cut off or damaged',
  TOO_MANY_ENTRIES: 'the archive has more than 200 entries',
  TOO_LARGE: 'an entry unpacks to more than 512 MB, or all of them to more than 1 GB',
  RATIO: 'an entry unpacks to more than 200 times its packed size',
  SIZE_LIES: 'an entry unpacks to another size or checksum than it declares',
  NAMES: 'the archive has two entries of one name, or a name that leaves the archive',
  DOCTYPE: 'a part of the workbook declares a document type',
  MALFORMED: 'a part of the workbook is not well-formed',
  ENCODING: 'the text is in no encoding that can be told',
  NO_SHEETS: 'the workbook has no sheet with cells',
} as const;
export type FileRefusalCode = keyof typeof fileRefusals;

/** Thrown inside the readers, where a stream must stop at once; the room's edge turns it into a value. */
export class FileRefusal extends Error {
  override name = 'FileRefusal';
  readonly code: FileRefusalCode;
  constructor(code: FileRefusalCode, cause?: unknown) {
    super(fileRefusals[code], cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
