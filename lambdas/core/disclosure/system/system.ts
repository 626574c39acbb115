/**
 * What an attacker can write down: one variable per distinct predicate over incidents, and every linear equation between them (docs/METHODS.md §3.2).
 * The same predicate in two tables, two channels or two releases is the same variable.
 */
import { sha256 } from '../../domain/ids.ts';
import type { Week } from '../../domain/week.ts';

/** A span of whole weeks, both ends included; `always` for universes that have no weeks of ours (FOIA records). */
export type Span = { readonly from: Week; readonly to: Week } | 'always';

/**
 * What a number counts. `batch` is empty for the frozen basis; a table that was counted again later, with late records in it, carries its release's id.
 * `where` holds a category for each dimension that is not summed away; dimensions of time are in the span.
 */
export type Predicate = {
  readonly universe: string;
  readonly batch: string;
  readonly span: Span;
  readonly where: Readonly<Record<string, string>>;
};

/** Most names are plain, and encoding a plain one is not free. */
const encoded = (text: string): string => (/^[\w.-]*$/.test(text) ? text : encodeURIComponent(text));

export function whereKey(where: Readonly<Record<string, string>>): string {
  const pairs: string[] = [];
  for (const name in where) pairs.push(`${encoded(name)}=${encoded(where[name] ?? '')}`);
  return pairs.length < 2 ? (pairs[0] ?? '') : pairs.sort().join('&');
}
export const spanKey = (span: Span): string => (span === 'always' ? span : `${span.from}..${span.to}`);
const groupKey = ({ universe, batch, where }: Predicate): string => `${universe}@${batch}|${whereKey(where)}`;
export const predicateKey = (predicate: Predicate): string => `${groupKey(predicate)}|${spanKey(predicate.span)}`;

/**
 * `shown` is public, `hidden` is a withheld cell, `latent` was never a cell but stands between them (a site, the difference of two windows, late records),
 * `slack` is what a bounded form leaves open and counts nothing. `truth` is absent where nobody counted it. `frozen` was settled by an earlier release. `least` and
 * `most` are public bounds. `keeps`, where a table has a demand of its own for this cell, are the values that an attacker must be left to think possible at least.
 */
export type Variable = {
  readonly index: number;
  readonly key: string;
  state: 'shown' | 'hidden' | 'latent' | 'slack';
  truth: number | undefined;
  frozen: boolean;
  least: number;
  most: number;
  keeps?: { readonly least: number; readonly most: number };
};

/** The sum of coefficient × variable is zero. Equations of one `family` sum over the same dimension; it says nothing about counts and only helps to find others. */
export type Equation = {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
  readonly family?: string;
};

type Group = { readonly predicate: Predicate; readonly spans: Map<string, Span> };

export type System = {
  readonly variables: Variable[];
  readonly equations: Equation[];
  readonly byKey: Map<string, Variable>;
  readonly groups: Map<string, Group>;
  readonly known: Set<string>;
};

export const emptySystem = (): System => ({
  variables: [],
  equations: [],
  byKey: new Map(),
  groups: new Map(),
  known: new Set(),
});

/** The variable of a predicate, made as a latent when it is new; `key` is the predicate's, where it is at hand. */
export function variableOf(system: System, predicate: Predicate, key = predicateKey(predicate)): Variable {
  const standing = system.byKey.get(key);
  if (standing) return standing;
  const variable = latent(system, key, undefined);
  const group = groupKey(predicate);
  const { spans } = system.groups.get(group) ?? { spans: undefined };
  if (spans) spans.set(spanKey(predicate.span), predicate.span);
  else system.groups.set(group, { predicate, spans: new Map([[spanKey(predicate.span), predicate.span]]) });
  return variable;
}

function latent(
  system: System,
  key: string,
  truth: number | undefined,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): Variable {
  const variable: Variable = {
    index: system.variables.length,
    key,
    state: 'latent',
    truth,
    frozen: false,
    least,
    most,
  };
  system.variables.push(variable);
  system.byKey.set(key, variable);
  return variable;
}

/**
 * Adds whole = sum of parts, once. When the counts at hand do not add up, because some were frozen before a late record or a withdrawal, the difference
 * becomes a variable of its own: it is as sensitive as any other small count.
 */
