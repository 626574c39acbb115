/**
 * From an engine's answer to the full grid of a question: every category of every dimension, totals included, zeros where no row came (docs/METHODS.md §3.1).
 */
import type { City } from '../../domain/city.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Window } from '../../domain/period.ts';
import { monthOfWeek, type Week, weekNamed, weeksFrom } from '../../domain/week.ts';
import type { Answer, Question } from '../../lake/question.ts';
import type { TableFrame } from '../ledger-entry.ts';
import { type CountedPart, type FoiaFile, total } from '../released-table.ts';
import { type Predicate, predicateKey, type Span } from '../system/system.ts';

/** A question as the engine answered it: true counts, not yet fit for anyone's eyes. */
export type RawTable = {
  readonly query: Question;
  readonly parameters: Readonly<Record<string, string>>;
  readonly window: Window;
  readonly answer: Answer;
  /** Not asked again, and without rows: an earlier release showed this window, and its table stands. */
  readonly stands?: true;
  /** Where the answer was put together from weeks counted at different times. */
  readonly counted?: readonly CountedPart[];
  /** Of a question over FOIA records: the agency files it read. */
  readonly foiaFiles?: readonly FoiaFile[];
};

export type Dimension = { readonly name: string; readonly categories: readonly string[] };

/** One cell of a full grid with its true count; `at` holds a category or `*` for each dimension. */
type GridCell = {
  readonly at: Readonly<Record<string, string>>;
  readonly predicate: Predicate;
  readonly key: string;
};

/** A total and what it is the sum of along one dimension, by the cells' keys. */
type Line = { readonly whole: string; readonly parts: readonly string[]; readonly along: string };

export type Grid = {
  readonly dimensions: readonly Dimension[];
  readonly cells: readonly GridCell[];
  readonly lines: readonly Line[];
};

/** The category of rows whose value is NULL. */
export const unknownCategory = 'unknown';

const categoryOfValue = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? unknownCategory : String(value);

/** The dimensions of an answer: closed lists in their own order, then whatever else came, sorted. */
export function dimensionsOf({ query, window, answer }: RawTable, city: City): Dimension[] {
  return query.metadata.dimensions.map(({ name, vocabulary }) => {
    const weeks = weeksFrom(window.from, window.to);
    const listed =
      vocabulary === 'weeks'
        ? weeks
        : vocabulary === 'months'
          ? [...new Set(weeks.map(monthOfWeek))]
          : vocabulary === 'districts'
            ? city.districts.map(({ id }) => id)
            : vocabulary === 'departments'
              ? city.departments.map(({ id }) => id)
              : vocabulary === 'open' || vocabulary === 'h3'
                ? []
                : vocabulary;
    const column = columnOf(answer, name);
    const seen = new Set(answer.rows.map((row) => categoryOfValue(row[column])));
    for (const category of listed) seen.delete(category);
    invariant(vocabulary !== 'weeks' || seen.size === 0, 'an answer by week stays inside its window');
    invariant(!seen.has(total), 'a question answers categories, its totals are made here');
    return { name, categories: [...listed, ...[...seen].sort()] };
  });
}

export function columnOf(answer: Answer, name: string): number {
  const column = answer.columns.findIndex((candidate) => candidate.name === name);
  invariant(column >= 0, 'a question answers the columns that its metadata names');
  return column;
}

/** The same answer with each district counted where `categoryOf` says. */
export function inDistricts(raw: RawTable, categoryOf: (district: string) => string): RawTable {
  const named = raw.query.metadata.dimensions.find(({ vocabulary }) => vocabulary === 'districts');
  if (!named) return raw;
  const column = columnOf(raw.answer, named.name);
  const rows = raw.answer.rows.map((row) =>
    row.map((value, at) => (at === column ? categoryOf(categoryOfValue(value)) : value)),
  );
  return { ...raw, answer: { ...raw.answer, rows } };
}

