/**
 * Records that came, changed or were withdrawn after their week was released: they wait until there are enough of them, and are then published as one number
 * (docs/METHODS.md §3.7). Their weeks are never counted again.
 */
import type { City } from '../../domain/city.ts';
import { type Week, weekNamed } from '../../domain/week.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import type { Policy } from '../policy.ts';
import type { LateRecords } from '../released-table.ts';
import { predicateKey } from '../system/system.ts';
import { countsOf, type RawTable } from './grid.ts';

/** Net changes by week and district that batches have published, by `<week> <district>`; sealed with the ledger. */
type PublishedLate = Readonly<Record<string, number>>;

export type Late = { readonly public: LateRecords; readonly published: PublishedLate };

/**
 * Compares a recount of every released week with what was frozen. Says how many weeks are affected, up to a number that leaves the number of waiting records as open as any
 * withheld count, and how many records came in net once that is at least the policy's batch. Undefined when nothing was released yet.
 */
export function lateRecords(
  recount: RawTable,
  city: City,
  ledger: readonly LedgerEntry[],
  known: ReadonlyMap<string, number>,
  { threshold, feasibleIntegers, lateBatch }: Policy,
): Late | undefined {
  const frozen = frozenWeeks(recount, known);
  const [from, to] = [frozen[0], frozen.at(-1)];
  if (!from || !to) return undefined;
  const now = new Map<string, number>();
  const districts = new Set(city.districts.map(({ id }) => id));
  for (const { at, count } of countsOf(recount)) {
    const [week = '', district = ''] = at;
    districts.add(district);
    now.set(`${week} ${district}`, (now.get(`${week} ${district}`) ?? 0) + count);
  }
  const before = ledger.findLast(({ sealed }) => sealed.late)?.sealed.late ?? {};
  const published: Record<string, number> = {};
  const weeks = new Set<Week>();
  let waiting = 0;
  for (const week of frozen)
    for (const district of districts) {
      const name = `${week} ${district}`;
      const change = (now.get(name) ?? 0) - (known.get(keyOf(week, { district })) ?? 0);
      const open = change - (before[name] ?? 0);
      if (change !== 0) published[name] = change;
      if (open !== 0) weeks.add(week);
      waiting += open;
    }
  const enough = Math.abs(waiting) >= Math.max(lateBatch, threshold);
  if (enough) return { public: { weeks: 0, batch: { from, to, change: waiting } }, published };
  const sayable = lateBatch - feasibleIntegers;
  return weeks.size < sayable
    ? { public: { weeks: weeks.size }, published: before }
    : { public: { weeks: sayable, more: true }, published: before };
}

const keyOf = (week: Week, where: Readonly<Record<string, string>>): string =>
  predicateKey({ universe: 'incidents', batch: '', span: { from: week, to: week }, where });

/** The weeks of the recount whose total is settled. */
function frozenWeeks({ window }: RawTable, known: ReadonlyMap<string, number>): Week[] {
  const weeks = new Set<string>();
  for (const key of known.keys()) {
    const week = /^incidents@\|\|(\d{4}-\d\d-\d\d)\.\.\1$/.exec(key)?.[1];
    if (week) weeks.add(week);
  }
  return [...weeks]
    .filter((week) => week >= window.from && week <= window.to)
    .sort()
    .flatMap((week) => weekNamed(week as Week) ?? []);
}
