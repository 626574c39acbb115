/** How far a count that is not safe must be able to move, to be safe (docs/METHODS.md §3.6). It says where to look for cells to withhold and proves nothing. */
import { type Attacker, knownIncidents } from '../audit/attackers.ts';
import type { Limits } from '../audit/demand.ts';
import type { System, Variable } from '../system/system.ts';
import type { Room } from './cheapest-way.ts';
import type { Finding } from './excuses.ts';

/** What an attacker who knows as much as this one can know of a count, if it is withheld. */
export function rangeUnder(attacker: Attacker, threshold: number): Room['rangeOf'] {
  return ({ state, truth, least, most }) => {
    if (truth === undefined || state === 'latent' || state === 'slack') return [least, most];
    if (attacker === 'incidents known') return [Math.max(least, Math.min(truth, knownIncidents)), most];
    if (attacker === 'zeros known') return [Math.max(least, Math.min(truth, 1)), most];
    if (attacker !== 'flags known') return [least, most];
    return truth >= threshold
      ? [Math.max(least, threshold), most]
      : [Math.max(least, Math.min(truth, 1)), Math.min(most, threshold - 1)];
  };
}

/** The room that a count lacks; none where nobody counted it. With `each`, for every value on the way to it too. */
function roomFor(
  target: Variable,
  rangeOf: Room['rangeOf'],
  { threshold, feasibleIntegers }: Limits,
  each: boolean,
): Room[] {
  const { truth, keeps } = target;
  if (truth === undefined) return [];
  const [least, most] = rangeOf(target);
  const others = feasibleIntegers - 1;
  let amounts: number[];
  if (keeps) amounts = [keeps.most - truth, keeps.least - truth];
  else if (truth < 0) amounts = [-others];
  else if (most >= threshold) amounts = [Math.max(threshold - truth, others)];
  else {
    const up = Math.min(others, most - truth);
    amounts = [up, -Math.min(others - up, truth - least)];
  }
  const between = each && !keeps ? amounts.flatMap((by) => nearer(by, others)) : [];
  return [...amounts, ...between].flatMap((by) => (by === 0 ? [] : { target, by, rangeOf }));
}

/** The first amounts on the way to `by`, at most so many. */
const nearer = (by: number, most: number): number[] =>
  Array.from({ length: Math.min(most, Math.abs(by) - 1) }, (_, nth) => Math.sign(by) * (nth + 1));

/** Room against the first of these is room against those after it; flags are another matter. */
const byKnowledge: readonly Attacker[] = ['incidents known', 'zeros known', 'threshold known', 'plain'];

/** The room that all of these counts lack. */
export function roomsFor({ byKey }: System, findings: readonly Finding[], limits: Limits, each: boolean): Room[] {
  const strongest = new Map<string, Attacker>();
  for (const { key, attacker } of findings) {
    const before = strongest.get(key);
    if (attacker !== 'flags known' && (!before || byKnowledge.indexOf(attacker) < byKnowledge.indexOf(before)))
      strongest.set(key, attacker);
  }
  const ranges = new Map<Attacker, Room['rangeOf']>();
  return findings.flatMap(({ key, attacker }) => {
    const variable = byKey.get(key);
    if (!variable || (attacker !== 'flags known' && attacker !== strongest.get(key))) return [];
    const rangeOf = ranges.get(attacker) ?? rangeUnder(attacker, limits.threshold);
    ranges.set(attacker, rangeOf);
    return roomFor(variable, rangeOf, limits, each);
  });
}
