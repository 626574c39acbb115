/**
 * What one attacker must think possible: integer witnesses by the walk, by trying in small parts, and by linear programs that also prove bounds (docs/METHODS.md §3.5).
 */
import type { Solver } from '../domain/linear-program.ts';
import { tableWith } from './complete-counts.ts';
import type { Demand } from './demand.ts';
import { type Fiber, fiberOf, partsOf } from './fiber.ts';
import { drawn, programOf, wholePoint } from './linear-bounds.ts';
import type { Bounds, Rows } from './propagate.ts';
import type { System } from './system.ts';
import { noWalk, type Step, valuesSeen, type Walk } from './walk.ts';
import { type Effort, type Walker, walker } from './witness.ts';

export type Limits = { readonly threshold: number; readonly feasibleIntegers: number };

/** Each pass looks deeper at fewer cells. */
const passes: readonly Effort[] = [
  { tries: 1, partners: 500, changes: 0 },
  { tries: 2, partners: 2000, changes: 30 },
  { tries: 4, partners: 5000, changes: 60 },
  { tries: 8, partners: 5000, changes: 100 },
  { tries: 24, partners: 5000, changes: 200 },
];

/** What settled a verdict: bounds drawn equation by equation, other tables found by walking or by trying values one by one, or linear programs. */
export type Method = 'propagation' | 'walk' | 'trial' | 'linear program';

type Search = {
  readonly fiber: Fiber;
  readonly walk: Walk;
  /** Whether the tables on the walk show all that is demanded of a column. */
  readonly meets: (column: number, demand: Demand) => boolean;
  /** What showed a count to be safe, by column. */
  readonly settled: ReadonlyMap<number, Method>;
  /** Steps made that were not made before. */
  readonly fresh: readonly Step[];
  /** Bounds that linear programs gave. */
  readonly proof: number[][];
};

/** Larger parts are left to the walk: one program over them takes too long. */
const mostColumns = 3000;
/** Parts of so few unknowns are tried value by value, with so many trials for each. */
const fewColumns = 60;
const mostTrials = 200;
/** Passes of the walk before the solver is asked. */
const passesBefore = 3;

