/** The new cells of a release (docs/METHODS.md §3.6): which may be withheld, what that costs, and what is never shown beside what is withheld. */
import type { Policy } from '../policy.ts';
import { type Rows, rowsOf } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';
import { tieBreak } from '../tie-break.ts';
import { closeZeros } from './complements.ts';
import { toldWithout } from './without-release.ts';
import { runningTotals, slidingTotals, variablesAt, worthOf } from './worth.ts';

export type ReleaseCells = {
  readonly tables: readonly { readonly query: string; readonly cells: ReadonlySet<Variable> }[];
  /** Those that no earlier release settled. */
  readonly open: readonly Variable[];
  /** All cells of the tables, by index. */
  readonly concerns: ReadonlySet<number>;
  readonly hideable: (of: Variable) => boolean;
  readonly costOf: (of: Variable) => number;
  /** The equations that each variable stands in. */
  readonly occurs: readonly (readonly number[])[];
  readonly rows: Rows;
  /** Whether a key is that of a new count of the weekly series. */
  readonly isInSeries: (key: string) => boolean;
  /** Totals that are given up first. */
  readonly rolling: () => Variable[];
  /** Withholds what is never shown beside what is withheld. */
  readonly close: () => void;
};

/** `key` makes the choice between equals unpredictable to whoever does not hold it; `cost` stands instead of it where it is given. */
export function releaseCells(
  system: System,
  candidates: readonly Candidate[],
  policy: Policy,
  key: string,
  cost: ((of: Variable) => number) | undefined,
): ReleaseCells {
  const tables = candidates.map(({ query, grid }) => ({
    query,
    cells: new Set(
      variablesAt(
        system,
        grid.cells.map((cell) => cell.key),
      ),
    ),
  }));
  const lines = candidates.flatMap(({ grid }) =>
    grid.lines.map(({ whole, parts }) => variablesAt(system, [whole, ...parts])),
  );
  const all = new Set(tables.flatMap(({ cells }) => [...cells]));
  const open = [...all].filter(({ frozen }) => !frozen);
  const hideable = (of: Variable): boolean => of.state === 'shown' && !of.frozen && all.has(of);
  const occurs: number[][] = system.variables.map(() => []);
  system.equations.forEach(({ variables }, equation) => {
    for (const index of variables) occurs[index]?.push(equation);
  });
  const rows = rowsOf(system.equations, system.variables.length);
  const worth = worthOf(system, candidates);
  const chance = tieBreak(key);
  const costOf = (of: Variable): number => {
    if (cost) return cost(of);
    const random = chance(of.key);
    return ((of.truth ?? 0) * (1 + random / 2) + random) * (worth.get(of)?.() ?? 1);
  };
  const series = new Set([...worth.keys()].flatMap(({ key, frozen }) => (frozen ? [] : key)));
  const sliding = slidingTotals(system, candidates);
  const told = toldWithout(open, system, rows);
  if (policy.runningTotals === 'never') for (const total of runningTotals(system, candidates)) total.state = 'hidden';
  return {
    tables,
    open,
    concerns: new Set([...all].map(({ index }) => index)),
    hideable,
    costOf,
    occurs,
    rows,
    isInSeries: (key) => series.has(key),
    rolling: () => [...worth.keys()].filter((of) => hideable(of) && costOf(of) < (of.truth ?? 0)),
    close() {
      closeZeros(lines, policy);
      for (const { whole, weeks } of sliding)
        if (weeks.some((week) => week.state === 'hidden' && !told.has(week))) whole.state = 'hidden';
      closeZeros(lines, policy);
    },
  };
}
