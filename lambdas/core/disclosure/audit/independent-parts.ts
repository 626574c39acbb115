/**
 * Parts of what is unknown that say nothing of each other (docs/METHODS.md §3.5), each with a name that stays the same while everything that bears on it does: what was shown
 * possible in a part once is possible in every later release that leaves the part its name, and need not be shown again.
 */
import { sha256 } from '../../domain/ids.ts';
import { independentRows } from '../system/independent-rows.ts';
import { type Bounds, rowsOf } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import { openParts } from './attack.ts';
import { attackers, knowledgeOf } from './attackers.ts';
import type { Limits } from './demand.ts';

/** A sum of unknowns, by their place in the order of keys, and what is known of it. */
type Sum = { readonly terms: ReadonlyMap<number, number>; readonly known: number };

export type IndependentParts = {
  /** Of every part, and of every count that may have to be judged and is nothing but a sum of unknowns. */
  readonly names: readonly string[];
  /** The unknowns, by index, whose parts all have a name among these. */
  readonly standing: (names: ReadonlySet<string>) => ReadonlySet<number>;
};

export function independentParts(system: System, { threshold, feasibleIntegers }: Limits): IndependentParts {
  const { variables, equations } = system;
  const part = openParts(system, rowsOf(equations, variables.length), threshold);
  const knowledge = attackers.map((attacker) => knowledgeOf(system, attacker, threshold, part));
  const isOpen = ({ state }: Variable): boolean => state !== 'shown';
  const order = variables.filter(isOpen).sort((one, other) => (one.key < other.key ? -1 : 1));
  const place = new Int32Array(variables.length).fill(-1);
  for (const [at, { index }] of order.entries()) place[index] = at;
  const { definition, uses } = freeSums(system, knowledge);
  const written = new Map<number, Sum>();
  /** A variable in terms of those that no sum defines. */
  const inTerms = (index: number): Sum => {
    const before = written.get(index);
    if (before) return before;
    const row = definition[index] as number;
    const at = place[index] as number;
    const sum: Sum =
      at < 0
        ? { terms: new Map(), known: variables[index]?.truth ?? 0 }
        : row < 0
          ? { terms: new Map([[at, 1]]), known: 0 }
          : sumOf(row, index);
    written.set(index, sum);
    return sum;
  };
  /** An equation in those terms, without one of its variables. */
  const sumOf = (row: number, without: number): Sum => {
    const terms = new Map<number, number>();
    let known = 0;
    const { variables: within = [], coefficients = [] } = equations[row] ?? {};
    for (const [nth, index] of within.entries()) {
      if (index === without) continue;
      const factor = coefficients[nth] ?? 0;
      const sum = inTerms(index);
      known += factor * sum.known;
      for (const [at, by] of sum.terms) terms.set(at, (terms.get(at) ?? 0) + factor * by);
    }
    for (const [at, by] of terms) if (by === 0) terms.delete(at);
    return { terms, known };
  };
  const told = equations.flatMap((_, row) => {
    const sum = uses[row] ? undefined : sumOf(row, -1);
    return sum && sum.terms.size > 0 ? sum : [];
  });
  // What is not found out to follow from other sums counts as bearing on its parts.
  const bearing = independentRows(told, ({ terms }) => terms);
  const parent = Int32Array.from(order.keys());
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  for (const { terms } of bearing) {
    const [first = 0] = terms.keys();
    for (const at of terms.keys()) parent[root(at)] = root(first);
  }
  const guesses = [attackers.indexOf('zeros known'), attackers.indexOf('threshold known')].flatMap(
    (nth) => knowledge[nth] ?? [],
  );
  /** From this follows what each attacker knows of a variable beforehand, and what is demanded for it. */
  const saidOf = ({ index, key, state, truth, least, most, keeps }: Variable): string =>
    `${key} ${state} ${truth} ${least} ${most} ${keeps?.least} ${keeps?.most} ${guesses.map(({ low, high }) => `${low[index]} ${high[index]}`).join(' ')}`;
  const texts = new Map<number, string[]>();
  const write = (at: number, text: string): void => {
    const of = root(at);
    const standing = texts.get(of);
    if (standing) standing.push(text);
    else texts.set(of, [text]);
  };
  for (const [at, variable] of order.entries())
    if ((definition[variable.index] as number) < 0) write(at, saidOf(variable));
  const termsOf = ({ terms, known }: Sum): string =>
    `${known}${[...terms]
      .sort(([one], [other]) => one - other)
      .map(([at, by]) => ` ${by} ${order[at]?.key}`)
      .join('')}`;
  for (const sum of bearing) write(sum.terms.keys().next().value ?? 0, termsOf(sum));
  const named = (text: readonly string[]): string =>
    sha256([threshold, feasibleIntegers, ...text].join('\n')).slice(0, 32);
  const nameOf = new Map([...texts].map(([of, text]) => [of, named(text.sort())]));
  const sums = order.flatMap((variable) => {
    const { index, truth = 1, keeps } = variable;
    const isLarge = truth === 0 || Math.abs(truth) >= threshold;
    if ((definition[index] as number) < 0 || (isLarge && !keeps)) return [];
    const sum = inTerms(variable.index);
    return [{ variable, sum, name: named([saidOf(variable), termsOf(sum)]) }];
  });
  return {
    names: [...nameOf.values(), ...sums.map(({ name }) => name)].sort(),
    standing(names) {
      const stands = (at: number): boolean => names.has(nameOf.get(root(at)) ?? '');
      const standing = new Set<number>();
      for (const [at, { index }] of order.entries())
        if ((definition[index] as number) < 0 && stands(at)) standing.add(index);
      for (const { variable, sum, name } of sums)
        if (names.has(name) && [...sum.terms.keys()].every(stands)) standing.add(variable.index);
      return standing;
    },
  };
}

/**
 * Variables that are the whole of a sum and of which every attacker knows no more than follows from its parts: with their equations they tell nothing of the parts.
 * `definition` is the equation of each, or −1; `uses` marks those equations.
 */
function freeSums({ variables, equations }: System, knowledge: readonly Bounds[]) {
  const definition = new Int32Array(variables.length).fill(-1);
  const uses = new Uint8Array(equations.length);
  const isPartOf = (whole: number, parts: readonly number[]): boolean => {
    const seen = new Set(parts);
    for (const index of seen) {
      if (index === whole) return true;
      const row = definition[index] as number;
      if (row >= 0) for (const part of equations[row]?.variables.slice(1) ?? []) seen.add(part);
    }
    return false;
  };
  for (const [row, { variables: within, coefficients }] of equations.entries()) {
    const [whole = -1, ...parts] = within;
    const { state } = variables[whole] ?? {};
    if (coefficients[0] !== -1 || coefficients.some((by, nth) => nth > 0 && by !== 1)) continue;
    if (state === 'shown' || state === 'slack' || (definition[whole] as number) >= 0) continue;
    const follows = knowledge.every(({ low, high }) => {
      let [least, most] = [0, 0];
      for (const index of parts) {
        least += low[index] as number;
        most += high[index] as number;
      }
      return least >= (low[whole] as number) && most <= (high[whole] as number);
    });
    if (!follows || isPartOf(whole, parts)) continue;
    definition[whole] = row;
    uses[row] = 1;
  }
  return { definition, uses };
}