/** Completes `bounds` with what linear programs prove. */
export function searchWitnesses(
  system: System,
  rows: Rows,
  bounds: Bounds,
  base: Float64Array,
  toProve: readonly { readonly index: number; readonly demand: Demand }[],
  { threshold }: Limits,
  {
    work,
    before,
    inherited,
    solver,
  }: {
    readonly work: number;
    /** This attacker's walk when fewer cells were withheld. */
    readonly before: readonly Step[];
    /** What an attacker who knows more was just shown. */
    readonly inherited: readonly Step[];
    readonly solver: Solver | undefined;
  },
): Search {
  const fiber = fiberOf(system, rows, bounds, base);
  const walk = noWalk(fiber);
  const ends = (column: number): boolean =>
    (walk.least[column] as number) <= 0 || (walk.most[column] as number) >= threshold;
  const meets = (column: number, { values, safeEnd, least, most }: Demand): boolean =>
    column >= 0 &&
    valuesSeen(walk, column) >= values &&
    (!safeEnd || ends(column)) &&
    (walk.least[column] as number) <= least &&
    (walk.most[column] as number) >= most;
  const couldMeet = ({ low, high }: Bounds, index: number, { values, least, most }: Demand): boolean =>
    (high[index] as number) - (low[index] as number) + 1 >= values &&
    (low[index] as number) <= least &&
    (high[index] as number) >= most;
  const columns = toProve
    .map(({ index, demand }) => ({ index, demand, column: fiber.column[index] as number }))
    .filter(({ index, demand, column }) => column >= 0 && couldMeet(bounds, index, demand));
  const proof: number[][] = [];
  const settled = new Map<number, Method>();
  if (columns.length === 0) return { fiber, walk, meets, settled, proof, fresh: [] };
  const walking: Walker = walker(fiber, walk);
  if (before.length) {
    walking.inherit(before);
    const all = Array.from(fiber.variable, (_, column) => column);
    walking.jump(all, fiber.base);
  }
  const made = walk.steps.length;
  walking.inherit(inherited);
  let open = columns;
  const isOpen = ({ column, demand }: (typeof columns)[number]): boolean => !meets(column, demand);
  const settle = (method: Method): void => {
    for (const at of columns) if (!settled.has(at.column) && !isOpen(at)) settled.set(at.column, method);
  };
  const search = ({ column, demand }: (typeof columns)[number], effort: Effort): boolean => {
    if (walk.spent > work) return true;
    if (!walking.seek(column, demand.values, effort)) return true;
    if (demand.least < Number.POSITIVE_INFINITY && !walking.reach(column, demand.least, effort)) return true;
    if (demand.most > Number.NEGATIVE_INFINITY && !walking.reach(column, demand.most, effort)) return true;
    if (!demand.safeEnd || ends(column)) return false;
    const down = (fiber.low[column] as number) <= 0 && walking.reach(column, 0, effort);
    return !down && !((fiber.high[column] as number) >= threshold && walking.reach(column, threshold, effort));
  };
  /** In small parts every value is tried, one after the other, as long as the trials last. */
  const tryValues = (of: (typeof columns)[number], inPart: readonly number[]): void => {
    const { index, column, demand } = of;
    if (inPart.length > fewColumns) return;
    const variables = inPart.map((member) => fiber.variable[member] as number);
    const [least, most] = [fiber.low[column] as number, fiber.high[column] as number];
    const zero = fiber.base[column] as number;
    const ends = [0, threshold, demand.least, demand.most].filter((end) => end >= least && end <= most);
    const values = Array.from({ length: 31 }, (_, nth) => zero - 15 + nth).filter((one) => one >= least && one <= most);
    for (const value of new Set([...ends, ...values])) {
      if (!isOpen(of)) return;
      const found = tableWith(rows, bounds, base, variables, [index, value], { left: mostTrials });
      if (found)
        walking.jump(
          inPart,
          Float64Array.from(variables, (of) => found[of] as number),
        );
    }
  };
  for (const [pass, effort] of passes.entries()) {
    open = open.filter((at) => search(at, effort));
    settle('walk');
    if (open.length === 0) break;
    if (pass + 1 !== passesBefore) continue;
    const parts = partsOf(fiber);
    const members = new Map<number, number[]>();
    for (let column = 0; column < fiber.columns; column++) {
      const of = parts.part[column] as number;
      (members.get(of) ?? members.set(of, []).get(of))?.push(column);
    }
    for (const at of open) tryValues(at, members.get(parts.part[at.column] as number) ?? []);
    settle('trial');
    if (!solver) continue;
    for (const [of, inPart] of members) {
      const asked = open.filter(({ column }) => parts.part[column] === of);
      if (asked.length === 0 || inPart.length > mostColumns) continue;
      const { program, rows: itsRows, place } = programOf(fiber, inPart);
      const equations = itsRows.map((row) => fiber.equation[row] as number);
      const opened = solver.open(program);
      for (const at of asked) {
        if (!isOpen(at)) continue;
        for (const way of [1, -1] as const) {
          const optimum = opened.extreme(place.get(at.column) ?? 0, way);
          if (!optimum) continue;
          const side = way === 1 ? 1 : 0;
          const found = drawn(optimum.multipliers, equations, at.index, side, rows, bounds);
          const held = side === 1 ? bounds.high : bounds.low;
          if (
            found &&
            (side === 1 ? found.bound < (held[at.index] as number) : found.bound > (held[at.index] as number))
          ) {
            held[at.index] = found.bound;
            proof.push([at.index, side, ...found.combination]);
          }
          const whole = wholePoint(optimum.point);
          if (whole && walking.jump(inPart, whole)) search(at, effort);
        }
      }
      opened.close();
    }
    settle('linear program');
    open = open.filter((at) => isOpen(at) && couldMeet(bounds, at.index, at.demand));
  }
  return { fiber, walk, meets, settled, proof, fresh: walk.steps.slice(made) };
}
