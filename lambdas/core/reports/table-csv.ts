/**
 * A released table as CSV (RFC 4180): one line per cell, `*` for the total of a dimension, `withheld` for a withheld count
 * with the interval it lies in.
 */
import type { ReleasedTable, ReleasedValue } from '../disclosure/released-table.ts';
import type { QuestionMetadata } from '../lake/question.ts';

export const withheldWord = 'withheld';

/** A field that no spreadsheet takes for a formula, quoted where RFC 4180 asks for it. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const word = (value: ReleasedValue): string =>
  value.kind === 'count' ? String(value.count) : value.kind === 'withheld' ? withheldWord : value.status;

export const hasStatuses = (table: ReleasedTable): boolean => table.cells.some(({ value }) => value.kind === 'status');

/** Between what numbers a withheld count lies; empty for other cells, `withheld_to` empty where nothing bounds it above. */
export const intervalColumns = ['withheld_from', 'withheld_to'] as const;

export const hasIntervals = (table: ReleasedTable): boolean =>
  table.cells.some(({ value }) => value.kind === 'withheld' && value.interval !== undefined);

const intervalOf = (value: ReleasedValue): string[] => {
  const interval = value.kind === 'withheld' ? value.interval : undefined;
  return [interval?.least, interval?.most].map((end) => (end === undefined ? '' : String(end)));
};

/** The columns: the dimensions, the cells of the areas for a map, the interval of withheld counts, and the measure (or `status`). */
function csvColumns(table: ReleasedTable, metadata: QuestionMetadata): readonly string[] {
  return [
    ...table.dimensions.map(({ name }) => name),
    ...(table.regions ? ['h3_cells'] : []),
    ...(hasIntervals(table) ? intervalColumns : []),
    hasStatuses(table) ? 'status' : metadata.measure.name,
  ];
}

/** Lines follow the order of the categories, never the order of the counts. */
export function tableCsv(table: ReleasedTable, metadata: QuestionMetadata): string {
  const places = table.dimensions.map(({ categories }) => new Map(categories.map((category, at) => [category, at])));
  const rank = (at: Readonly<Record<string, string>>) =>
    table.dimensions.map(({ name }, index) => places[index]?.get(at[name] ?? '') ?? Number.MAX_SAFE_INTEGER);
  const compare = (a: readonly number[], b: readonly number[]): number => {
    const differs = a.findIndex((value, index) => value !== b[index]);
    return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
  };
  const ranked = table.cells.map((cell) => ({ cell, rank: rank(cell.at) })).sort((a, b) => compare(a.rank, b.rank));
  const regions = new Map(table.regions?.map((region) => [region.id, region]));
  const lines = ranked.map(({ cell }) => {
    const categories = table.dimensions.map(({ name }) => cell.at[name] ?? '*');
    const region = table.regions ? [[...(regions.get(categories[0] ?? '')?.cells ?? [])].sort().join(' ')] : [];
    const interval = hasIntervals(table) ? intervalOf(cell.value) : [];
    return [...categories, ...region, ...interval, word(cell.value)].map(csvField).join(',');
  });
  return `${[csvColumns(table, metadata).join(','), ...lines].join('\r\n')}\r\n`;
}
