/**
 * Writes down what the published tables say about each other: one unknown for each thing that is counted, and every sum that must hold.
 * A number stands for the same unknown in whichever release, table or channel it was published.
 */
import type { PublishedTable } from './published-tables.ts';

export type Unknown = {
  readonly name: string;
  /** In words: what is counted. */
  readonly what: string;
  /** The published number; undefined where it was withheld or never asked for. */
  count: number | undefined;
  /** A withheld number of a table; the others only stand between. */
  withheld: boolean;
  /** What lies between two counts of the same thing at different times may be negative. */
  readonly difference: boolean;
  /** The tables that have this cell, as release/name; those by week or month come first of all and never change. */
  readonly tables: Set<string>;
};

export type Sum = { readonly whole: Unknown; readonly parts: readonly Unknown[] };

export type Writing = {
  readonly unknowns: ReadonlyMap<string, Unknown>;
  readonly sums: readonly Sum[];
  /** Tables that contradict what was published before, so they were counted at another time. */
  readonly counted: readonly string[];
};

type Thing = {
  readonly measure: string;
  readonly basis: string;
  readonly where: readonly string[];
  readonly from: string;
  readonly to: string;
};

const day = 86_400_000;
const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);
const isWeek = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
/** A month holds the weeks whose Thursday it holds. */
const monthOf = (week: string): string => daysLater(week, 3).slice(0, 7);

function weeksOf(from: string, to: string): string[] {
  const weeks: string[] = [];
  for (let week = from; week <= to; week = daysLater(week, 7)) weeks.push(week);
  return weeks;
}

/** The dimension whose categories are weeks, or months beside a window of weeks. */
function timeOf({ dimensions, cells, weeks }: PublishedTable): number {
  return dimensions.findIndex((_, at) => {
    const categories = [...new Set(cells.map((cell) => cell.at[at] ?? ''))].filter((category) => category !== '*');
    return (
      categories.length > 0 &&
      weeks !== undefined &&
      (categories.every(isWeek) || categories.every((text) => /^\d{4}-\d\d$/.test(text)))
    );
  });
}

/** What one cell of a table counts. */
function thingAt(table: PublishedTable, at: readonly string[], time: number, basis: string): Thing {
  let { from, to } = table.weeks ?? { from: '', to: '' };
  const where: string[] = [];
  table.dimensions.forEach((dimension, nth) => {
    const category = at[nth] ?? '*';
    if (category === '*') return;
    if (nth !== time) where.push(`${dimension}=${category}`);
    else if (isWeek(category)) from = to = category;
    else {
      const weeks = weeksOf(from, to).filter((week) => monthOf(week) === category);
      [from, to] = [weeks[0] ?? from, weeks.at(-1) ?? to];
    }
  });
  return { measure: table.measure, basis, where: where.sort(), from, to };
}

const groupOf = ({ measure, basis, where }: Thing): string => JSON.stringify([measure, basis, where]);
const keyOf = (thing: Thing): string => `${groupOf(thing)}|${thing.from}..${thing.to}`;

function inWords({ measure, basis, where, from, to }: Thing): string {
  const when = from === '' ? 'all that was received' : from === to ? `week of ${from}` : `weeks of ${from} to ${to}`;
  return `${measure}${where.length ? `, ${where.join(', ')}` : ', in all'}, ${when}${basis ? ` (as counted for ${basis})` : ''}`;
}

/** Puts every table into one system. A table named in `apart` (release/name) is not taken for counted at the same time as the others. */
export function writeDown(tables: readonly PublishedTable[], apart: ReadonlySet<string> = new Set()): Writing {
  const unknowns = new Map<string, Unknown>();
  const things = new Map<string, Thing>();
  const sums = new Map<string, Sum>();
  const counted: string[] = [];
  const unknownOf = (thing: Thing): Unknown => {
    const key = keyOf(thing);
    const standing = unknowns.get(key);
    if (standing) return standing;
    const made = {
      name: `x${unknowns.size}`,
      what: inWords(thing),
      count: undefined,
      withheld: false,
      difference: false,
      tables: new Set<string>(),
    };
    unknowns.set(key, made);
    things.set(key, thing);
    return made;
  };
  const addSum = (whole: Unknown, parts: readonly Unknown[]): void => {
    if (parts.length === 1 && parts[0] === whole) return;
    sums.set(`${whole.name}=${parts.map(({ name }) => name).join('+')}`, { whole, parts });
  };

  for (const table of tables) {
    const time = timeOf(table);
    const id = `${table.release}/${table.name}`;
    const conflicts = (basis: string) =>
      table.cells.some(({ at, count }) => {
        const known = unknowns.get(keyOf(thingAt(table, at, time, basis)))?.count;
        return count !== undefined && known !== undefined && known !== count;
      });
    const basis = apart.has(id) || conflicts('') ? id : '';
    if (basis) counted.push(id);
    const cells = new Map(table.cells.map((cell) => [JSON.stringify(cell.at), cell] as const));
    for (const { at, count } of table.cells) {
      const unknown = unknownOf(thingAt(table, at, time, basis));
      if (time < 0) unknown.tables.add(id);
      if (count !== undefined) unknown.count = count;
      else unknown.withheld = true;
      if (!basis) continue;
      const before = unknowns.get(keyOf(thingAt(table, at, time, '')));
      if (before) addSum(unknown, [before, differenceOf(unknowns, unknown, before)]);
    }
    table.dimensions.forEach((_, nth) => {
      for (const { at } of table.cells) {
        if (at[nth] !== '*') continue;
        const parts = table.cells.filter(
          (cell) => cell.at[nth] !== '*' && cell.at.every((category, other) => other === nth || category === at[other]),
        );
        if (parts.length && cells.has(JSON.stringify(at)))
          addSum(
            unknownOf(thingAt(table, at, time, basis)),
            parts.map((part) => unknownOf(thingAt(table, part.at, time, basis))),
          );
      }
    });
  }
  linkTimes([...things.values()], unknownOf, addSum);
  for (const unknown of unknowns.values()) if (unknown.count !== undefined) unknown.withheld = false;
  return { unknowns, sums: [...sums.values()], counted };
}

function differenceOf(unknowns: Map<string, Unknown>, after: Unknown, before: Unknown): Unknown {
  const key = `difference|${after.name}|${before.name}`;
  const standing = unknowns.get(key);
  if (standing) return standing;
  const made = {
    name: `x${unknowns.size}`,
    what: `what was added to: ${after.what}`,
    count: undefined,
    withheld: false,
    difference: true,
    tables: new Set<string>(),
  };
  unknowns.set(key, made);
  return made;
}

/** Two spans of the same thing overlap: each is the sum of the smallest spans that both are made of. */
function linkTimes(
  things: readonly Thing[],
  unknownOf: (thing: Thing) => Unknown,
  addSum: (whole: Unknown, parts: readonly Unknown[]) => void,
): void {
  const groups = new Map<string, Thing[]>();
  for (const thing of things)
    if (thing.from) groups.set(groupOf(thing), [...(groups.get(groupOf(thing)) ?? []), thing]);
  for (const spans of groups.values()) {
    if (spans.length < 2) continue;
    const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, daysLater(to, 7)]))].sort();
    for (const span of spans) {
      const inside = cuts.filter((cut) => cut >= span.from && cut <= daysLater(span.to, 7));
      if (inside.length < 3) continue;
      const parts = inside
        .slice(0, -1)
        .map((from, at) => ({ ...span, from, to: daysLater(inside[at + 1] ?? from, -7) }));
      addSum(unknownOf(span), parts.map(unknownOf));
    }
  }
}
