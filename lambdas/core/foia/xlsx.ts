/** Office Open XML workbooks (ECMA-376), transitional and strict, with any part names and prefixes. */
import type { Selection, Sheet } from './cell.ts';
import { CellStyles } from './cell-styles.ts';
import { FileRefusal } from './file-refusal.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetRows, type WorkbookParts } from './sheet-rows.ts';
import { attributesOf, inUtf8, readXml, XmlTokens } from './xml-tokens.ts';
import type { ZipArchive } from './zip-archive.ts';

type Element = { readonly name: string; readonly attributes: ReadonlyMap<string, string> };

/** Whether an archive is an Office package of any kind, and no archive of files. */
export const isOfficePackage = (zip: ZipArchive): boolean =>
  zip.names.has('[Content_Types].xml') || zip.names.has('_rels/.rels') || zip.names.has('xl/workbook.xml');

/** The sheets of a workbook in their own order, hidden ones included; sheets of charts have no cells and are left out. Throws FileRefusal. */
export async function openXlsx(zip: ZipArchive): Promise<readonly Sheet[]> {
  if (zip.names.has('EncryptedPackage')) throw new FileRefusal('ENCRYPTED');
  for (const name of zip.names) if (/vbaProject|macrosheets\//i.test(name)) throw new FileRefusal('MACROS');
  const workbook = await workbookPath(zip);
  if (!workbook) throw new FileRefusal(zip.names.has('xl/workbook.bin') ? 'BINARY_WORKBOOK' : 'OTHER_DOCUMENT');
  if (await hasMacros(zip, workbook)) throw new FileRefusal('MACROS');
  const elements = await elementsOf(zip, workbook);
  const parts = await relationsOf(zip, workbook);
  const from1904 = elements.some(
    ({ name, attributes }) => name === 'workbookPr' && /^(1|true|on)$/.test(attributes.get('date1904') ?? ''),
  );
  const strings = new SharedStrings();
  const styles = new CellStyles();
  for (const part of parts.values()) {
    if (part.type === 'sharedStrings' && zip.names.has(part.path)) await readXml(zip.read(part.path), strings);
    if (part.type === 'styles' && zip.names.has(part.path)) await readXml(zip.read(part.path), styles);
  }
  const shared: WorkbookParts = { strings, days: styles.days, from1904 };
  const sheets: Sheet[] = [];
  for (const { name, attributes } of elements) {
    if (name !== 'sheet') continue;
    const relation = [...attributes].find(([key]) => key.endsWith(':id'))?.[1];
    const part = parts.get(relation ?? '');
    if (part?.type !== 'worksheet') continue;
    if (!zip.names.has(part.path)) throw new FileRefusal('TRUNCATED');
    sheets.push({
      name: attributes.get('name') ?? '',
      rows: (selection) => sheetRows(zip, part.path, shared, selection),
    });
  }
  if (sheets.length === 0) throw new FileRefusal('NO_SHEETS');
  return sheets;
}

async function* sheetRows(zip: ZipArchive, path: string, parts: WorkbookParts, selection: Selection) {
  const rows = new SheetRows(parts, selection);
  const tokens = new XmlTokens(rows);
  for await (const chunk of inUtf8(zip.read(path))) {
    tokens.write(chunk);
    const ready = rows.take();
    if (ready.length > 0) yield ready;
  }
  tokens.end();
}

async function workbookPath(zip: ZipArchive): Promise<string | undefined> {
  if (zip.names.has('_rels/.rels'))
    for (const part of (await relationsOf(zip, '')).values())
      if (part.type === 'officeDocument' && /\.xml$/i.test(part.path) && zip.names.has(part.path))
        return part.path.startsWith('xl/') || (await isWorkbook(zip, part.path)) ? part.path : undefined;
  return zip.names.has('xl/workbook.xml') ? 'xl/workbook.xml' : undefined;
}

/** Whether the package calls its workbook one with macros, wherever they may be. */
const hasMacros = async (zip: ZipArchive, workbook: string): Promise<boolean> =>
  zip.names.has('[Content_Types].xml') &&
  (await elementsOf(zip, '[Content_Types].xml')).some(
    ({ attributes }) =>
      attributes.get('PartName') === `/${workbook}` && /macroEnabled/i.test(attributes.get('ContentType') ?? ''),
  );

const isWorkbook = async (zip: ZipArchive, path: string) =>
  (await elementsOf(zip, path)).some(({ name }) => name === 'sheets');

type Part = { readonly type: string; readonly path: string };

/** The parts a part refers to, by relation id; `''` is the package itself. Targets outside the package are never followed. */
async function relationsOf(zip: ZipArchive, part: string): Promise<ReadonlyMap<string, Part>> {
  const folder = part.split('/').slice(0, -1);
  const path = [...folder, '_rels', `${part.split('/').at(-1) ?? ''}.rels`].join('/');
  const found = new Map<string, Part>();
  if (!zip.names.has(path)) return found;
  for (const { name, attributes } of await elementsOf(zip, path)) {
    const target = attributes.get('Target');
    if (name !== 'Relationship' || !target || attributes.get('TargetMode') === 'External') continue;
    const type = attributes.get('Type')?.split('/').at(-1) ?? '';
    found.set(attributes.get('Id') ?? '', { type, path: resolved(folder, target) });
  }
  return found;
}

function resolved(folder: readonly string[], target: string): string {
  const steps = target.startsWith('/') ? [] : [...folder];
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

const smallPartElements = 20_000;

/** Every element of a small part, in order. */
async function elementsOf(zip: ZipArchive, path: string): Promise<readonly Element[]> {
  const found: Element[] = [];
  await readXml(zip.read(path), {
    open(bytes, start, end, tagEnd) {
      if (found.length >= smallPartElements) throw new FileRefusal('TOO_LARGE');
      found.push({ name: bytes.toString('utf8', start, end), attributes: attributesOf(bytes, end, tagEnd) });
    },
    text() {},
    close() {},
  });
  return found;
}
