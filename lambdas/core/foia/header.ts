/** Finds the header row of a sheet and the reviewed layout it belongs to. Without both, nothing is read: a layout is never guessed. */
import { cellText, type SheetRow } from './cell.ts';
import { type Field, type Layout, normalWords, type RecordLayout } from './layout.ts';
import { withoutRedaction } from './redaction.ts';

/** The header must stand in the first rows of a sheet. */
export const headerWithin = 100;

type Column = {
  readonly index: number;
  readonly header: string;
  readonly words: string;
  readonly redacted: boolean;
};
export type Recognition =
  | {
      readonly reading: 'records';
      readonly layout: RecordLayout;
      readonly headerRow: number;
      readonly columns: ReadonlyMap<Field, Column>;
      readonly unmapped: readonly string[];
      /** The rows above the header, as one text in normal words. */
      readonly title: string;
      readonly first: number;
    }
  | { readonly reading: 'reference'; readonly layout: Layout; readonly headerRow: number }
  | { readonly reading: 'unknown'; readonly why: 'layout_unknown' | 'layout_ambiguous' | 'header_repeats_a_column' };

type Candidate = { readonly layout: Layout; readonly row: SheetRow; readonly score: number };

/** Recognizes a sheet by its first rows and its name. */
export function recognize(rows: readonly SheetRow[], sheetName: string, layouts: readonly Layout[]): Recognition {
  const best: Candidate[] = [];
  for (const [at, row] of rows.entries()) {
    if (at >= headerWithin) break;
    const headers = columnsOf(row);
    const present = new Set(headers.map(({ words }) => words));
    for (const layout of layouts) {
      const score = layout.reading === 'records' ? fit(layout, present) : same(layout, headers);
      if (score === 0) continue;
      if (layout.reading === 'records' && !titleFits(layout, titleOf(rows, at, sheetName))) continue;
      const leader = best[0];
      if (leader && score < leader.score) continue;
      if (leader && score > leader.score) best.length = 0;
      if (!best.some(({ layout: other }) => other === layout)) best.push({ layout, row, score });
    }
  }
  const [winner, rival] = best;
  if (!winner) return { reading: 'unknown', why: 'layout_unknown' };
  if (rival) return { reading: 'unknown', why: 'layout_ambiguous' };
  const { layout, row } = winner;
  if (layout.reading === 'reference') return { reading: 'reference', layout, headerRow: row.number };
  const headers = columnsOf(row);
  const columns = new Map<Field, Column>();
  for (const [field, synonyms] of Object.entries(layout.fields) as [Field, readonly string[]][]) {
    const wanted = synonyms.find((synonym) => headers.some(({ words }) => words === synonym));
    const found = headers.filter(({ words }) => words === wanted);
    if (found.length > 1) return { reading: 'unknown', why: 'header_repeats_a_column' };
    if (found[0]) columns.set(field, found[0]);
  }
  const taken = new Set([...columns.values()].map(({ index }) => index));
  return {
    reading: 'records',
    layout,
    headerRow: row.number,
    columns,
    unmapped: headers
      .filter(({ index, words }) => !taken.has(index) && !layout.notTaken.includes(words))
      .map(({ header }) => header),
    title: titleOf(rows, rows.indexOf(row), sheetName),
    first: headers[0]?.index ?? 0,
  };
}

function columnsOf(row: SheetRow): readonly Column[] {
  const found: Column[] = [];
  row.cells.forEach((cell, index) => {
    const header = cellText(cell);
    if (header === '' || header.length > 200) return;
    const bare = withoutRedaction(header);
    found.push({ index, header, words: normalWords(bare.header), redacted: bare.redacted });
  });
  return found;
}

/** How many headers the layout knows, when everything it needs is there; otherwise 0. */
function fit(layout: RecordLayout, present: ReadonlySet<string>): number {
  let known = 0;
  for (const [field, synonyms] of Object.entries(layout.fields)) {
    if (synonyms.some((synonym) => present.has(synonym))) known += 1;
    else if (!(layout.optional as readonly string[]).includes(field)) return 0;
  }
  if (!layout.alsoHeaders.every((header) => present.has(header))) return 0;
  if (layout.neverHeaders.some((header) => present.has(header))) return 0;
  for (const header of layout.notTaken) if (present.has(header)) known += 1;
  return known >= 2 ? known : 0;
}

function same(layout: Layout, headers: readonly Column[]): number {
  if (layout.reading !== 'reference') return 0;
  const row = headers.map(({ words }) => words).join('|');
  return layout.headerRows.some((expected) => expected.join('|') === row) ? headers.length : 0;
}

const titleOf = (rows: readonly SheetRow[], headerAt: number, sheetName: string): string =>
  normalWords([sheetName, ...rows.slice(0, headerAt).flatMap(({ cells }) => cells.map(cellText))].join(' '));

const holds = (title: string, phrase: string) => ` ${title} `.includes(` ${phrase} `);

const titleFits = (layout: RecordLayout, title: string): boolean =>
  (layout.titleAny.length === 0 || layout.titleAny.some((phrase) => holds(title, phrase))) &&
  !layout.titleNever.some((phrase) => holds(title, phrase));
