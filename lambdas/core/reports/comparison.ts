/**
 * The comparison of agency files with the city's reports as a part of the briefing: its tables, what they come to, and how uncertain it is (docs/METHODS.md §5).
 */
import type { Released } from '../disclosure/release.ts';
import type { ReleasedTable } from '../disclosure/released-table.ts';
import type { Question } from '../lake/question.ts';
import { type BriefingTable, briefingTable, type Telling } from './briefing-table.ts';
import { comparisonWords } from './comparison-words.ts';
import { lookup } from './grid.ts';
import type { Derived } from './weekly-series.ts';

export type Comparison = {
  readonly heading: string;
  readonly facts: readonly string[];
  readonly notes: readonly string[];
  readonly tables: readonly BriefingTable[];
  readonly derived: readonly Derived[];
};

/** Whether a table compares agency files with reports. */
export const compares = ({ dimensions }: ReleasedTable): boolean =>
  dimensions.some(({ name }) => name === 'comparison');

/** Undefined when the release compares nothing. A sum is given only where every part of it is shown. */
export function comparisonOf(
  released: Released,
  known: ReadonlyMap<string, Question>,
  telling: Telling,
): Comparison | undefined {
  const tables = released.tables.filter(compares);
  if (tables.length === 0) return undefined;
  const { speech } = telling;
  const words = comparisonWords[speech.language];
  const sides = tables.map((table) => {
    const foia = known.get(table.query)?.metadata.release.universe === 'foia';
    return foia ? theirSide(table) : ourSide(table);
  });
  return {
    heading: words.heading,
    facts: sides.map((side) => {
      if (!side) return words.withheld;
      return 'onlyTheirs' in side ? words.theirs(side, speech) : words.ours(side, speech);
    }),
    notes: words.uncertainty,
    tables: tables.flatMap((table) => {
      const question = known.get(table.query);
      return (question && briefingTable(table, question, telling)) ?? [];
    }),
    derived: sides.flatMap((side) => {
      if (!side) return [];
      const only = 'onlyTheirs' in side ? side.onlyTheirs : side.onlyOurs;
      const open = only + side.most - side.least;
      return [...Object.values(side), open].map((value) => ({ value, from: 'sum of outcomes of the comparison' }));
    }),
  };
}

/** The sum of outcomes over everything else; undefined unless each of them is shown. */
const sumIn = (table: ReleasedTable) => {
  const find = lookup(table);
  return (...outcomes: readonly string[]): number | undefined =>
    outcomes.reduce<number | undefined>((sum, comparison) => {
      const value = find({ comparison });
      return sum === undefined || value?.kind !== 'count' ? undefined : sum + value.count;
    }, 0);
};

function ourSide(table: ReleasedTable) {
  const sum = sumIn(table);
  const [least, open, onlyOurs] = [
    sum('same_day', 'day_beside', 'within_a_day'),
    sum('not_told_apart'),
    sum('only_ours'),
  ];
  if (least === undefined || open === undefined || onlyOurs === undefined) return undefined;
  return { compared: least + open + onlyOurs, least, most: least + open, onlyOurs };
}

function theirSide(table: ReleasedTable) {
  const sum = sumIn(table);
  const [least, open, onlyTheirs, notComparable] = [
    sum('same_day', 'day_beside', 'within_a_day'),
    sum('not_told_apart'),
    sum('only_theirs'),
    sum('no_day', 'no_place'),
  ];
  if (least === undefined || open === undefined || onlyTheirs === undefined || notComparable === undefined)
    return undefined;
  return { compared: least + open + onlyTheirs, least, most: least + open, onlyTheirs, notComparable };
}