export function addSum(system: System, whole: Variable, parts: readonly Variable[], family?: string): void {
  if (parts.length === 1 && parts[0] === whole) return;
  const key = `${whole.index}=${parts
    .map(({ index }) => index)
    .sort((one, other) => one - other)
    .join('+')}`;
  if (system.known.has(key)) return;
  system.known.add(key);
  const variables = [whole.index, ...parts.map(({ index }) => index)];
  const coefficients = [-1, ...parts.map(() => 1)];
  let residue: number | undefined = -(whole.truth ?? Number.NaN);
  for (const { truth } of parts) residue += truth ?? Number.NaN;
  if (Number.isNaN(residue)) residue = undefined;
  if (residue !== undefined && residue !== 0) {
    // Named by what is summed, so that it has the same name in every release.
    const sum = sha256(
      parts
        .map((part) => part.key)
        .sort()
        .join(' '),
    ).slice(0, 16);
    const late = latent(system, `late|${whole.key}|${sum}`, -residue, Number.NEGATIVE_INFINITY);
    variables.push(late.index);
    coefficients.push(1);
  }
  system.equations.push({ variables, coefficients, ...(family === undefined ? {} : { family }) });
}

/** Adds any equation: the sum of coefficient × variable is zero. Coefficients are whole numbers other than zero. */
export function addEquation(system: System, terms: readonly Term[], family?: string): void {
  system.equations.push({
    variables: terms.map(([{ index }]) => index),
    coefficients: terms.map(([, coefficient]) => coefficient),
    ...(family === undefined ? {} : { family }),
  });
}

type Term = readonly [variable: Variable, coefficient: number];

/** Adds least ≤ sum of coefficient × variable ≤ most, once for each name: what is left open is a slack of its own. */
function addForm(system: System, name: string, terms: readonly Term[], least: number, most: number): void {
  const key = `form|${name}`;
  if (system.byKey.has(key)) return;
  const value = terms.reduce((sum, [{ truth }, coefficient]) => sum + coefficient * (truth ?? Number.NaN), 0);
  const slack = latent(system, key, Number.isNaN(value) ? undefined : value, least, most);
  slack.state = 'slack';
  addEquation(system, [...terms, [slack, -1]]);
}

/**
 * Adds a published percentage of `part` in `whole`, rounded to `decimals`: whoever reads 37.5 % knows that the share lies between 37.45 % and 37.55 %, both included,
 * because nobody says which way a half was rounded.
 */
export function addShare(system: System, part: Variable, whole: Variable, percent: number, decimals: number): void {
  const unit = 10 ** decimals;
  const shown = Math.round(percent * unit);
  const name = `${part.key} of ${whole.key} is ${shown}/${unit} %`;
  const [far, near] = [2 * shown + 1, 2 * shown - 1];
  addForm(
    system,
    `${name}, at least`,
    [
      [part, 200 * unit],
      [whole, -near],
    ],
    0,
    Number.POSITIVE_INFINITY,
  );
  addForm(
    system,
    `${name}, at most`,
    [
      [part, 200 * unit],
      [whole, -far],
    ],
    Number.NEGATIVE_INFINITY,
    0,
  );
}

/** The smallest spans that every given span is a union of. */
export function segmentsOf(spans: readonly Span[], next: (week: Week, weeks: number) => Week): Span[] {
  const ranges = spans.filter((span) => span !== 'always');
  const cuts = [...new Set(ranges.flatMap(({ from, to }) => [from, next(to, 1)]))].sort();
  const segments: Span[] = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [from, until] = [cuts[at], cuts[at + 1]];
    if (from === undefined || until === undefined) continue;
    const to = next(until, -1);
    if (ranges.some((range) => range.from <= from && range.to >= to)) segments.push({ from, to });
  }
  return segments;
}

/** Links every span of a predicate to the others through their smallest common spans: a window is the sum of its weeks, whoever published which. */
export function linkSpans(system: System, next: (week: Week, weeks: number) => Week): void {
  for (const { predicate, spans } of [...system.groups.values()]) {
    if (spans.size < 2) continue;
    const ranges = [...spans.values()];
    const segments = segmentsOf(ranges, next);
    for (const range of ranges) {
      if (range === 'always') continue;
      const parts = segments.filter(
        (segment) => segment !== 'always' && segment.from >= range.from && segment.to <= range.to,
      );
      const whole = variableOf(system, { ...predicate, span: range });
      addSum(
        system,
        whole,
        parts.map((span) => variableOf(system, { ...predicate, span })),
      );
    }
  }
}
