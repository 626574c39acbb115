/** Finds the tables of a sheet: their header rows and the reviewed layouts they belong to. Without both, nothing is read: a layout is never guessed. */
import { cellText, type SheetRow } from './cell.ts';
import { type Field, type Layout, normalWords, type RecordLayout } from './layout.ts';
import { withoutRedaction } from './redaction.ts';

/** A header is looked for in the first rows of a sheet, and where a row further down looks like one. */
export const headerWithin = 100;

export type Column = { readonly index: number; readonly header: string; readonly words: string };
export type Recognition =
  | {
      readonly reading: 'records';
      readonly layout: RecordLayout;
      readonly columns: ReadonlyMap<Field, Column>;
      readonly unmapped: readonly string[];
      /** The rows above the header, as one text in normal words. */
      readonly title: string;
    }
  | { readonly reading: 'reference'; readonly layout: Layout }
  | { readonly reading: 'unknown'; readonly why: 'layout_unknown' | 'layout_ambiguous' | 'header_repeats_a_column' };

/** A table begins under its header and takes the columns from `first` to `last`, 0-based. */
export type FoundTable = {
  readonly headerRow: number;
  readonly first: number;
  readonly last: number;
  readonly headers: readonly Column[];
  readonly recognition: Recognition;
};

type Candidate = {
  readonly headers: readonly Column[];
  readonly row: SheetRow;
  readonly at: number;
  readonly layout: Layout;
  readonly score: number;
};

const firstOf = (headers: readonly Column[]) => headers[0]?.index ?? 0;
const lastOf = (headers: readonly Column[]) => headers.at(-1)?.index ?? 0;
const overlap = (a: readonly Column[], b: readonly Column[]) => firstOf(a) <= lastOf(b) && firstOf(b) <= lastOf(a);
const wordsOf = (headers: readonly Column[]) => headers.map(({ index, words }) => `${index} ${words}`).join('|');

/** The recognized tables among these rows, from top to bottom and left to right: side by side, one under the other, or both. */
export function findTables(
  rows: readonly SheetRow[],
  sheetName: string,
  layouts: readonly Layout[],
): readonly FoundTable[] {
  const candidates = rows
    .flatMap((row, at) => candidatesIn(row, at, rows, sheetName, layouts))
    .sort((a, b) => b.score - a.score || width(a) - width(b) || a.at - b.at);
  const chosen: Candidate[] = [];
  const ambiguous = new Set<Candidate>();
  for (const candidate of candidates) {
    const rival = chosen.find(({ at, headers }) => at === candidate.at && overlap(headers, candidate.headers));
    if (rival) {
      if (rival.score === candidate.score && rival.layout !== candidate.layout && width(rival) === width(candidate))
        ambiguous.add(rival);
      continue;
    }
    // The same header once more, as on the next page, begins no other table.
    const repeated = chosen.some(
      ({ layout, headers }) => layout === candidate.layout && wordsOf(headers) === wordsOf(candidate.headers),
    );
    if (!repeated) chosen.push(candidate);
  }
  return chosen
    .sort((a, b) => a.at - b.at || firstOf(a.headers) - firstOf(b.headers))
    .map((candidate) => ({
      headerRow: candidate.row.number,
      first: firstOf(candidate.headers),
      last: lastOf(candidate.headers),
      headers: candidate.headers,
      recognition: ambiguous.has(candidate)
        ? { reading: 'unknown', why: 'layout_ambiguous' }
        : recognitionOf(candidate, rows, sheetName),
    }));
}

const width = ({ headers }: Candidate): number => lastOf(headers) - firstOf(headers);

/** A whole row may be a header, and so may each run of neighbouring cells in it. */
function candidatesIn(
  row: SheetRow,
  at: number,
  rows: readonly SheetRow[],
  sheetName: string,
  layouts: readonly Layout[],
): readonly Candidate[] {
  const whole = columnsOf(row);
  const runs: Column[][] = [];
  for (const column of whole) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.index === column.index - 1) run.push(column);
    else runs.push([column]);
  }
  const found: Candidate[] = [];
  for (const headers of runs.length > 1 ? [whole, ...runs] : [whole]) {
    if (headers.length < 2) continue;
    const present = new Set(headers.map(({ words }) => words));
    for (const layout of layouts) {
      const score = layout.reading === 'records' ? fit(layout, headers, present) : same(layout, headers);
      if (score === 0) continue;
      if (layout.reading === 'records' && !titleFits(layout, titleOf(rows, at, headers, sheetName))) continue;
      found.push({ headers, row, at, layout, score });
    }
  }
  return found;
}

function recognitionOf({ layout, headers, at }: Candidate, rows: readonly SheetRow[], sheetName: string): Recognition {
  if (layout.reading === 'reference') return { reading: 'reference', layout };
  const columns = new Map<Field, Column>();
  for (const [field, synonyms] of Object.entries(layout.fields) as [Field, readonly string[]][]) {
    const wanted = synonyms.find((synonym) => headers.some(({ words }) => words === synonym));
    const found = headers.filter(({ words }) => words === wanted);
    if (found.length > 1) return { reading: 'unknown', why: 'header_repeats_a_column' };
    if (found[0]) columns.set(field, found[0]);
  }
  const taken = new Set([...columns.values()].map(({ index }) => index));
  const unmapped = headers.filter(({ index, words }) => !taken.has(index) && !layout.notTaken.includes(words));
  return {
    reading: 'records',
    layout,
    columns,
    unmapped: unmapped.map(({ header }) => header),
    title: titleOf(rows, at, headers, sheetName),
  };
}

/** The cells of a row that could be headers. */
export function columnsOf(row: SheetRow): readonly Column[] {
  const found: Column[] = [];
  row.cells.forEach((cell, index) => {
    const header = cellText(cell);
    if (header !== '' && header.length <= 200)
      found.push({ index, header, words: normalWords(withoutRedaction(header).header) });
  });
  return found;
}

const exactScore = 1_000_000;

/** How many headers the layout knows, when everything it needs is there; otherwise 0. */
function fit(layout: RecordLayout, headers: readonly Column[], present: ReadonlySet<string>): number {
  if (layout.exactHeaders)
    return layout.exactHeaders.join('|') === headers.map(({ words }) => words).join('|') ? exactScore : 0;
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

const titleCells = 2;

/** The name of the sheet and the rows right above a header that are no rows of a table: no more than two cells each over its columns. */
function titleOf(rows: readonly SheetRow[], headerAt: number, headers: readonly Column[], sheetName: string): string {
  const lines: string[] = [];
  for (let at = headerAt - 1; at >= 0; at--) {
    const row = rows[at];
    const texts = row?.cells.flatMap((cell, column) => {
      const over = row.filled === 1 || (column >= firstOf(headers) && column <= lastOf(headers));
      return cell !== undefined && over ? cellText(cell) : [];
    });
    if (!texts || texts.length > titleCells) break;
    lines.unshift(texts.join(' '));
  }
  return normalWords([sheetName, ...lines].join(' '));
}

const holds = (title: string, phrase: string) => ` ${title} `.includes(` ${phrase} `);

const titleFits = (layout: RecordLayout, title: string): boolean =>
  (layout.titleAny.length === 0 || layout.titleAny.some((phrase) => holds(title, phrase))) &&
  !layout.titleNever.some((phrase) => holds(title, phrase));
