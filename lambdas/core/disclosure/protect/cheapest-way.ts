/**
 * Room for a cell with a protection of its own: which cells to withhold beside it so that it can be so much more, or so much less (docs/METHODS.md §3.6). A linear program
 * asks for the cheapest other table; what has to move in it has to be withheld. Like every answer of a solver it proves nothing: the auditor judges what comes of it.
 */
import type { LinearProgram, Solver } from '../../domain/linear-program.ts';
import type { System, Variable } from '../system/system.ts';
import type { Step } from '../walk/walk.ts';
import { BalancedRows } from './balanced-rows.ts';
import { showNeedless } from './needless.ts';

/** A fixed charge for each cell is approached by dividing its cost by what it moved before (Candès, Wakin, Boyd 2008). */
const sharpenings = 3;

/** Programs asked to find out what is needless; after that what is withheld stays withheld. */
const mostTries = 400;

/** So many unknowns about a cell are looked at, and all that lies farther away is taken as it is: one program over more takes too long. */
const mostMovable = 800;

/** That `target` can be `by` more than it is, while whatever moves stays in its range. */
export type Room = {
  readonly target: Variable;
  readonly by: number;
  readonly rangeOf: (of: Variable) => readonly [least: number, most: number];
};

/** How room is found: everything that moves in another table that has it, and the step that leads there where it is one of whole numbers. */
type Way = { readonly moves: ReadonlySet<Variable>; readonly step: Step | undefined };

type Choice = {
  readonly hideable: (of: Variable) => boolean;
  readonly costOf: (of: Variable) => number;
  /** The equations that each variable stands in. */
  readonly occurs: readonly (readonly number[])[];
};

/** The unknowns nearest to `target`, from equation to equation. */
function near({ variables, equations }: System, target: Variable, { hideable, occurs }: Choice): Variable[] {
  const found = [target];
  const seen = new Set([target.index]);
  const known = new Set<number>();
  for (const { index } of found)
    for (const equation of occurs[index] ?? []) {
      if (known.has(equation)) continue;
      known.add(equation);
      for (const other of equations[equation]?.variables ?? []) {
        const variable = variables[other];
        if (!variable || seen.has(other) || (variable.state === 'shown' && !hideable(variable))) continue;
        if (found.length === mostMovable) return found;
        seen.add(other);
        found.push(variable);
      }
    }
  return found;
}

/** The way that withholds least, cells that are withheld already for nothing; undefined where there is none. */
function cheapestWay(system: System, room: Room, choice: Choice, solver: Solver): Way | undefined {
  const { target, by, rangeOf } = room;
  const movable = near(system, target, choice);
  const place = new Map(movable.map(({ index }, at) => [index, at]));
  const amount = Math.abs(by);
  const fixed = movable.map((one) => (one.state === 'shown' ? choice.costOf(one) : 0));
  const bounds = movable.flatMap((one) => {
    const [least, most] = rangeOf(one);
    return [Math.max(0, most - (one.truth ?? least)), Math.max(0, (one.truth ?? least) - least)];
  });
  // What a cell can move at most: a small one that cannot fall far is no cheap way for much.
  let weights = bounds.map((most, at) => (most > 0 ? (fixed[at >> 1] ?? 0) / Math.min(amount, most) : 0));
  let best: (Way & { readonly cost: number }) | undefined;
  for (let nth = 0; nth < sharpenings && best?.cost !== 0; nth++) {
    const program = programOf(movable, place, system, [place.get(target.index) ?? 0, by], { bounds, weights });
    const opened = solver.open(program);
    const optimum = opened.extreme(program.columns - 1, -1);
    opened.close();
    if (!optimum) break;
    const change = movable.map((_, at) => (optimum.point[2 * at] ?? 0) - (optimum.point[2 * at + 1] ?? 0));
    const moved = change.map(Math.abs);
    const moves = new Set(movable.filter((_, at) => (moved[at] ?? 0) > 1e-6));
    const cost = [...moves].reduce((sum, one) => sum + (one.state === 'shown' ? choice.costOf(one) : 0), 0);
    if (!best || cost < best.cost) best = { moves, cost, step: stepOf(movable, change) };
    weights = bounds.map(
      (most, at) => (fixed[at >> 1] ?? 0) / ((moved[at >> 1] ?? 0) + Math.min(amount, most) / 1000 + 1e-9),
    );
  }
  return best;
}

function stepOf(movable: readonly Variable[], change: readonly number[]): Step | undefined {
  if (change.some((by) => Math.abs(by - Math.round(by)) > 1e-6)) return undefined;
  const along = movable.flatMap(({ index, state }, at) => {
    const by = Math.round(change[at] ?? 0);
    return by === 0 || state === 'slack' ? [] : [index, by];
  });
  return { along: Int32Array.from(along), times: 1 };
}

/** Two columns for what each variable moves up and down, and a last one for the cost of it all. */
function programOf(
  movable: readonly Variable[],
  place: ReadonlyMap<number, number>,
  { equations }: System,
  [target, by]: readonly [number, number],
  { bounds, weights }: { readonly bounds: readonly number[]; readonly weights: readonly number[] },
): LinearProgram {
  const columns = 2 * movable.length + 1;
  const low = new Float64Array(columns);
  const high = Float64Array.from([...bounds, Number.POSITIVE_INFINITY]);
  const [way, other] = by > 0 ? [2 * target, 2 * target + 1] : [2 * target + 1, 2 * target];
  low[way] = high[way] = Math.abs(by);
  high[other] = 0;
  const held = new BalancedRows();
  held.hold(equations, place, (at, coefficient) => {
    held.add(2 * at, coefficient);
    held.add(2 * at + 1, -coefficient);
  });
  for (const [column, weight] of weights.entries()) if (weight !== 0) held.add(column, weight);
  held.add(columns - 1, -1);
  held.end();
  return held.program(low, high);
}

/**
 * Withholds what gives all of this room, the widest first; then shows again, the dearest first, what turned out to be needless because all ways can do without it. Answers
 * how many cells are withheld, and steps that show it.
 */
export function hideForRoom(
  system: System,
  rooms: readonly Room[],
  choice: Choice,
  solver: Solver,
): { readonly hidden: number; readonly steps: readonly Step[] } {
  const ways = new Map<Room, Way>();
  const hidden = new Set<Variable>();
  for (const room of [...rooms].sort((one, other) => Math.abs(other.by) - Math.abs(one.by))) {
    const way = cheapestWay(system, room, choice, solver);
    if (!way) continue;
    ways.set(room, way);
    for (const cell of way.moves) {
      if (cell.state !== 'shown') continue;
      cell.state = 'hidden';
      hidden.add(cell);
    }
  }
  // With an empty `hideable` only what is withheld already may move.
  const nothing = { ...choice, hideable: () => false };
  let tries = mostTries;
  const dearestFirst = [...hidden].sort((one, other) => choice.costOf(other) - choice.costOf(one));
  const needless = showNeedless(dearestFirst, {
    proofs: ways,
    cellsOf: ({ moves }) => moves,
    show(cell) {
      cell.state = 'shown';
    },
    hide(cell) {
      cell.state = 'hidden';
    },
    anew: (room) => (tries-- > 0 ? cheapestWay(system, room, nothing, solver) : undefined),
  });
  return { hidden: hidden.size - needless.length, steps: [...ways.values()].flatMap(({ step }) => step ?? []) };
}
