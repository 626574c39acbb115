/**
 * The weekly totals of a release and the few facts that are read from them (docs/METHODS.md §5). Every derived figure is listed with what it was derived from.
 */
import type { ReleasedTable, ReleasedValue } from '../disclosure/released-table.ts';
import type { Week } from '../domain/week.ts';
import { weekPlus } from '../domain/week.ts';
import type { Question } from '../lake/question.ts';
import { axes, lookup } from './grid.ts';

/** A figure that no cell holds but anyone can make from shown cells. */
export type Derived = { readonly value: number; readonly from: string };

export type Series = { readonly week: Week; readonly value: ReleasedValue }[];

/** The incident table with a week in it and the fewest other dimensions, as its total per week; empty when the release has none. */
export function weeklySeries(
  tables: readonly ReleasedTable[],
  questions: ReadonlyMap<string, Question>,
): { readonly table: ReleasedTable | undefined; readonly weeks: Series } {
  const candidates = tables
    .flatMap((table) => {
      const metadata = questions.get(table.query)?.metadata;
      if (metadata?.release.kind !== 'counts' || metadata.release.universe !== 'incidents') return [];
      const week = axes(table, metadata).find((axis) => axis.vocabulary === 'weeks');
      return week ? [{ table, week, size: table.dimensions.length }] : [];
    })
    .sort((a, b) => a.size - b.size);
  const [best] = candidates;
  if (!best) return { table: undefined, weeks: [] };
  const find = lookup(best.table);
  return {
    table: best.table,
    weeks: best.week.categories.flatMap((category) => {
      const value = find({ [best.week.name]: category });
      return value ? [{ week: category as Week, value }] : [];
    }),
  };
}

const shownCount = (value: ReleasedValue | undefined): number | undefined =>
  value?.kind === 'count' ? value.count : undefined;

export type SeriesFacts = {
  readonly latest: ReleasedValue | undefined;
  /** Latest week minus the week before; undefined unless both are shown. */
  readonly change: number | undefined;
  /** Sum of the four latest weeks; undefined unless all four are shown. */
  readonly fourWeeks: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly shownWeeks: number;
  readonly withheldWeeks: number;
  readonly derived: readonly Derived[];
};

export function seriesFacts(weeks: Series, week: Week): SeriesFacts {
  const at = (name: Week) => weeks.find((entry) => entry.week === name)?.value;
  const latest = at(week);
  const [now, before] = [shownCount(latest), shownCount(at(weekPlus(week, -1)))];
  const change = now !== undefined && before !== undefined ? now - before : undefined;
  const four = [0, -1, -2, -3].map((back) => shownCount(at(weekPlus(week, back))));
  const fourWeeks = four.every((count) => count !== undefined)
    ? four.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    : undefined;
  const shown = weeks.flatMap(({ value }) => (value.kind === 'count' ? [value.count] : []));
  const derived: Derived[] = [
    { value: shown.length, from: 'number of weeks shown' },
    { value: weeks.length - shown.length, from: 'number of weeks withheld' },
  ];
  if (change !== undefined) derived.push({ value: Math.abs(change), from: 'latest week minus the week before' });
  if (fourWeeks !== undefined) derived.push({ value: fourWeeks, from: 'sum of the four latest weeks' });
  return {
    latest,
    change,
    fourWeeks,
    low: shown.length ? Math.min(...shown) : undefined,
    high: shown.length ? Math.max(...shown) : undefined,
    shownWeeks: shown.length,
    withheldWeeks: weeks.length - shown.length,
    derived,
  };
}
