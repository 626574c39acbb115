/**
 * Climbing: moves one count up or down by kernel moves alone, so that the equations hold all along and only the ranges of counts can be in the way
 * (docs/METHODS.md §3.5). What is in the way is moved out of it first, by other moves that fit.
 */
import { type Ground, see } from './walk.ts';

/** How deep to look: moves made to make way for others, counts that one move may find in its way, and entries looked at for one step. */
export type Reach = { readonly depth: number; readonly hindrances: number; readonly entries: number };

/** Makes one step of `column` in the direction `way`, up to `most` times; answers whether one was found. */
export type Climber = (column: number, way: 1 | -1, most: number, reach: Reach) => boolean;

export function climber({ fiber, walk, moves, value, shift, stepOf }: Ground): Climber {
  const { low, high } = fiber;
  const { start, column: columnOf, amount, occursStart, occurs, occursAmount } = moves;
  /** Move, sign, times, move, sign, times …: made, and not yet part of the walk. */
  const pending: number[] = [];
  let left = 0;
  const make = (move: number, times: number): void => {
    for (let entry = start[move] as number; entry < (start[move + 1] as number); entry++)
      shift(columnOf[entry] as number, times * (amount[entry] as number));
  };
  /** How often a move can be made in a direction, at most `most` times. */
  const timesOf = (move: number, sign: number, most: number): number => {
    let times = most;
    const last = start[move + 1] as number;
    for (let entry = start[move] as number; entry < last && times > 0; entry++) {
      left--;
      const column = columnOf[entry] as number;
      const by = sign * (amount[entry] as number);
      const room =
        by > 0
          ? (high[column] as number) - (value[column] as number)
          : (low[column] as number) - (value[column] as number);
      if (room / by < times) times = Math.floor(room / by);
    }
    return times;
  };
  const hindrancesOf = (move: number, sign: number, most: number): number[] | undefined => {
    const found: number[] = [];
    for (let entry = start[move] as number; entry < (start[move + 1] as number); entry++) {
      left--;
      const column = columnOf[entry] as number;
      const by = sign * (amount[entry] as number);
      const now = (value[column] as number) + by;
      if (now >= (low[column] as number) && now <= (high[column] as number)) continue;
      if (found.length === most) return undefined;
      found.push(column, by);
    }
    return found;
  };
  const amountAt = (move: number, column: number): number => {
    for (let entry = start[move] as number; entry < (start[move + 1] as number); entry++)
      if (columnOf[entry] === column) return amount[entry] as number;
    return 0;
  };
  const take = (move: number, sign: number): true => {
    make(move, sign);
    pending.push(move, sign, 1);
    return true;
  };
  const undo = (to: number): void => {
    while (pending.length > to) {
      const [move = 0, sign = 0, times = 0] = pending.splice(-3);
      make(move, -sign * times);
    }
  };
  /** Makes a move once, after others that make way for it; `held` may not go against `way`. */
  const force = (move: number, sign: number, held: number, way: number, { depth, hindrances }: Reach): boolean => {
    const hindering = hindrancesOf(move, sign, 2 * hindrances);
    if (!hindering) return false;
    if (hindering.length === 0) return take(move, sign);
    if (depth === 0) return false;
    const before = pending.length;
    const within = { depth: depth - 1, hindrances: hindrances >> 1, entries: 0 };
    for (let nth = 0; nth < hindering.length; nth += 2) {
      const [column, by] = [hindering[nth] as number, hindering[nth + 1] as number];
      for (let again = 0; again < Math.abs(by) + 1; again++) {
        const now = (value[column] as number) + by;
        if (now >= (low[column] as number) && now <= (high[column] as number)) break;
        if (makeWay(column, by > 0 ? -1 : 1, move, held, way, within)) continue;
        undo(before);
        return false;
      }
    }
    if (timesOf(move, sign, 1) === 1) return take(move, sign);
    undo(before);
    return false;
  };
  const makeWay = (column: number, to: number, not: number, held: number, way: number, reach: Reach): boolean => {
    for (let deep = 0; deep <= reach.depth; deep++)
      for (let at = occursStart[column] as number; at < (occursStart[column + 1] as number); at++) {
        if (left < 0) return false;
        const move = occurs[at] as number;
        if (move === not) continue;
        const sign = to * (occursAmount[at] as number) > 0 ? 1 : -1;
        if (deep === 0 && timesOf(move, sign, 1) === 0) continue;
        if (sign * amountAt(move, held) * way < 0) continue;
        if (force(move, sign, held, way, { ...reach, depth: deep })) return true;
      }
    return false;
  };
  /** Makes what is pending part of the walk, table by table. */
  const commit = (): void => {
    const made = pending.slice();
    undo(0);
    for (let at = 0; at < made.length; at += 3) {
      const [move, sign, times] = [made[at] as number, made[at + 1] as number, made[at + 2] as number];
      walk.steps.push(stepOf(move, sign, times));
      for (let time = 0; time < times; time++) {
        make(move, sign);
        for (let entry = start[move] as number; entry < (start[move + 1] as number); entry++)
          see(walk, fiber, columnOf[entry] as number, value);
      }
    }
  };
  return (column, way, most, reach) => {
    pending.length = 0;
    left = reach.entries;
    const first = occursStart[column] as number;
    const last = occursStart[column + 1] as number;
    let found = false;
    for (let depth = 0; depth <= reach.depth && !found; depth++)
      for (let at = first; at < last && !found && left > 0; at++) {
        const move = occurs[at] as number;
        const by = occursAmount[at] as number;
        const sign = by * way > 0 ? 1 : -1;
        if (depth === 0) {
          const times = timesOf(move, sign, Math.max(1, Math.floor(most / Math.abs(by))));
          if (times === 0) continue;
          make(move, sign * times);
          pending.push(move, sign, times);
          found = true;
        } else found = force(move, sign, column, way, { ...reach, depth });
      }
    walk.spent += reach.entries - left;
    if (found) commit();
    return found;
  };
}
