/** Which cells are given up first and which last (docs/METHODS.md §3.6): totals over a window that slides, and the cells of the weekly series. */
import { total } from '../released-table.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';

/** Totals over a whole window in tables that are told by week or month. */
export function runningTotals(system: System, candidates: readonly Candidate[]): Variable[] {
  return candidates.flatMap(({ frame: { time }, grid }) =>
    variablesAt(
      system,
      grid.cells.flatMap(({ at, key }) => (time !== undefined && at[time] === total ? key : [])),
    ).filter(({ frozen }) => !frozen),
  );
}

export const variablesAt = (system: System, keys: readonly string[]): Variable[] =>
  keys.flatMap((key) => system.byKey.get(key) ?? []);

/** A cell of the weekly series is worth this many of the same count elsewhere: what stands for ever gives way last, and late records are hidden where they came in. */
const seriesWorth = 20;

/**
 * Totals over windows that slide, each with its weeks: where a week is withheld, the difference of two of them is a week less another, and a row of them ties all its weeks to each other for
 * ever. So they are given up where a week of theirs is withheld. A first release has nothing before it to be compared with.
 */
export function slidingTotals(system: System, candidates: readonly Candidate[]): SlidingTotal[] {
  return candidates.flatMap((one) => slidingIn(system, one)).filter(({ whole }) => !whole.frozen);
}

type SlidingTotal = { readonly whole: Variable; readonly weeks: readonly Variable[] };

/** Those of one table, frozen ones too; a window slides when an earlier release told some of its weeks. */
function slidingIn(system: System, { frame: { time }, grid }: Candidate): SlidingTotal[] {
  if (time === undefined || !grid.cells.some(({ key }) => system.byKey.get(key)?.frozen)) return [];
  const totals = new Set(grid.cells.filter(({ at }) => at[time] === total).map(({ key }) => key));
  return grid.lines.flatMap(({ whole, parts }) => {
    const variable = system.byKey.get(whole);
    const isTotal = variable && totals.has(whole) && !parts.some((part) => totals.has(part));
    return isTotal ? { whole: variable, weeks: variablesAt(system, parts) } : [];
  });
}

/**
 * The total over a window that slides week by week beside its weeks is the first thing to give up: the difference of two such totals is two weeks of one row.
 * Answers what hiding each cell costs, relative to one of another table; hiding one whose weeks are all shown would be in vain.
 */
export function worthOf(system: System, candidates: readonly Candidate[]): Map<Variable, () => number> {
  const costs = new Map<Variable, () => number>();
  for (const candidate of candidates) {
    const { frame, grid } = candidate;
    if (frame.time === undefined) continue;
    for (const variable of variablesAt(
      system,
      grid.cells.map(({ key }) => key),
    ))
      costs.set(variable, () => seriesWorth);
    for (const { whole, weeks } of slidingIn(system, candidate))
      costs.set(whole, () => (weeks.some(({ state }) => state === 'hidden') ? 0.001 : 1000));
  }
  return costs;
}
