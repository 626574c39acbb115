/**
 * What one attacker must think possible: integer witnesses by the walk, by trying in small parts, and by linear programs that also prove bounds (docs/METHODS.md §3.5).
 */
import type { Solver } from '../../domain/linear-program.ts';
import type { Bounds, Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';
import type { Reach } from '../walk/climb.ts';
import { type Fiber, fiberOf } from '../walk/fiber.ts';
import { membersOf, partsOf } from '../walk/lattice.ts';
import type { Moves } from '../walk/moves.ts';
import type { Depth, MoveBook } from '../walk/short-moves.ts';
import { noWalk, type Step, valuesSeen, type Walk } from '../walk/walk.ts';
import { type Effort, type Walker, walker } from '../walk/witness.ts';
import { tableWith } from './complete-counts.ts';
import type { Demand, Limits } from './demand.ts';
import { proveInPart, proveNearby } from './linear-search.ts';
import { seekWhole } from './whole-search.ts';

/** Each pass looks deeper at fewer cells. */
const climbs: readonly Reach[] = [
  { depth: 0, hindrances: 0, entries: 20_000 },
  { depth: 1, hindrances: 4, entries: 20_000 },
  { depth: 2, hindrances: 8, entries: 100_000 },
  { depth: 3, hindrances: 16, entries: 400_000 },
];
/** The moves to climb by, those that cost nothing first, and how deep to look with them. */
const stages: readonly (readonly [Depth, readonly Reach[]])[] = [
  ['known', climbs.slice(0, 2)],
  ['cycles', climbs.slice(0, 3)],
  ['parts', climbs.slice(0, 3)],
  ['layers', climbs],
];
const deeper = climbs[2] as Reach;
const mostSteps = 24;
const repairs: readonly Effort[] = [
  { tries: 4, changes: 60 },
  { tries: 8, changes: 100 },
];
/** Where few counts are left. */
const lastRepair: Effort = { tries: 200, changes: 150 };

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

/** Parts of so few unknowns are tried value by value, with so many trials for each. */
const fewColumns = 60;
const mostTrials = 200;

/** So few counts are sooner settled by programs than by seeking moves along layers. */
const fewOpen = 24;

/** Questions for tables of whole numbers about one attacker's open counts, and those of them without an answer. */
const mostQuestions = 200;
const mostInVain = 12;
/** Where the nearest tables are not of whole numbers by themselves, repairs are the quicker way. */
const fewInVain = 2;

/** Changes to a step of an older walk: new totals follow their parts. */
const mostMending = 12;

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
    carried,
    inherited,
    book,
    solver,
    hasty,
    thorough,
  }: {
    readonly work: number;
    /** This attacker's walk when fewer cells were withheld. */
    readonly before: readonly Step[];
    /** This attacker's walk through the system of the release before. */
    readonly carried: readonly Step[];
    /** What an attacker who knows more was just shown. */
    readonly inherited: readonly Step[];
    readonly book: MoveBook;
    readonly solver: Solver | undefined;
    /** Programs are asked of few counts only. */
    readonly hasty: boolean;
    /** Whether the values that are left to counts that their bounds disclose are looked for. */
    readonly thorough: boolean;
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
  const couldMeet = ({ low, high }: Bounds, index: number, { values, safeEnd, least, most }: Demand): boolean =>
    (high[index] as number) - (low[index] as number) + 1 >= values &&
    (!safeEnd || (low[index] as number) <= 0 || (high[index] as number) >= threshold) &&
    (low[index] as number) <= least &&
    (high[index] as number) >= most;
  // Where a count that its bounds disclose is looked for too, each value that they leave is: it tells how much is disclosed.
  const reachable = (index: number, demand: Demand): Demand => {
    const [low, high] = [bounds.low[index] as number, bounds.high[index] as number];
    return couldMeet(bounds, index, demand)
      ? demand
      : {
          values: Math.min(demand.values, high - low + 1),
          safeEnd: false,
          least: Math.max(demand.least, low),
          most: Math.min(demand.most, high),
        };
  };
  const columns = toProve
    .filter(({ index, demand }) => thorough || couldMeet(bounds, index, demand))
    .map(({ index, demand }) => ({ index, demand: reachable(index, demand), column: fiber.column[index] as number }))
    .filter(({ column }) => column >= 0);
  const proof: number[][] = [];
  const settled = new Map<number, Method>();
  if (columns.length === 0) return { fiber, walk, meets, settled, proof, fresh: [] };
  const walking: Walker = walker(fiber, walk);
  // Of older walks only what is still missing is gone through again.
  const demands = new Map(columns.map(({ column, demand }) => [column, demand]));
  for (const column of demands.keys()) walk.asked[column] = 1;
  const wanted = (column: number): boolean => {
    const demand = walk.asked[column] === 1 ? demands.get(column) : undefined;
    return demand !== undefined && !meets(column, demand);
  };
  walking.inherit(before, wanted);
  walking.home();
  let made = walk.steps.length;
  // What the last release proved is in the walk of an earlier audit already.
  if (before.length === 0) {
    walking.inherit(carried, wanted);
    walking.home();
    made = walk.steps.length;
    walking.inherit(inherited, wanted);
    walking.home();
    walking.inherit(carried, wanted, mostMending);
    walking.home();
  } else walking.inherit(inherited, wanted);
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
  /** Climbs from the true table, towards zero first where that is a safe end. */
  const scale = ({ column, demand }: (typeof columns)[number], reach: Reach): boolean => {
    for (const way of [-1, 1] as const) {
      walking.home();
      for (let nth = 0; nth < mostSteps; nth++) {
        if (walk.spent > work) return true;
        if (meets(column, demand)) return false;
        if (!walking.climb(column, way, 8, reach)) break;
      }
    }
    return !meets(column, demand);
  };
  const searchFromHome = (at: (typeof columns)[number], effort: Effort): boolean => {
    walking.home();
    return search(at, effort);
  };
  open = open.filter(isOpen);
  if (open.length > 0) book.add(fiber, walking.movesFollowed());
  let learned: Moves | undefined;
  for (const [depth, reaches] of stages) {
    const few = solver !== undefined && open.length <= fewOpen;
    if (open.length === 0 || (depth === 'layers' && few)) break;
    const asked = new Uint8Array(fiber.columns);
    for (const { column } of open) asked[column] = 1;
    const { moves, spent } = book.open(
      fiber,
      asked,
      depth === 'parts' && few ? 'flat parts' : depth,
      (work - walk.spent) / 2,
    );
    walk.spent += spent;
    if (moves.count === 0) continue;
    if (moves !== learned) {
      walking.learn(moves);
      walking.stroll(
        open.map(({ column }) => column),
        (column) => meets(column, demands.get(column) as Demand),
        work,
      );
    }
    learned = moves;
    for (const reach of reaches) open = open.filter((at) => isOpen(at) && scale(at, reach));
    // A few climb deeper by the moves at hand before programs are asked.
    if (depth === 'known' && open.length <= fewOpen) open = open.filter((at) => isOpen(at) && scale(at, deeper));
  }
  settle('walk');
  walking.home();
  const parts = partsOf(fiber);
  const members = membersOf(parts);
  for (const at of open) tryValues(at, members[parts.part[at.column] as number] ?? []);
  settle('trial');
  if (solver && (!hasty || open.length <= fewOpen)) {
    const prover = { fiber, rows, bounds, walk, threshold, solver, proof };
    const pursue = (at: (typeof columns)[number], inPart: readonly number[], point: Float64Array): void => {
      walking.home();
      if (walking.jump(inPart, point)) search(at, repairs[0] as Effort);
    };
    for (const at of open) if (couldMeet(bounds, at.index, at.demand)) proveNearby(prover, at);
    open = open.filter((at) => isOpen(at) && couldMeet(bounds, at.index, at.demand));
    for (const [of, inPart] of members.entries()) {
      const within = () => open.filter(({ column }) => parts.part[column] === of);
      proveInPart(prover, inPart, within(), pursue);
      open = open.filter((at) => isOpen(at) && couldMeet(bounds, at.index, at.demand));
    }
  }
  settle('linear program');
  open = open.filter((at) => isOpen(at) && couldMeet(bounds, at.index, at.demand));
  const seekNearest = (branching: boolean): void => {
    if (!solver || (hasty && open.length > fewOpen)) return;
    const seeker = {
      fiber,
      walk,
      threshold,
      solver,
      patience: { questions: mostQuestions, inVain: branching ? mostInVain : fewInVain },
    };
    for (const [of, inPart] of members.entries()) {
      const asked = open.filter(({ column }) => parts.part[column] === of);
      seekWhole(seeker, inPart, asked, branching, (at, columns, point) => {
        walking.home();
        return walking.jump(columns, point) && meets(at.column, at.demand);
      });
      open = open.filter(isOpen);
    }
    settle('linear program');
  };
  for (const effort of repairs) open = open.filter((at) => isOpen(at) && searchFromHome(at, effort));
  settle('walk');
  seekNearest(false);
  if (open.length <= fewOpen) open = open.filter((at) => isOpen(at) && searchFromHome(at, lastRepair));
  settle('walk');
  seekNearest(true);
  walking.home();
  settle('walk');
  return { fiber, walk, meets, settled, proof, fresh: walk.steps.slice(made) };
}
