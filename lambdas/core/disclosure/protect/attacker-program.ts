/**
 * How far a withheld cell can move if these cells are withheld, and what would have to be withheld beside them for it to move as far as it must (docs/METHODS.md §3.6): the
 * attacker's linear program, kept open between questions. Its multipliers prove each answer that is no way, so what they demand holds for every choice of cells.
 */
import type { Solver } from '../../domain/linear-program.ts';
import type { System, Variable } from '../system/system.ts';
import { BalancedRows } from './balanced-rows.ts';
import type { Room } from './cheapest-way.ts';
import { type Way, wayOf } from './known-ways.ts';

/** A way. Or what every choice of columns must satisfy: shares of at least one in all from those that are withheld. */
export type Answer =
  | { readonly way: Way; readonly demand?: undefined }
  | { readonly demand: readonly (readonly [column: number, share: number])[]; readonly way?: undefined };

export type AttackerProgram = {
  /** What may move at all. */
  readonly columns: readonly Variable[];
  /** `withheld`: 1 by column where it is, 0 where it is not, or a share of it. A demand found afresh asks for fewer columns. Undefined when the solver does not know. */
  readonly ask: (room: Room, withheld: Float64Array, afresh: boolean) => Answer | undefined;
  readonly close: () => void;
};

/**
 * No column moves farther than so many times what the cell must: first narrowly, because then shares of columns say most; where the multipliers of that prove
 * nothing of the wider program, the wider one is asked.
 */
const widths = [1, 8, 100_000];
const tiny = 1e-7;
const enough = 1 - 1e-6;

export function attackerProgram(
  { equations }: System,
  columns: readonly Variable[],
  isHidden: (column: number) => boolean,
  solver: Solver,
): AttackerProgram {
  const place = new Map(columns.map(({ index }, at) => [index, at]));
  const held = new BalancedRows();
  held.hold(equations, place, (at, coefficient) => held.add(at, coefficient));
  const program = held.program(new Float64Array(columns.length), new Float64Array(columns.length));
  const opened = solver.open(program);
  const down = new Float64Array(columns.length);
  const up = new Float64Array(columns.length);
  const { low, high, start, index, value } = program;

  const askWithin = (
    [target, way]: readonly [number, 1 | -1],
    withheld: Float64Array,
    width: number,
    afresh: boolean,
  ): Answer | undefined => {
    for (let at = 0; at < columns.length; at++) {
      const share = withheld[at] as number;
      low[at] = share === 0 ? 0 : -Math.min(width, down[at] as number) * share;
      high[at] = share === 0 ? 0 : Math.min(width, up[at] as number) * share;
    }
    low[target] = way > 0 ? 0 : -1;
    high[target] = way > 0 ? 1 : 0;
    opened.within(low, high, afresh);
    const optimum = opened.extreme(target, way);
    if (!optimum) return undefined;
    if (way * (optimum.point[target] as number) >= enough) return { way: wayOf(optimum.point) };
    // way × target = Σ factor × column, whatever the multipliers are: each column adds at most what it can move that way.
    const factor = new Float64Array(columns.length);
    for (const [row, multiplier] of optimum.multipliers.entries()) {
      if (Math.abs(multiplier) < tiny) continue;
      for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
        const at = index[entry] as number;
        factor[at] = (factor[at] as number) + multiplier * (value[entry] as number);
      }
    }
    let lacking = 1;
    const shares: [number, number][] = [];
    for (const [at, times] of factor.entries()) {
      if (at === target || Math.abs(times) < tiny) continue;
      const most = times > 0 ? times * (up[at] as number) : -times * (down[at] as number);
      if (isHidden(at)) lacking -= most;
      else if (most > tiny) shares.push([at, most]);
    }
    if (lacking < tiny) return undefined;
    const demand = shares.map(([at, most]) => [at, Math.min(1, most / lacking)] as const);
    const met = demand.reduce((sum, [at, share]) => sum + share * (withheld[at] as number), 0);
    return met < enough ? { demand } : undefined;
  };

  return {
    columns,
    ask({ target, by, rangeOf }, withheld, afresh) {
      const at = place.get(target.index);
      if (at === undefined) return undefined;
      const amount = Math.abs(by);
      for (const [column, variable] of columns.entries()) {
        const [least, most] = rangeOf(variable);
        const { truth = least } = variable;
        up[column] = Math.max(0, most - truth) / amount;
        down[column] = Math.max(0, truth - least) / amount;
      }
      for (const width of widths) {
        const answer = askWithin([at, by > 0 ? 1 : -1], withheld, width, afresh);
        if (answer?.way) return { way: { ...answer.way, by: answer.way.by.map((share) => share * amount) } };
        if (answer) return answer;
      }
      return undefined;
    },
    close: opened.close,
  };
}
