/**
 * The interval shown for a withheld count: what anyone can work out from everything published, and nothing more (docs/METHODS.md §3.6). It is drawn from shown
 * numbers and public bounds alone, so that showing it tells nobody anything new, and widened so that no end of it is a small count.
 */

import type { Interval } from './released-table.ts';
import { propagate, rowsOf } from './system/propagate.ts';
import type { System, Variable } from './system/system.ts';

/** Answers for each withheld cell its interval: `least` is 0 or at least the threshold, `most` at least the threshold less one, or absent where nothing bounds the count. */
export function publicIntervals(system: System, threshold: number): (variable: Variable) => Interval {
  const low = Float64Array.from(system.variables, ({ state, truth, least }) =>
    state === 'shown' ? (truth ?? 0) : least,
  );
  const high = Float64Array.from(system.variables, ({ state, truth, most }) =>
    state === 'shown' ? (truth ?? 0) : most,
  );
  // Numbers that contradict each other, such as those of a ledger that was counted twice, bound nothing.
  const consistent = propagate(rowsOf(system.equations, system.variables.length), { low, high }) !== false;
  return ({ index }) => {
    const [least, most] = consistent ? [low[index] ?? 0, high[index] ?? Infinity] : [0, Infinity];
    return {
      least: least >= threshold ? least : 0,
      ...(Number.isFinite(most) ? { most: Math.max(most, threshold - 1) } : {}),
    };
  };
}
