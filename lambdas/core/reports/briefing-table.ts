/**
 * One released table as a reader sees it: named rows and columns, each cell a released count, the word for withheld, or nothing (docs/METHODS.md §5).
 */
import { type ReleasedTable, type ReleasedValue, total } from '../disclosure/released-table.ts';
import type { City } from '../domain/city.ts';
import type { CalendarDate } from '../domain/instant.ts';
import type { Week } from '../domain/week.ts';
import type { Question } from '../lake/question.ts';
import { categoryName } from './category-names.ts';
import { foiaNote } from './foia-sources.ts';
import { type Axis, axes, isMonth, isTime, layout, lookup } from './grid.ts';
import type { Phrases } from './phrases.ts';
import { rangeText } from './range-text.ts';
import type { Speech } from './speech.ts';

export type TableCell = { readonly kind: 'count' | 'withheld' | 'none'; readonly text: string };
type TableRow = { readonly label: string; readonly total: boolean; readonly cells: readonly TableCell[] };
export type BriefingTable = {
  readonly query: string;
  readonly title: string;
  readonly period: string;
  readonly note: string | undefined;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
};

/** How many of the latest weeks or months a page shows; the download holds all. */
const latestShown = 6;

export type Telling = { readonly city: City; readonly speech: Speech; readonly phrases: Phrases };

/** The name of a category in the language of the telling. */
export function named(category: string, axis: Axis, { city, speech, phrases }: Telling): string {
  if (category === total) return phrases.total;
  if (axis.vocabulary === 'weeks') return speech.shortWeek(category as CalendarDate as Week);
  if (isTime(axis) && isMonth(category)) return speech.month(category);
  return speech.aside(categoryName(category, axis.vocabulary, city)[speech.language]);
}

export function tableCell(value: ReleasedValue | undefined, { speech, phrases }: Telling): TableCell {
  if (!value) return { kind: 'none', text: phrases.notInTable };
  if (value.kind === 'withheld')
    return { kind: 'withheld', text: (value.interval && rangeText(value.interval, speech.count)) ?? phrases.withheld };
  if (value.kind === 'status') return { kind: 'none', text: phrases.statuses[value.status] };
  return { kind: 'count', text: speech.count(value.count) };
}

/** Lays a table out; undefined when it has no dimension to read by. */
export function briefingTable(table: ReleasedTable, question: Question, telling: Telling): BriefingTable | undefined {
  const { speech, phrases } = telling;
  const { metadata } = question;
  const plan = layout(axes(table, metadata));
  if (!plan) return undefined;
  const find = lookup(table);
  const across = plan.columns;
  const latest = across && isTime(across) && across.categories.length > latestShown;
  const down = isTime(plan.rows) ? plan.rows.categories.slice(-latestShown * 2) : plan.rows.categories;
  const columns = across ? (latest ? across.categories.slice(-latestShown) : across.categories) : [];
  const withTotals = (categories: readonly string[], has: boolean) => (has ? [...categories, total] : categories);
  const columnCategories = across
    ? withTotals(columns, !isTime(across) && find({ ...plan.fixed, [across.name]: total }) !== undefined)
    : [total];
  const at = (row: string, column: string) => ({
    ...plan.fixed,
    [plan.rows.name]: row,
    ...(across ? { [across.name]: column } : {}),
  });
  const rowCategories = withTotals(down, find(at(total, columnCategories.at(-1) ?? total)) !== undefined);
  const cutMonths = plan.rows.vocabulary === 'months' && metadata.release.window === 'weeks';
  const notes = [
    latest ? phrases.latest(columns.length, speech) : undefined,
    cutMonths ? phrases.wholeWeeks : undefined,
    foiaNote(table, speech, phrases),
  ].filter((note) => note !== undefined);
  return {
    query: table.query,
    title: speech.aside(metadata.title[speech.language]),
    period: metadata.release.window === 'all' ? '' : phrases.period(speech.span(table.window.from, table.window.to)),
    note: notes.length > 0 ? notes.join(' ') : undefined,
    corner: speech.aside(plan.rows.label[speech.language]),
    columns: across
      ? columnCategories.map((category) => named(category, across, telling))
      : [speech.aside(metadata.measure.label[speech.language])],
    rows: rowCategories.map((row) => ({
      label: named(row, plan.rows, telling),
      total: row === total,
      cells: columnCategories.map((column) => tableCell(find(at(row, column)), telling)),
    })),
  };
}
