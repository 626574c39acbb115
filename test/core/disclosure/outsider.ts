/**
 * The outsider of the property tests: reads what releases show, writes down sums, and tries every table of whole numbers that fits. Shares no code with the auditor; true
 * counts are kept aside, to say what was to be protected and what the stronger attackers knew.
 */
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import { type Week, weekNamed, weeksFrom } from '#core/domain/week.ts';
import { type SmallSystem, valuesByTrying } from './brute-force.ts';

const threshold = 11;
const fewest = 6;
/** More than any true count of the random tables, and room for six values above. */
const top = 400;

const weekIn = (text: string): Week | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? weekNamed(text as Week) : undefined;

type Variable = { readonly key: string; low: number; high: number; shown: boolean; truth: number | undefined };

export type Leak = { readonly attacker: string; readonly key: string; readonly values: readonly number[] };

/** Everything shown, as the outsider writes it down. `truthOf` answers the true count of a key, for the one who judges him. */
export class Outsider {
  private readonly variables: Variable[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly equations: number[][] = [];

  private readonly truthOf: (key: string) => number | undefined;

  /** `blind` is a release of which he saw that cells are withheld and not one number that was new. */
  constructor(ledger: readonly LedgerEntry[], truthOf: (key: string) => number | undefined, blind?: LedgerEntry) {
    this.truthOf = truthOf;
    for (const entry of ledger) for (const table of entry.content.tables) this.read(table, entry !== blind);
    this.joinWindows();
  }

  private at(key: string): number {
    const standing = this.byKey.get(key);
    if (standing !== undefined) return standing;
    const truth = this.truthOf(key);
    this.variables.push({ key, low: 0, high: top, shown: false, truth });
    this.byKey.set(key, this.variables.length - 1);
    return this.variables.length - 1;
  }

  private read({ dimensions, cells, window }: ReleasedTable, seen: boolean): void {
    const keyOf = (at: Readonly<Record<string, string>>): string => {
      let span = `${window.from}..${window.to}`;
      const where: string[] = [];
      for (const { name } of dimensions) {
        const category = at[name] ?? '*';
        if (category === '*') continue;
        if (weekIn(category)) span = `${category}..${category}`;
        else where.push(`${name}=${category}`);
      }
      return `${span}|${where.join('&')}`;
    };
    for (const { at, value } of cells) {
      const variable = this.variables[this.at(keyOf(at))] as Variable;
      if (value.kind !== 'count' || !seen) continue;
      variable.low = variable.high = value.count;
      variable.shown = true;
    }
    for (const { name, categories } of dimensions)
      for (const { at } of cells)
        if (at[name] === '*')
          this.sum(
            keyOf(at),
            categories.map((category) => keyOf({ ...at, [name]: category })),
          );
  }

  private sum(whole: string, parts: readonly string[]): void {
    if (parts.length === 1 && parts[0] === whole) return;
    this.equations.push([this.at(whole), -1, ...parts.flatMap((part) => [this.at(part), 1])]);
  }

  /** The total of a window is the sum of its weeks, where those were counted. */
  private joinWindows(): void {
    for (const { key } of [...this.variables]) {
      const [, from = '', to = ''] = /^(.*)\.\.(.*)\|$/.exec(key) ?? [];
      const [first, last] = [weekIn(from), weekIn(to)];
      if (!first || !last || first === last) continue;
      const weeks = weeksFrom(first, last).map((week) => `${week}..${week}|`);
      if (weeks.every((week) => this.byKey.has(week))) this.sum(key, weeks);
    }
  }

  /** What an attacker who knows these bounds beforehand is left with, for every withheld small count: those with fewer than six values, or without a safe end where he knew of nothing there. */
  private leaksTo(attacker: string, low: readonly number[], high: readonly number[], only?: number): Leak[] {
    const system: SmallSystem = { low, high, equations: this.equations };
    return this.variables.flatMap(({ key, shown, truth }, index) => {
      if (shown || truth === undefined || truth < 1 || truth >= threshold) return [];
      if (only !== undefined && only !== index) return [];
      const ends = (values: readonly number[]) =>
        (low[index] ?? 0) > 0 || values.some((value) => value === 0 || value >= threshold);
      const isSafe = (values: readonly number[]) => values.length >= fewest && ends(values);
      const values = valuesByTrying(system, index, isSafe);
      return isSafe(values) ? [] : [{ attacker, key, values }];
    });
  }

  private bounds(of: (variable: Variable, index: number) => readonly [number, number]) {
    const both = this.variables.map((variable, index) =>
      variable.shown ? ([variable.low, variable.high] as const) : of(variable, index),
    );
    return [both.map(([low]) => low), both.map(([, high]) => high)] as const;
  }

  /** For each withheld number the others that hang together with it. */
  private parts(): number[] {
    const part = this.variables.map((_, index) => index);
    const root = (of: number): number => (part[of] === of ? of : root(part[of] as number));
    for (const equation of this.equations) {
      const open = equation.filter((_, at) => at % 2 === 0).filter((index) => !this.variables[index]?.shown);
      for (const index of open) part[root(index)] = root(open[0] as number);
    }
    return part.map((_, index) => root(index));
  }

  /** `known` bounds how many choices of three known incidents are tried. */
  leaks(known: number, random: () => number): Leak[] {
    const parts = this.parts();
    const every = (holds: (truth: number) => boolean) => {
      const broken = new Set(
        this.variables.flatMap(({ shown, truth }, index) =>
          shown || (truth !== undefined && holds(truth)) ? [] : [parts[index]],
        ),
      );
      return (index: number) => !broken.has(parts[index]);
    };
    const noZero = every((truth) => truth >= 1);
    const allSmall = every((truth) => truth < threshold);
    const plain = this.bounds(() => [0, top]);
    return [
      ...this.leaksTo('plain', ...plain),
      ...this.leaksTo('zeros known', ...this.bounds((_, index) => [noZero(index) ? 1 : 0, top])),
      ...this.leaksTo('threshold known', ...this.bounds((_, index) => [0, allSmall(index) ? threshold - 1 : top])),
      ...this.leaksTo(
        'flags known',
        ...this.bounds(({ truth = 0 }) =>
          truth >= threshold ? [threshold, top] : [truth >= 1 ? 1 : 0, threshold - 1],
        ),
      ),
      ...this.choicesOfThree(known, random).flatMap((choice) => {
        const name = `three incidents known: ${choice.map((index) => this.variables[index]?.key).join(', ')}`;
        const least = this.knownIn(choice);
        return this.leaksTo(name, ...this.bounds((_, index) => [least[index] ?? 0, top]));
      }),
    ];
  }

  /** How many of the known incidents each number counts: its own and those of its parts. */
  private knownIn(choice: readonly number[]): number[] {
    const known = this.variables.map((_, index) => choice.filter((one) => one === index).length);
    for (let again = true; again; ) {
      again = false;
      for (const [whole = 0, , ...parts] of this.equations) {
        const inParts = parts.reduce((sum, index, at) => sum + (at % 2 === 0 ? (known[index] ?? 0) : 0), 0);
        if (inParts <= (known[whole] ?? 0)) continue;
        known[whole] = inParts;
        again = true;
      }
    }
    return known;
  }

  /** Choices of three incidents in all, each a withheld cell that no other withheld number is a part of; an incident is known wherever it is counted, as sums see to. */
  private choicesOfThree(most: number, random: () => number): number[][] {
    const wholes = new Set(
      this.equations.flatMap((equation) => equation.filter((_, at) => at % 2 === 0 && equation[at + 1] === -1)),
    );
    const incidents = this.variables.flatMap(({ shown, truth = 0 }, index) =>
      shown || wholes.has(index) ? [] : Array.from({ length: Math.min(truth, 3) }, () => index),
    );
    const choices = new Map<string, number[]>();
    for (let a = 0; a < incidents.length; a++)
      for (let b = a + 1; b < incidents.length; b++)
        for (let c = b + 1; c < incidents.length; c++) {
          const choice = [incidents[a], incidents[b], incidents[c]] as number[];
          choices.set(choice.join(), choice);
        }
    if (choices.size === 0 && incidents.length) choices.set('', incidents);
    const all = [...choices.values()];
    if (all.length <= most) return all;
    return Array.from({ length: most }, () => all[Math.floor(random() * all.length)] as number[]);
  }

  get size(): number {
    return this.variables.filter(({ shown }) => !shown).length;
  }
}
