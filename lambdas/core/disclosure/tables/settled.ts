/**
 * What the ledger settled and a release need not ask for again (docs/METHODS.md §3.7): whole tables of a window that was shown, and months of a series whose weeks, agency
 * files and other parameters are what they were.
 */
import { canonicalJson } from '../../domain/canonical-json.ts';
import { sha256 } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Window } from '../../domain/period.ts';
import { monthOfWeek, type Week, weeksFrom } from '../../domain/week.ts';
import type { Answer, Question } from '../../lake/question.ts';
import type { LedgerEntry, TableFrame } from '../ledger-entry.ts';
import { type FoiaFile, type ReleasedTable, total } from '../released-table.ts';
import { frameOf, gridOver } from './grid.ts';

type Standing = { readonly entry: LedgerEntry; readonly table: ReleasedTable; readonly frame: TableFrame };

/** The latest release of a question for a window, which a later release of the same window shows again as it is; undefined for series of weeks or months and for counts without a window. */
export function standingTable(
  question: Question,
  window: Window,
  ledger: readonly LedgerEntry[],
): Standing | undefined {
  const { time, windowless } = frameOf(question, '');
  if (time || windowless) return undefined;
  return latest(
    ledger,
    (table) => table.query === question.name && table.window.from === window.from && table.window.to === window.to,
  );
}

function latest(ledger: readonly LedgerEntry[], is: (table: ReleasedTable) => boolean): Standing | undefined {
  const entry = ledger.findLast(({ content }) => content.tables.some(is));
  const table = entry?.content.tables.find(is);
  const frame = table && entry?.sealed.frames[table.query];
  return entry && table && frame ? { entry, table, frame } : undefined;
}

/** How a series is counted now: each week with the records known at a time, every other parameter, and the agency files. */
type Counting = {
  readonly countedAt: ReadonlyMap<Week, Instant>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly foiaFiles?: readonly FoiaFile[];
};

/** Parameters that say when and which weeks; agency files are compared as files, not by the time of looking. */
const timeParameters: readonly string[] = ['as_of', 'from_week', 'to_week', 'records_as_of'];

/**
 * The rows of whole months, as the question answered them for the latest release that has it, and the weeks they stand for; nothing of a month of which any week would be
 * counted otherwise today. A count of zero that was shown has no row: everybody knows it.
 */
export function settledMonths(
  question: Question,
  { countedAt, parameters, foiaFiles }: Counting,
  ledger: readonly LedgerEntry[],
): { readonly rows: Answer['rows']; readonly weeks: ReadonlySet<Week> } {
  const nothing = { rows: [], weeks: new Set<Week>() };
  const { dimensions } = question.metadata;
  const months = dimensions.find(({ vocabulary }) => vocabulary === 'months');
  const standing = latest(ledger, ({ query }) => query === question.name);
  if (!months || !standing || dimensions.some((one) => one !== months && typeof one.vocabulary === 'string'))
    return nothing;
  const { table, entry, frame } = standing;
  const others = (of: Readonly<Record<string, string>>) =>
    canonicalJson(Object.fromEntries(Object.entries(of).filter(([name]) => !timeParameters.includes(name))));
  if (
    table.sql !== sha256(question.sql) ||
    others(table.parameters) !== others(parameters) ||
    canonicalJson(table.foiaFiles ?? []) !== canonicalJson(foiaFiles ?? [])
  )
    return nothing;

  const then = new Map<Week, string | undefined>();
  for (const { from, to, asOf } of table.counted ?? [{ ...table.window, asOf: table.parameters['as_of'] }])
    for (const week of weeksFrom(from, to)) then.set(week, asOf);
  const weeks = [...new Set([...then.keys(), ...countedAt.keys()])];
  const counts = gridOver(table.dimensions, { ...frame, span: table.window }).cells.flatMap(({ at, key }, place) => {
    const path = dimensions.map(({ name }) => at[name] ?? total);
    const value = table.cells[place]?.value;
    const shown = value?.kind === 'count' ? value.count : undefined;
    return path.includes(total)
      ? []
      : { month: at[months.name] ?? '', path, shown, count: shown ?? entry.sealed.truths[key] };
  });
  const rows: Answer['rows'][number][] = [];
  const settled = new Set<Week>();
  for (const month of new Set(counts.map((cell) => cell.month))) {
    const cells = counts.filter((cell) => cell.month === month);
    const within = weeks.filter((week) => monthOfWeek(week) === month);
    const changed = within.some((week) => !then.has(week) || then.get(week) !== countedAt.get(week));
    if (within.length === 0 || changed || cells.some(({ count }) => count === undefined)) continue;
    for (const week of within) settled.add(week);
    for (const { path, shown, count = 0 } of cells) if (shown !== 0) rows.push([...path, count]);
  }
  return { rows, weeks: settled };
}
