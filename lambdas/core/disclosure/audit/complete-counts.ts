/** A count for every variable: true where somebody counted, and otherwise any that fits, so that the auditor has a table to start from (docs/METHODS.md §3.5). */

import { type Bounds, propagate, type Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';

/** Undefined when no fitting counts were found. Uncounted numbers are taken as small as they can be, which is a guess and not a claim. */
export function completeCounts({ variables }: System, rows: Rows): Float64Array | undefined {
  const low = Float64Array.from(variables, ({ truth, least }) => truth ?? least);
  const high = Float64Array.from(variables, ({ truth, most }) => truth ?? most);
  if (propagate(rows, { low, high }) === false) return undefined;
  for (const { index } of variables) {
    if (low[index] === high[index]) continue;
    const [least, most] = [low[index] as number, high[index] as number];
    const tried = [...new Set([Math.min(Math.max(0, least), most), least, most])].filter(Number.isFinite);
    let fits = false;
    for (const value of tried) {
      const guess = { low: low.slice(), high: high.slice() };
      guess.low[index] = guess.high[index] = value;
      if (propagate(rows, guess, undefined, undefined, [index]) === false) continue;
      low.set(guess.low);
      high.set(guess.high);
      fits = true;
      break;
    }
    if (!fits) return undefined;
  }
  return low;
}

/**
 * A table in which a variable has this value, found by trying; undefined when there is none or the trials are spent. Each open number is tried at its base first and
 * then ever farther from it. Meant for parts of few unknowns, `members`, all that hang together with the variable.
 */
export function tableWith(
  rows: Rows,
  bounds: Bounds,
  base: Float64Array,
  members: readonly number[],
  [variable, value]: readonly [number, number],
  trials: { left: number },
): Float64Array | undefined {
  const next = { low: bounds.low.slice(), high: bounds.high.slice() };
  next.low[variable] = next.high[variable] = value;
  if (trials.left-- <= 0 || propagate(rows, next, undefined, undefined, [variable]) === false) return undefined;
  const widthOf = (at: number): number => (next.high[at] as number) - (next.low[at] as number);
  let open = -1;
  for (const at of members) if (widthOf(at) > 0 && (open < 0 || widthOf(at) < widthOf(open))) open = at;
  if (open < 0) return next.low;
  const [least, most] = [next.low[open] as number, next.high[open] as number];
  const near = Math.min(Math.max(base[open] as number, least), most);
  for (let far = 0; trials.left > 0 && (near - far >= least || near + far <= most); far++)
    for (const to of far === 0 ? [near] : [near - far, near + far]) {
      if (to < least || to > most) continue;
      const found = tableWith(rows, next, base, members, [open, to], trials);
      if (found) return found;
    }
  return undefined;
}
