/**
 * Reads tables and prints of a release back before they are published (docs/METHODS.md §5; attacks A9, A15, A16): each line of a CSV must be one released cell, in the order of
 * the categories and never of the counts. Parses with a reader that shares no code with the writers.
 */
import Papa from 'papaparse';
import { getDocumentProxy, getMeta } from 'unpdf';
import type { ReleasedTable, ReleasedValue } from '../disclosure/released-table.ts';
import { type Allowed, strayNumbers } from './read-back.ts';

const said = (value: ReleasedValue): readonly string[] => {
  if (value.kind === 'count') return ['', '', String(value.count)];
  if (value.kind === 'status') return ['', '', value.status];
  const { least, most } = value.interval ?? {};
  return [least, most].map((end) => (end === undefined ? '' : String(end))).concat('withheld');
};

/** What a formula-safe field was before it was made safe. */
const plain = (field: string | undefined): string => (field ?? '').replace(/^'(?=[=+\-@\t\r])/, '');

/** Why a CSV does not say exactly its table, or undefined when it does. */
export function csvFault(text: string, table: ReleasedTable): string | undefined {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
  const [head = [], ...lines] = data;
  if (errors.length || lines.pop()?.join('') !== '') return 'is not whole';
  const names = table.dimensions.map(({ name }) => name);
  const rest = head.slice(names.length);
  const shape = [table.regions ? 'h3_cells' : '', rest.includes('withheld_from') ? 'withheld_from,withheld_to' : ''];
  if ([...names, ...shape.filter(Boolean)].join() !== head.slice(0, -1).join()) return 'has other columns';
  if (lines.length !== table.cells.length) return 'has more or fewer lines than cells';
  const cells = new Map(
    table.cells.map(({ at, value }) => [JSON.stringify(names.map((name) => at[name] ?? '*')), value]),
  );
  const regions = new Map(table.regions?.map(({ id, cells: own }) => [id, [...own].sort().join(' ')]));
  const places = table.dimensions.map(
    ({ categories }) => new Map([...categories, '*'].map((category, at) => [category, at])),
  );
  let before: readonly number[] = [];
  for (const line of lines) {
    if (line.length !== head.length) return 'has a line of another length';
    const at = names.map((_, nth) => plain(line[nth]));
    const value = cells.get(JSON.stringify(at));
    if (!value) return 'has a line of no cell, or a cell twice';
    cells.delete(JSON.stringify(at));
    const own = head.map((name, nth) => [name, line[nth] ?? ''] as const).slice(names.length);
    const [least, most, word] = said(value);
    for (const [name, field] of own.slice(0, -1)) {
      const expected = name === 'h3_cells' ? (regions.get(at[0] ?? '') ?? '') : name === 'withheld_from' ? least : most;
      if (field !== expected) return `says something else in ${name}`;
    }
    if (own.at(-1)?.[1] !== word) return 'says another value than the released one';
    const rank = at.map((category, nth) => places[nth]?.get(category) ?? Number.MAX_SAFE_INTEGER);
    const differs = rank.findIndex((place, nth) => place !== before[nth]);
    if (before.length && (differs < 0 || (rank[differs] ?? 0) < (before[differs] ?? 0)))
      return 'is in another order than its categories';
    before = rank;
  }
  return undefined;
}

type Sheet = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;

/** How far apart two pieces of text may stand on a sheet and still be one word, in points. */
const oneWord = 0.5;

/** The text of a sheet. Two pieces are parted wherever a reader sees them apart: labels of neighbouring places on a map are two numbers, not one. */
async function sheetText(sheet: Sheet): Promise<string> {
  const { items } = await sheet.getTextContent();
  let text = '';
  let end: readonly [x: number, y: number] | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const [x = 0, y = 0]: readonly number[] = item.transform.slice(4);
    const joins = end && Math.abs(y - end[1]) < oneWord && Math.abs(x - end[0]) < oneWord;
    text += `${joins || end === undefined ? '' : ' '}${item.str}${item.hasEOL ? '\n' : ''}`;
    end = [x + item.width, y];
  }
  return text;
}

/** Numbers of a PDF, on its sheets and in its title and keywords, that nothing allows; read by another program than the one that set it. */
export async function pdfStrays(pdf: Uint8Array, { numbers, asides }: Allowed): Promise<readonly string[]> {
  const document = await getDocumentProxy(pdf.slice());
  const sheets: string[] = [];
  for (let page = 1; page <= document.numPages; page++) sheets.push(await sheetText(await document.getPage(page)));
  const { info } = await getMeta(document);
  const named = ['Title', 'Author', 'Subject', 'Keywords'].map((name) => String(info[name] ?? ''));
  const pages = sheets.map((_, page) => `${page + 1} / ${sheets.length}`);
  // A hash is broken over lines; its parts are known by the whole.
  const broken = asides
    .filter((aside) => /[0-9a-f]{64}/.test(aside))
    .flatMap((aside) => aside.match(/[0-9a-f]{64}/g) ?? []);
  // So is the name of an agency's release, at one of its hyphens.
  const releases = asides
    .filter((aside) => /^foia-\d{8}-[0-9a-f]{8}$/.test(aside))
    .flatMap((name) => [name.replace('-', ''), name.replace(/-(?=[0-9a-f]{8}$)/, '')]);
  const strays = strayNumbers([...sheets, ...named].join('\n').replace(/- ?\n ?/g, ''), {
    numbers,
    asides: [...asides, ...releases, ...pages],
  });
  return strays.filter((stray) => {
    const digits = stray.slice(Math.min(30, stray.length - 1)).match(/^[0-9a-f]{3,}/)?.[0];
    return !(digits && broken.some((hash) => hash.includes(digits)));
  });
}
