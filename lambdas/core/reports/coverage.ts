/**
 * Which departments reported, said that there was nothing, or were silent, by name (docs/METHODS.md §5). Zero and silence are never told alike.
 */
import type { Released } from '../disclosure/release.ts';
import type { Question } from '../lake/question.ts';
import { named, type Telling } from './briefing-table.ts';
import { axes, isTime, lookup } from './grid.ts';
import type { Derived } from './weekly-series.ts';

type Status = 'reported' | 'zero' | 'silent';
const order: readonly Status[] = ['reported', 'zero', 'silent'];

export type Coverage = {
  readonly lead: string;
  readonly period: string;
  readonly groups: readonly {
    readonly status: Status;
    readonly title: string;
    readonly size: string;
    readonly names: readonly string[];
  }[];
  readonly derived: readonly Derived[];
};

/** The coverage of the latest week of the release; undefined when the release holds no coverage table. */
export function coverageOf(
  released: Released,
  questions: ReadonlyMap<string, Question>,
  telling: Telling,
): Coverage | undefined {
  const { speech, phrases } = telling;
  const table = released.tables.find(({ query }) => questions.get(query)?.metadata.release.kind === 'coverage');
  const metadata = table && questions.get(table.query)?.metadata;
  if (!table || !metadata) return undefined;
  const all = axes(table, metadata);
  const departments = all.find((axis) => axis.vocabulary === 'departments');
  if (!departments) return undefined;
  const time = all.find(isTime);
  const latest = time?.categories.includes(released.week) ? released.week : time?.categories.at(-1);
  const find = lookup(table);
  const groups = order.map((status) => ({
    status,
    names: departments.categories
      .filter((department) => {
        const value = find({
          [departments.name]: department,
          ...(time && latest ? { [time.name]: latest } : {}),
        });
        return value?.kind === 'status' && value.status === status;
      })
      .map((department) => named(department, departments, telling))
      .sort((a, b) => a.localeCompare(b, speech.language)),
  }));
  const [reported = 0, zero = 0, silent = 0] = groups.map(({ names }) => names.length);
  return {
    lead: phrases.coverageLead(reported, zero, silent, speech),
    period: time?.vocabulary === 'weeks' ? speech.week(released.week) : speech.span(table.window.from, table.window.to),
    groups: groups.map(({ status, names }) => ({
      status,
      title: phrases.statuses[status],
      size: speech.count(names.length),
      names,
    })),
    derived: [reported, zero, silent].map((value) => ({ value, from: 'departments of one status' })),
  };
}
