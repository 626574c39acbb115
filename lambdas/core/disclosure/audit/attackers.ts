/** What each attacker knows before reading a single table (docs/METHODS.md §3.4). Always true of the real counts: a wrong guess proves nothing. */

import type { Bounds } from '../system/propagate.ts';
import type { System } from '../system/system.ts';

/**
 * `plain`: counts are not negative. `zeros known`: no withheld cell of a connected part is zero, where that is so. `threshold known`: all withheld cells of a connected part
 * are below the threshold, where that is so. `flags known`: which withheld cells are small, and which only protect others. `incidents known`: some incidents of each cell,
 * up to three, from the press or as a witness.
 */
export type Attacker = 'plain' | 'zeros known' | 'threshold known' | 'flags known' | 'incidents known';
export const attackers: readonly Attacker[] = [
  'plain',
  'zeros known',
  'threshold known',
  'flags known',
  'incidents known',
];

/** How many incidents one attacker may know of. */
export const knownIncidents = 3;

/** Those bounds as numbers by variable. `part` answers the connected part of a variable, −1 where it is not open. */
export function knowledgeOf(
  { variables }: Pick<System, 'variables'>,
  attacker: Attacker,
  threshold: number,
  part: Int32Array,
): Bounds {
  const low = new Float64Array(variables.length);
  const high = new Float64Array(variables.length);
  const wrong = new Set<number>();
  const guess =
    attacker === 'zeros known'
      ? (truth: number) => truth >= 1
      : attacker === 'threshold known'
        ? (truth: number) => truth < threshold
        : undefined;
  if (guess)
    for (const { index, state, truth } of variables)
      if (state === 'hidden' && !guess(truth ?? Number.NaN)) wrong.add(part[index] as number);
  for (const { index, state, truth, least, most } of variables) {
    low[index] = least;
    high[index] = most;
    if (state === 'shown') low[index] = high[index] = truth ?? 0;
    if (state !== 'hidden') continue;
    const raise = (to: number) => {
      low[index] = Math.max(to, least);
    };
    if (attacker === 'zeros known' && !wrong.has(part[index] as number)) raise(1);
    if (attacker === 'threshold known' && !wrong.has(part[index] as number)) high[index] = threshold - 1;
    if (truth === undefined) continue;
    if (attacker === 'flags known') {
      if (truth >= threshold) raise(threshold);
      else {
        high[index] = threshold - 1;
        if (truth >= 1) raise(1);
      }
    }
    if (attacker === 'incidents known') raise(Math.min(truth, knownIncidents));
  }
  return { low, high };
}
