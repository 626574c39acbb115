/**
 * Holds what a page and its pictures show against the release, cell by cell (docs/METHODS.md §5; attacks A9, A15, A16): a number may not only be a released one, it must be
 * that of its place, and what is withheld must look withheld; rows and columns stand in the order of the categories and never of the counts.
 */
import type { Released } from '../disclosure/release.ts';
import { type ReleasedTable, type ReleasedValue, total } from '../disclosure/released-table.ts';
import type { Question } from '../lake/question.ts';
import type { Briefing } from './briefing-model.ts';
import { type BriefingTable, named, type Telling } from './briefing-table.ts';
import { type Axis, axes, layout, lookup } from './grid.ts';
import { type ReadCell, type ReadTable, shapesIn, tablesIn } from './read-back-markup.ts';

const locale = { en: 'en-US', es: 'es-US' } as const;

/** What a cell must show. */
function expected(value: ReleasedValue | undefined, { speech, phrases }: Telling): ReadCell {
  const count = (number: number) => number.toLocaleString(locale[speech.language]);
  if (value?.kind === 'count') return { kind: 'count', text: count(value.count) };
  if (value?.kind !== 'withheld') return { kind: 'none', text: phrases.notInTable };
  const { least, most } = value.interval ?? {};
  const range = least === undefined || most === undefined ? phrases.withheld : `${count(least)}–${count(most)}`;
  return { kind: 'withheld', text: range };
}

/** The categories that these labels name, in their order; undefined when a label names none, or the order is not that of the categories. */
function categoriesOf(labels: readonly string[], axis: Axis, telling: Telling): readonly string[] | undefined {
  const known = [...axis.categories, total].map((category) => named(category, axis, telling));
  const places = labels.map((label) => known.indexOf(label));
  if (places.some((place, at) => place < 0 || place <= (places[at - 1] ?? -1))) return undefined;
  return places.map((place) => [...axis.categories, total][place] ?? total);
}

/** Why a table of a page does not say exactly cells of the release. */
function countsFault(read: ReadTable, table: ReleasedTable, question: Question, telling: Telling): string | undefined {
  const all = axes(table, question.metadata);
  const plan = layout(all);
  if (!plan) return 'is a table of nothing';
  const { language } = telling.speech;
  const [corner, ...labels] = read.head;
  if (corner !== plan.rows.label[language]) return 'has another first column';
  const across = plan.columns;
  const columns = across
    ? categoriesOf(labels, across, telling)
    : labels.join() === question.metadata.measure.label[language]
      ? [total]
      : undefined;
  const rows = categoriesOf(
    read.rows.map(([label]) => label?.text ?? ''),
    plan.rows,
    telling,
  );
  if (!columns || !rows) return 'has rows or columns that the release does not have, or in another order';
  const find = lookup(table);
  for (const [at, [, ...cells]] of read.rows.entries()) {
    if (cells.length !== columns.length) return 'has a row of another length';
    for (const [nth, cell] of cells.entries()) {
      const where = { ...plan.fixed, [plan.rows.name]: rows[at] ?? total };
      const value = find(across ? { ...where, [across.name]: columns[nth] ?? total } : where);
      const { kind, text } = expected(value, telling);
      if (cell.kind !== kind || cell.text !== text) return 'shows another value than the released one';
    }
  }
  return undefined;
}

const saysThe = (read: ReadTable | undefined, { corner, columns, rows }: BriefingTable): boolean =>
  read !== undefined &&
  JSON.stringify([read.head, ...read.rows.map(([label, ...cells]) => [label?.text, ...cells])]) ===
    JSON.stringify([
      [corner, ...columns],
      ...rows.map(({ label, cells }) => [label, ...cells.map(({ kind, text }) => ({ kind, text }))]),
    ]);

/** Every table of the briefing, wherever it stands in it. */
function tablesOf(value: unknown): readonly BriefingTable[] {
  if (!value || typeof value !== 'object') return [];
  if ('corner' in value && 'columns' in value && 'rows' in value) return [value as BriefingTable];
  return Object.values(value).flatMap(tablesOf);
}

