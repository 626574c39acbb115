/** Tables by week and district of the invented city, and what a released table says of a place. */
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { firstWeek, rawCounts, weekByDistrict } from './fixture.ts';

/** The week after so many from the first. */
export const week = (n: number): Week => weekPlus(firstWeek, n);
/** The table by week and district, a row of counts for each week. */
export const weekly = (from: number, rows: readonly (readonly number[])[]) =>
  rawCounts(
    weekByDistrict,
    week(from),
    week(from + rows.length - 1),
    rows.flatMap((counts, n) => counts.map((count, d) => [week(from + n), `D${d + 1}`, count])),
  );

export const tableOf = (entry: LedgerEntry, name: string): ReleasedTable =>
  entry.content.tables.find(({ query }) => query === name) as ReleasedTable;
/** The count or status a table shows at a place; undefined where it is withheld. */
export const shown = (table: ReleasedTable, at: Record<string, string>) => {
  const value = table.cells.find((cell) =>
    Object.entries(at).every(([name, category]) => cell.at[name] === category),
  )?.value;
  return value?.kind === 'count' ? value.count : value?.kind === 'status' ? value.status : undefined;
};
