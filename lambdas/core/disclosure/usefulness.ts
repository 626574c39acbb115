/** What protection cost: the share of incidents that a table still shows in true counts, and how many cells it withholds (docs/METHODS.md §3.8). */
import { type ReleasedTable, total } from './released-table.ts';

export type Usefulness = {
  readonly query: string;
  readonly shown: number;
  readonly withheld: number;
  readonly incidentsShown: number;
};

/** `incidentsShown` is between 0 and 1, over inner cells; `incidents` is the true number that the table counts. */
export function usefulnessOf({ query, cells }: ReleasedTable, incidents: number): Usefulness {
  let inTrueCounts = 0;
  for (const { at, value } of cells)
    if (value.kind === 'count' && !Object.values(at).includes(total)) inTrueCounts += value.count;
  const withheld = cells.filter(({ value }) => value.kind === 'withheld').length;
  return {
    query,
    shown: cells.length - withheld,
    withheld,
    incidentsShown: incidents === 0 ? 1 : inTrueCounts / incidents,
  };
}