/** Why the tables of a page do not say the release, or undefined when they do. */
export function pageTablesFault(
  page: string,
  { telling, tables, protection, ...rest }: Briefing,
  released: Released,
  questions: ReadonlyMap<string, Question>,
): string | undefined {
  const read = [...tablesIn(page)];
  const told = read.pop();
  const lines = protection.map(({ title, shown, withheld }) => [title, shown, withheld].join('|'));
  if (told?.rows.map((row) => row.map(({ text }) => text).join('|')).join() !== lines.join())
    return 'tells otherwise what was withheld';
  const others = [...tablesOf(rest)];
  const counts = [...tables];
  for (const one of read) {
    const [next] = counts;
    if (next && saysThe(one, next)) {
      counts.shift();
      const [table, question] = [released.tables.find(({ query }) => query === next.query), questions.get(next.query)];
      const fault = table && question ? countsFault(one, table, question, telling) : 'is not of this release';
      if (fault) return `has a table of ${next.query} that ${fault}`;
      continue;
    }
    const other = others.findIndex((table) => saysThe(one, table));
    if (other < 0) return 'has a table that says something else than the briefing';
    others.splice(other, 1);
  }
  return counts.length + others.length > 0 ? 'lacks a table' : undefined;
}

/** Why a chart draws something else than the weeks: a bar as high as its count, and all withheld weeks alike. Answers undefined when it is true to them. */
export function chartFault(
  svg: string,
  weeks: readonly ReleasedValue[],
  count: (value: number) => string,
): string | undefined {
  const shapes = shapesIn(svg);
  const bars = shapes.filter(({ element }) => element === 'rect').slice(0, weeks.length);
  const number = (of: string | undefined) => Number(of ?? Number.NaN);
  const highest = weeks.reduce((most, value) => Math.max(most, value.kind === 'count' ? value.count : 0), 0);
  const tallest = Math.max(
    0,
    ...bars.flatMap(({ held }, at) => (weeks[at]?.kind === 'count' ? number(held['height']) : [])),
  );
  const ends = bars.map(({ held }) => number(held['y']) + number(held['height']));
  const floor = Math.max(...ends);
  const ceiling = Math.min(...bars.map(({ held }) => number(held['y'])));
  const hatched = new Set<string>();
  for (const [at, value] of weeks.entries()) {
    const { held = {} } = bars[at] ?? {};
    const middle = number(held['x']) + number(held['width']) / 2;
    const above = shapes.filter(
      ({ element, held }) =>
        element === 'text' && held['text-anchor'] === 'middle' && Math.abs(number(held['x']) - middle) < 0.2,
    );
    if (value.kind === 'count') {
      if (held['fill']?.startsWith('url')) return 'hides a week that is shown';
      if (!(Math.abs(number(held['height']) - (highest ? (tallest * value.count) / highest : 0)) < 0.2))
        return 'draws a bar of another height than its count';
      if (above.some(({ text }) => text !== count(value.count))) return 'writes another count over a bar';
    } else {
      hatched.add(`${held['y']} ${held['height']} ${held['fill']?.replace(/#[a-z-]+/, '')}`);
      if (!held['fill']?.startsWith('url') || above.length) return 'shows a week that is withheld';
      if (number(held['y']) > ceiling || Math.abs((ends[at] ?? 0) - floor) > 0.2)
        return 'draws a withheld week at a height of its own';
    }
  }
  return hatched.size > 1 ? 'draws withheld weeks apart from one another' : undefined;
}

/** Why a map shows something else than its regions: each shown count at most once for each region that has it, and hatching exactly where something is withheld. */
export function mapFault(
  svg: string,
  { cells, regions = [] }: ReleasedTable,
  count: (value: number) => string,
): string | undefined {
  const ids = new Set(regions.map(({ id }) => id));
  const values = cells.filter(({ at }) => ids.has(Object.values(at)[0] ?? '')).map(({ value }) => value);
  const left = values.flatMap((value) => (value.kind === 'count' ? [count(value.count)] : []));
  const shapes = shapesIn(svg);
  // Labels of regions are set in tenths of a size; the legend is not.
  for (const { element, held, text } of shapes) {
    if (element !== 'text' || !held['font-size']?.includes('.')) continue;
    const said = text.replace(/^[a-z]{1,2}( |$)/i, '');
    if (said === '') continue;
    const at = left.indexOf(said);
    if (at < 0) return 'writes a count that no region has, or one twice';
    left.splice(at, 1);
  }
  const hatched = shapes.some(({ element, held }) => element === 'path' && held['fill']?.startsWith('url('));
  const withheld = values.some(({ kind }) => kind !== 'count');
  // A region that no part of the city lies in is not drawn.
  return hatched && !withheld ? 'hides a region that is shown' : undefined;
}
