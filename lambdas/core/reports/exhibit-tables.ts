/** Lays a released table out for paper: every released cell once, withheld said as withheld. Nothing is added up here (docs/METHODS.md §6). */
import type { ReleasedTable, ReleasedValue } from '../disclosure/released-table.ts';
import { total } from '../disclosure/released-table.ts';
import type { City } from '../domain/city.ts';
import type { Question } from '../lake/question.ts';
import { categoryName } from './category-names.ts';
import { lookup } from './grid.ts';
import { rangeText } from './range-text.ts';

export type PaperTable = {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly size: number;
};

/** Columns that fit a page at a readable size; a wider table is set as a list. */
const columnsMax = 17;
/** From this many columns on, `withheld` is written `w`. */
const narrowFrom = 9;

const numbers = new Intl.NumberFormat('en-US');

function shown(value: ReleasedValue | undefined, narrow: boolean): string {
  if (!value) return '';
  if (value.kind === 'count') return numbers.format(value.count);
  if (value.kind === 'status') return value.status;
  const interval = value.interval && rangeText(value.interval, numbers.format);
  return interval ?? (narrow ? 'w' : 'withheld');
}

type Axis = {
  readonly name: string;
  readonly label: string;
  readonly categories: readonly string[];
  readonly named: (category: string) => string;
};

/** The released table as one or more paper tables: a matrix for two dimensions, a list for one or for what is too wide, one matrix per category for three. */
export function paperTables(table: ReleasedTable, question: Question, city: City): readonly PaperTable[] {
  const find = lookup(table);
  const axes: Axis[] = table.dimensions.map(({ name, categories }) => {
    const known = question.metadata.dimensions.find((dimension) => dimension.name === name);
    return {
      name,
      label: known?.label.en ?? name,
      categories: [...categories.filter((category) => category !== total), total],
      named: (category) => (category === total ? 'All' : categoryName(category, known?.vocabulary ?? 'open', city).en),
    };
  });
  const measure = question.metadata.measure.label.en;
  const [first, second, third] = axes;
  if (!first) return [];
  const list = (along: readonly Axis[], fixed: Readonly<Record<string, string>>): PaperTable => ({
    caption: '',
    head: [...along.map(({ label }) => label), measure],
    rows: every(along).flatMap((at) => {
      const value = find({ ...fixed, ...at });
      return value ? [[...along.map((axis) => axis.named(at[axis.name] ?? total)), shown(value, false)]] : [];
    }),
    size: 8.5,
  });
  if (!second) return [list([first], {})];
  if (third)
    return third.categories.flatMap((category) =>
      matrixOrList(first, second, { [third.name]: category }, `${third.label}: ${third.named(category)}`),
    );
  return matrixOrList(first, second, {}, '');

  function matrixOrList(
    a: Axis,
    b: Axis,
    fixed: Readonly<Record<string, string>>,
    caption: string,
  ): readonly PaperTable[] {
    const [down, across] = a.categories.length >= b.categories.length ? [a, b] : [b, a];
    if (across.categories.length + 1 > columnsMax) return [{ ...list([a, b], fixed), caption }];
    const columns = across.categories.filter((column) =>
      down.categories.some((row) => find({ ...fixed, [down.name]: row, [across.name]: column })),
    );
    const narrow = columns.length >= narrowFrom;
    return [
      {
        caption,
        head: [down.label, ...columns.map((column) => across.named(column))],
        rows: down.categories.flatMap((row) => {
          const values = columns.map((column) => find({ ...fixed, [down.name]: row, [across.name]: column }));
          return values.some(Boolean) ? [[down.named(row), ...values.map((value) => shown(value, narrow))]] : [];
        }),
        size: narrow ? 6.6 : 8.5,
      },
    ];
  }
}

/** Every combination of categories, in reading order. */
function every(along: readonly Axis[]): Record<string, string>[] {
  return along.reduce<Record<string, string>[]>(
    (all, axis) => all.flatMap((at) => axis.categories.map((category) => ({ ...at, [axis.name]: category }))),
    [{}],
  );
}
