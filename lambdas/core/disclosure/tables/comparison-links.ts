/**
 * What the comparison of agency files with reports says in other words of counts that other tables hold too (docs/METHODS.md §3.2): how many incidents somebody was taken
 * in stands in the table by agency and activity, how many records are arrests in the table by category.
 */

import type { TableFrame } from '../ledger-entry.ts';
import {
  addSum,
  type Predicate,
  predicateKey,
  type Span,
  type System,
  type Variable,
  variableOf,
} from '../system/system.ts';
import type { Grid } from './grid.ts';

type Placed = { readonly frame: TableFrame; readonly span: Span; readonly grid: Grid };
type Where = Readonly<Record<string, string>>;
/** One count told by the cells of a table: the name it has in the system, and the cells that add up to it. */
type Telling = { readonly name: Where; readonly cells: readonly Where[] };

const comparable: ReadonlySet<string> = new Set(['ICE', 'CBP']);
const takes: ReadonlySet<string> = new Set(['arrest', 'detention']);
const nobodyTaken: Where = { comparison: 'nobody_taken' };
const notCertain: Where = { comparison: 'not_certain' };
const otherAgencies: Where = { compared: 'other agencies' };
/** Somebody was taken, but on what day is not certain: such incidents stand with those of other agencies, and their number follows where both tables tell of the same weeks. */
const dayNotCertain: Where = { compared: 'day not certain' };
const arrests: Where = { compared: 'arrests' };

function tellingsOf({ frame, grid }: Placed): Telling[] {
  const categories = (name: string): readonly string[] | undefined =>
    grid.dimensions.find((dimension) => frame.names[dimension.name] === name)?.categories;
  const [outcomes, agencies, activities, kinds] = [
    categories('comparison'),
    categories('agency_group'),
    categories('activity_group'),
    categories('record_category'),
  ];
  if (frame.universe === 'foia')
    return [
      ...(outcomes ? [told(arrests, 'comparison', outcomes, (outcome) => outcome !== 'other_kind')] : []),
      ...(kinds ? [told(arrests, 'record_category', kinds, (kind) => kind.startsWith('arrest: '))] : []),
    ];
  if (outcomes) return [];
  if (!agencies || !activities) return [];
  const acts = activities.filter((activity) => !takes.has(activity));
  return [
    {
      name: nobodyTaken,
      cells: agencies
        .filter((agency) => comparable.has(agency))
        .flatMap((agency_group) => acts.map((activity_group) => ({ agency_group, activity_group }))),
    },
    told(otherAgencies, 'agency_group', agencies, (agency) => !comparable.has(agency)),
  ];
}

const told = (
  name: Where,
  dimension: string,
  categories: readonly string[],
  counts: (category: string) => boolean,
): Telling => ({ name, cells: categories.filter(counts).map((category) => ({ [dimension]: category })) });

/** Adds a variable for each such count and span, and its sum for every table that tells it. Counts of other bases are tied to it as tables are. */
export function linkComparisons(system: System, all: readonly Placed[]): void {
  if (!all.some(({ frame }) => Object.values(frame.names).includes('comparison'))) return;
  const bases = new Set(all.map(({ frame }) => frame.batch));
  for (const placed of all)
    for (const { name, cells } of tellingsOf(placed))
      for (const span of spansOf(placed)) {
        const of = { universe: placed.frame.universe, batch: placed.frame.batch, span };
        const parts = cells.flatMap((where) => system.byKey.get(predicateKey({ ...of, where })) ?? []);
        if (parts.length < cells.length) continue;
        const whole = variableOf(system, { ...of, where: name });
        whole.truth ??= sumOf(parts);
        addSum(system, whole, parts);
        if (name === otherAgencies) leaveDaysOpen(system, whole, of);
        for (const batch of bases) tie(system, whole, { ...of, batch, where: name });
      }
}

/** What is not certain is of another agency, or of a day that is not certain. */
function leaveDaysOpen(system: System, others: Variable, of: Omit<Predicate, 'where'>): void {
  const whole = variableOf(system, { ...of, where: notCertain });
  const open = variableOf(system, { ...of, where: dayNotCertain });
  if (whole.truth !== undefined && others.truth !== undefined) open.truth ??= whole.truth - others.truth;
  addSum(system, whole, [others, open]);
}

function tie(system: System, whole: Variable, other: Predicate): void {
  const same = system.byKey.get(predicateKey(other));
  if (same && same !== whole) addSum(system, whole, [same]);
}

/** The spans of a table's own cells. */
const spansOf = ({ grid, span }: Placed): Span[] => [
  ...new Map([
    [JSON.stringify(span), span],
    ...grid.cells.map(({ predicate }) => [JSON.stringify(predicate.span), predicate.span] as const),
  ]).values(),
];

const sumOf = (parts: readonly Variable[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { truth }) => (sum === undefined || truth === undefined ? undefined : sum + truth),
    0,
  );
