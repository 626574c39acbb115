/** Why a whole file was not read. The original is kept all the same. */
const fileRefusals = {
  EMPTY: 'the file is empty',
  LEGACY_WORKBOOK: 'a workbook of Excel 95 or older; ask the agency for .xlsx or .csv',
  BINARY_WORKBOOK: 'a binary workbook (.xlsb); save it as .xlsx, or ask the agency for .xlsx or .csv',
  OTHER_DOCUMENT: 'an office document that is no workbook of Excel; ask the agency for .xlsx or .csv',
  NAME: 'the name says another kind of file than the content is; drop it under its right name',
  MARKUP: 'an HTML or XML document, whatever its name says',
  ARCHIVE: 'an archive in a format other than zip; drop the files in it one by one',
  NESTED_ARCHIVE: 'an archive inside an archive; drop it by itself',
  ENCRYPTED: 'the file is encrypted; ask the agency for an open copy',
  MACROS: 'the workbook carries macros',
  TRUNCATED: 'the file is cut off or damaged',
  TOO_MANY_ENTRIES: 'the archive has more than 200 entries',
  TOO_LARGE: 'the file or something in it is larger than is read: 2 GB unpacked, 3 GB in all, 5 million rows',
  RATIO: 'an entry unpacks to more than 200 times its packed size',
  SIZE_LIES: 'an entry unpacks to another size or checksum than it declares',
  NAMES: 'the archive has two entries of one name, or a name that leaves the archive',
  DOCTYPE: 'a part of the workbook declares a document type',
  MALFORMED: 'a part of the file is not well-formed',
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
