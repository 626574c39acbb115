/** What would be known without the numbers of a release (docs/METHODS.md §3.6): only that excuses it. */

import { reachOf } from '../audit/reach.ts';
import { propagate, type Rows } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import type { Finding } from './excuses.ts';

/** Numbers of which coverage tells a least, and no earlier release a count. */
const uncounted = ({ variables }: System): Variable[] =>
  variables.filter(({ frozen, state, least }) => !frozen && state !== 'slack' && least > 0);

/** Withheld counts that anyone can work out without the `open` cells. */
export function toldWithout(open: readonly Variable[], { variables }: System, rows: Rows): ReadonlySet<Variable> {
  const without = new Set(open);
  const isShown = (one: Variable): boolean => one.state === 'shown' && !without.has(one);
  const low = Float64Array.from(variables, (one) => (isShown(one) ? (one.truth ?? 0) : one.least));
  const high = Float64Array.from(variables, (one) => (isShown(one) ? (one.truth ?? 0) : one.most));
  if (propagate(rows, { low, high }) === false) return new Set();
  return new Set(variables.filter((one) => one.state === 'hidden' && low[one.index] === high[one.index]));
}

/** Looks at the system as if these cells were all withheld, or were not there at all, and coverage had told nothing of what no earlier release counted. */
export function asIf<Seen>(
  system: System,
  cells: readonly Variable[],
  state: 'hidden' | 'latent',
  look: () => Seen,
): Seen {
  const before = cells.map((variable) => [variable, variable.state] as const);
  const told = uncounted(system).map((variable) => [variable, variable.least] as const);
  for (const [variable] of before) variable.state = state;
  for (const [variable] of told) variable.least = 0;
  const seen = look();
  for (const [variable, state] of before) variable.state = state;
  for (const [variable, least] of told) variable.least = least;
  return seen;
}

/** Findings of counts that no new number reaches, neither a shown one of the `open` cells nor a least told by coverage: the release cannot narrow them. */
export function untouchedBy(
  open: readonly Variable[],
  system: System,
  rows: Rows,
  findings: readonly Finding[],
): Finding[] {
  if (findings.length === 0) return [];
  const speaking = open.filter(({ state }) => state === 'shown').concat(uncounted(system));
  const reached = reachOf(new Set(speaking.map(({ index }) => index)), rows, system);
  return findings.filter(({ key }) => !reached.has(system.byKey.get(key)?.index ?? -1));
}
