/**
 * How many values each withheld number can have: the least and the greatest that some table with all published sums allows, by a solver.
 */
import type { Program, Solution, Solver } from './solver.ts';
import type { Sum, Unknown, Writing } from './write-down.ts';

export type Range = {
  readonly unknown: Unknown;
  readonly least: number;
  readonly most: number;
  readonly limit: boolean /** `limit`: nothing was found that bounds it from above. `exact`: both ends are proven. */;
  readonly exact: boolean;
};

/** Connected unknowns and the sums between them, published numbers put in; without unknowns, sums of published numbers that do not hold. */
type Part = {
  readonly unknowns: readonly Unknown[];
  readonly equations: Program['equations'];
  readonly tables: ReadonlySet<string>;
};

/** No count is taken to be greater than this many times the greatest that was published. */
const beyond = 4;

function partsOf({ unknowns, sums }: Writing): Part[] {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  const open = ({ whole, parts }: Sum) => [whole, ...parts].filter(({ count }) => count === undefined);
  for (const sum of sums) {
    const [first, ...others] = open(sum);
    for (const other of others) if (first) parent.set(root(other.name), root(first.name));
  }
  const byRoot = new Map<
    string,
    { unknowns: Unknown[]; equations: Program['equations'][number][]; tables: Set<string> }
  >();
  const partAt = (name: string) => {
    const standing = byRoot.get(root(name));
    if (standing) return standing;
    const made = { unknowns: [], equations: [], tables: new Set<string>() };
    byRoot.set(root(name), made);
    return made;
  };
  for (const unknown of unknowns.values()) if (unknown.count === undefined) partAt(unknown.name).unknowns.push(unknown);
  const clash: Part & { equations: Program['equations'][number][]; tables: Set<string> } = {
    unknowns: [],
    equations: [],
    tables: new Set(),
  };
  for (const sum of sums) {
    const factors = new Map<Unknown, number>();
    let right = 0;
    for (const [unknown, factor] of [[sum.whole, -1] as const, ...sum.parts.map((part) => [part, 1] as const)])
      if (unknown.count === undefined) factors.set(unknown, (factors.get(unknown) ?? 0) + factor);
      else right -= factor * unknown.count;
    const terms = [...factors].flatMap(([{ name }, factor]) => (factor === 0 ? [] : [[factor, name] as const]));
    const [first] = terms;
    const part = first ? partAt(first[1]) : clash;
    if (!first && right === 0) continue;
    part.equations.push({ terms, right });
    for (const { tables } of [sum.whole, ...sum.parts]) for (const table of tables) part.tables.add(table);
  }
  return [...byRoot.values(), ...(clash.equations.length ? [clash] : [])];
}

export type Attack = {
  readonly ranges: readonly Range[];
  readonly programs: number;
  /** Parts that no table fits: what was published there was not counted at one time. */
  readonly contradictions: readonly Part[];
};

/** Solves for each withheld number and each difference, sharing every table that is found. A solution that the solver did not finish leaves the range as wide as what was seen. */
export function feasibleRanges(writing: Writing, solver: Solver): Attack {
  const greatest = Math.max(11, ...[...writing.unknowns.values()].map(({ count }) => count ?? 0)) * beyond;
  const ranges: Range[] = [];
  const contradictions: Part[] = [];
  let programs = 0;
  for (const part of partsOf(writing)) {
    const asked = part.unknowns.filter(({ withheld, difference }) => withheld || difference);
    if (part.unknowns.length === 0) {
      contradictions.push(part);
      continue;
    }
    const free = new Set(part.unknowns.filter(({ difference }) => difference).map(({ name }) => name));
    const seen = new Map<string, { least: number; most: number }>();
    const run = (sense: 'min' | 'max', terms: Program['objective']['terms']): Solution => {
      programs++;
      const unknowns = part.unknowns.map(({ name }) => name);
      const answer = solver.solve({ unknowns, free, equations: part.equations, objective: { sense, terms }, greatest });
      if (answer.status === 'optimal')
        for (const [name, value] of answer.values) {
          const range = seen.get(name);
          seen.set(name, {
            least: Math.min(range?.least ?? value, value),
            most: Math.max(range?.most ?? value, value),
          });
        }
      return answer;
    };
    const any = run(
      'min',
      part.unknowns.slice(0, 1).map(({ name }) => [1, name]),
    );
    if (any.status === 'infeasible') {
      contradictions.push(part);
      continue;
    }
    for (const unknown of asked) {
      const { name } = unknown;
      let exact = true;
      // A count cannot be below zero, so a table in which it is zero settles the least; likewise at the other end.
      if (seen.get(name)?.least !== (free.has(name) ? -greatest : 0))
        exact &&= run('min', [[1, name]]).status === 'optimal';
      if (seen.get(name)?.most !== greatest) exact &&= run('max', [[1, name]]).status === 'optimal';
      const range = seen.get(name) ?? { least: 0, most: 0 };
      ranges.push({ unknown, ...range, limit: range.most === greatest, exact });
    }
  }
  return { ranges, programs, contradictions };
}
