/** A count for every variable: true where somebody counted, and otherwise any that fits, so that the auditor has a table to start from (docs/METHODS.md §3.5). */
import { propagate, type Rows } from './propagate.ts';
import type { System } from './system.ts';

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
