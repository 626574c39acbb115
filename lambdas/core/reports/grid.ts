/**
 * Reads a released table as rows and columns. Nothing is added up here: a total is shown when it was released as a cell, and only then.
 */
import { type ReleasedTable, type ReleasedValue, total } from '../disclosure/released-table.ts';
import type { QuestionMetadata } from '../lake/question.ts';

export type Lookup = (at: Readonly<Record<string, string>>) => ReleasedValue | undefined;

const keyOf = (dimensions: readonly string[], at: Readonly<Record<string, string>>): string =>
  JSON.stringify(dimensions.map((name) => at[name] ?? total));

/** Finds a cell by its categories; a dimension left out means its total. */
export function lookup(table: ReleasedTable): Lookup {
  const names = table.dimensions.map(({ name }) => name);
  const cells = new Map(table.cells.map((cell) => [keyOf(names, cell.at), cell.value]));
  return (at) => cells.get(keyOf(names, at));
}

export type Axis = {
  readonly name: string;
  readonly categories: readonly string[];
  readonly vocabulary: QuestionMetadata['dimensions'][number]['vocabulary'];
  readonly label: QuestionMetadata['dimensions'][number]['label'];
};

/** The dimensions of a table with what the question says of them; the total is not one of the categories. */
export function axes(table: ReleasedTable, metadata: QuestionMetadata): readonly Axis[] {
  return table.dimensions.map(({ name, categories }) => {
    const known = metadata.dimensions.find((dimension) => dimension.name === name);
    return {
      name,
      categories: categories.filter((category) => category !== total),
      vocabulary: known?.vocabulary ?? 'open',
      label: known?.label ?? { en: name, es: name },
    };
  });
}

export const isMonth = (category: string): boolean => /^\d{4}-\d\d$/.test(category);

/** Weeks and months, also the months of an open list. */
export const isTime = (axis: Axis): boolean =>
  axis.vocabulary === 'weeks' ||
  axis.vocabulary === 'months' ||
  (axis.vocabulary === 'open' && axis.categories.some(isMonth));

/** Counts of what a table shows and withholds, as anyone can count them in the published file. */
export function shownAndWithheld(table: ReleasedTable): { readonly shown: number; readonly withheld: number } {
  const withheld = table.cells.filter((cell) => cell.value.kind === 'withheld').length;
  return { shown: table.cells.length - withheld, withheld };
}

export type Layout = {
  readonly rows: Axis;
  readonly columns: Axis | undefined;
  readonly fixed: Record<string, string>;
};

/** Which dimension reads down and which across; time reads across, the rest is held at its latest time or its total. */
export function layout(all: readonly Axis[]): Layout | undefined {
  const time = all.find(isTime);
  const others = all.filter((axis) => axis !== time);
  const fixed: Record<string, string> = {};
  for (const axis of others.slice(2)) fixed[axis.name] = total;
  const [first, second] = others;
  if (!first) return time ? { rows: time, columns: undefined, fixed } : undefined;
  if (!second) return { rows: first, columns: time, fixed };
  if (time) fixed[time.name] = time.categories.at(-1) ?? total;
  // The longer list reads down, so that the table stays narrow.
  return first.categories.length >= second.categories.length
    ? { rows: first, columns: second, fixed }
    : { rows: second, columns: first, fixed };
}