/** Counts by category, in the order of the dimensions; rows of the same cell are added up. */
export function countsOf({ query, answer }: RawTable): { readonly at: readonly string[]; readonly count: number }[] {
  const columns = query.metadata.dimensions.map(({ name }) => columnOf(answer, name));
  const measure = columnOf(answer, query.metadata.measure.name);
  return answer.rows.map((row) => {
    const count = Number(row[measure] ?? 0);
    invariant(Number.isSafeInteger(count) && count >= 0, 'a measure is a count');
    return { at: columns.map((column) => categoryOfValue(row[column])), count };
  });
}

/** What a table's cells count besides their categories: `time` names the dimension whose categories are weeks or months of weeks, `names` the common name of each other dimension. */
export type GridFrame = TableFrame & { readonly span: Span };

/** The common name of a dimension, so that the same places and offices are the same predicate whatever a question calls them. */
const commonNames: Readonly<Record<string, string>> = {
  districts: 'district',
  departments: 'department',
  h3: 'region',
};

/** How a question's table enters the system; `batch` is empty unless it was counted on another basis than what stands. */
export function frameOf({ metadata }: Question, batch: string): TableFrame {
  const time =
    metadata.release.universe === 'foia'
      ? undefined
      : metadata.dimensions.find(({ vocabulary }) => vocabulary === 'weeks' || vocabulary === 'months');
  const names = metadata.dimensions.map(
    ({ name, vocabulary }) =>
      [name, (typeof vocabulary === 'string' ? commonNames[vocabulary] : undefined) ?? name] as const,
  );
  const { universe } = metadata.release;
  return {
    universe,
    batch,
    names: Object.fromEntries(names),
    ...(time ? { time: time.name } : {}),
    ...(universe === 'foia' ? { windowless: true } : {}),
  };
}

/** The span of a category of time: its week, or the weeks of the window that belong to its month; undefined for other names. */
function spanOfCategory(category: string, window: Window): Span | undefined {
  const week = /^\d{4}-\d\d-\d\d$/.test(category) ? weekNamed(category as Week) : undefined;
  if (week) return { from: week, to: week };
  const weeks = weeksFrom(window.from, window.to).filter((week) => monthOfWeek(week) === category);
  const [from, to] = [weeks[0], weeks.at(-1)];
  return from && to ? { from, to } : undefined;
}

/** Every cell and every line of a grid over these dimensions. Dimensions are independent: each is summed to `*` in each combination of the others. */
export function gridOver(dimensions: readonly Dimension[], frame: GridFrame): Grid {
  const cells: GridCell[] = [];
  const spans = new Map<string, Span | undefined>();
  const timed = dimensions.find(({ name }) => name === frame.time);
  if (timed && frame.span !== 'always')
    for (const category of timed.categories) spans.set(category, spanOfCategory(category, frame.span));
  const place = (at: Readonly<Record<string, string>>): GridCell => {
    const where: Record<string, string> = {};
    let { span } = frame;
    for (const [name, category] of Object.entries(at)) {
      if (category === total) continue;
      const within = name === frame.time ? spans.get(category) : undefined;
      if (within) span = within;
      else where[frame.names[name] ?? name] = category;
    }
    const predicate = { universe: frame.universe, batch: frame.batch, span, where };
    return { at, predicate, key: predicateKey(predicate) };
  };
  const walk = (depth: number, at: Record<string, string>) => {
    const dimension = dimensions[depth];
    if (!dimension) {
      cells.push(place(at));
      return;
    }
    for (const category of [...dimension.categories, total]) walk(depth + 1, { ...at, [dimension.name]: category });
  };
  walk(0, {});
  // Cells stand in the order of the walk, so that the parts of a total are a fixed step apart.
  const lines: Line[] = [];
  const keyAt = (place: number): string => cells[place]?.key ?? '';
  let step = cells.length;
  for (const { name, categories } of dimensions) {
    step /= categories.length + 1;
    for (const [place, cell] of cells.entries()) {
      if (cell.at[name] !== total) continue;
      const first = place - step * categories.length;
      lines.push({ whole: cell.key, parts: categories.map((_, nth) => keyAt(first + nth * step)), along: name });
    }
  }
  return { dimensions, cells, lines };
}
