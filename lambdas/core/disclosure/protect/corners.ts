/**
 * Cells to withhold in a table, with the proof that they are enough (docs/METHODS.md §3.6). Each small count is moved as far as it must be able to move by the blocks that cost least
 * (`blocks.ts`), and their corners are withheld; then what turns out to be needless is shown again. The blocks are steps from the true table, and the auditor makes them again
 * like any other: without them it would have to seek what was found here.
 */
import type { Attacker } from '../audit/attackers.ts';
import { demandOf, type Limits } from '../audit/demand.ts';
import type { Rows } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import type { Grid } from '../tables/grid.ts';
import { rowKeeper, withOccurrences } from '../walk/lattice.ts';
import { home, type Step } from '../walk/walk.ts';
import { type Blocks, blocksOf, type Ground } from './blocks.ts';
import { showNeedless } from './needless.ts';
import { rangeUnder } from './room.ts';

/** Corners looked at in all: what is not found by then is left to the rounds that follow. */
const mostCorners = 300_000_000;

/** What these leave open, everybody else does. */
const mostKnowing: readonly Attacker[] = ['incidents known', 'flags known'];

type Choice = {
  readonly against: readonly Attacker[];
  readonly limits: Limits;
  readonly hideable: (of: Variable) => boolean;
  readonly costOf: (of: Variable) => number;
};

type Target = { readonly target: Variable; readonly blocks: Blocks; readonly cell: number };

/** So far a count comes from the truth against one attacker. */
type Run = Target & { readonly attacker: Attacker; readonly by: number };

/** Withholds cells beside the new small counts of these tables. Answers the walk that proves it; a count that blocks do not move far enough is moved as far as they do. */
export function hideCorners(
  system: System,
  rows: Rows,
  grids: readonly Grid[],
  { against, limits, hideable, costOf }: Choice,
): readonly Step[] {
  const { variables } = system;
  const never = Number.POSITIVE_INFINITY;
  const ground: Ground = {
    value: Float64Array.from(variables, ({ truth }) => truth ?? Number.NaN),
    low: new Float64Array(variables.length),
    high: new Float64Array(variables.length),
    cost: Float64Array.from(variables, (one) => {
      if (one.truth === undefined || one.state === 'slack') return never;
      return one.state !== 'shown' ? 0 : hideable(one) ? costOf(one) : never;
    }),
    keepsRows: rowKeeper(withOccurrences({ ...rows, columns: variables.length, rows: rows.count })),
    left: mostCorners,
  };
  const { value, low, high, cost } = ground;
  const targets = grids
    .map((grid) => blocksOf(system, grid, ground))
    .flatMap((blocks) =>
      blocks.cells.flatMap((target, cell) => (target && isNewAndSmall(target, limits) ? { target, blocks, cell } : [])),
    )
    .sort((one, other) => (one.target.truth ?? 0) - (other.target.truth ?? 0));
  const moved = ({ along }: Step): Variable[] =>
    Array.from(along).flatMap((index, at) => (at % 2 === 0 ? (variables[index] ?? []) : []));
  /** Moves a count from the truth; answers how far it came, with the steps, and leaves everything where it was. */
  const run = ({ blocks, cell }: Target, by: number): { readonly by: number; readonly steps: readonly Step[] } => {
    const steps: Step[] = [];
    let far = 0;
    while (far !== by) {
      const step = blocks.cheapest(cell, by - far);
      if (!step) break;
      steps.push(step);
      far += Math.sign(by) * step.times;
      for (let at = 0; at < step.along.length; at += 2) {
        const index = step.along[at] as number;
        value[index] = (value[index] as number) + step.times * (step.along[at + 1] as number);
      }
    }
    for (const { index, truth } of steps.flatMap(moved)) value[index] = truth ?? Number.NaN;
    return { by: far, steps };
  };
  const standFor = (attacker: Attacker): void => {
    const rangeOf = rangeUnder(attacker, limits.threshold);
    for (const one of variables) [low[one.index], high[one.index]] = rangeOf(one);
  };
  const hidden = new Map<Variable, number>();
  const runs = new Map<Run, readonly Step[]>();
  const chosen = mostKnowing.filter((one) => against.includes(one));
  for (const attacker of chosen.length > 0 ? chosen : against) {
    standFor(attacker);
    for (const of of targets) {
      const towards = (by: number): number => {
        const found = run(of, by);
        if (found.by !== 0) runs.set({ ...of, attacker, by: found.by }, found.steps);
        for (const one of found.steps.flatMap(moved)) {
          if (one.state !== 'shown') continue;
          one.state = 'hidden';
          hidden.set(one, cost[one.index] as number);
          cost[one.index] = 0;
        }
        return Math.abs(found.by);
      };
      const { truth = 0, index } = of.target;
      const [least, most] = [low[index] as number, high[index] as number];
      const others = limits.feasibleIntegers - 1;
      // Where it cannot fall to zero, the safe end is the threshold.
      const end = most >= limits.threshold && least > 0 ? limits.threshold - truth : 0;
      const up = towards(Math.max(end, Math.min(others, most - truth)));
      towards(-Math.min(Math.max(0, others - up), truth - least));
    }
  }
  // Whoever moved a count must get as far by what is withheld besides.
  for (const [index, price] of cost.entries()) if (price > 0) cost[index] = never;
  let standing: Attacker | undefined;
  const dearestFirst = [...hidden].sort(([, one], [, other]) => other - one).map(([cell]) => cell);
  showNeedless(dearestFirst, {
    proofs: runs,
    cellsOf: (steps) => steps.flatMap(moved),
    show(cell) {
      cell.state = 'shown';
      cost[cell.index] = never;
    },
    hide(cell) {
      cell.state = 'hidden';
      cost[cell.index] = 0;
    },
    anew(one) {
      if (one.attacker !== standing) standFor(one.attacker);
      standing = one.attacker;
      const found = run(one, one.by);
      return found.by === one.by ? found.steps : undefined;
    },
  });
  return [...runs.values()].flatMap((steps) => [home, ...steps]);
}

const isNewAndSmall = (one: Variable, limits: Limits): boolean =>
  one.state === 'hidden' &&
  !one.frozen &&
  one.keeps === undefined &&
  (one.truth ?? 0) > 0 &&
  demandOf(one, [0, 0], 0, limits) !== undefined;
