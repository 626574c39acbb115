/**
 * What coverage tells of counts: each department that reported in a week saw at least one incident, so the week's incidents are at least as many as those departments
 * (docs/METHODS.md §3.2). Only the coverage published together with a week's counts says so; a department that reports later adds to what waits, not to what stands.
 */
import type { CalendarDate } from '../../domain/instant.ts';
import { type Week, weekNamed } from '../../domain/week.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import type { ReleasedTable } from '../released-table.ts';
import { predicateKey, type System } from '../system/system.ts';

/** A department that reported, in a week whose counts were settled by the same release. */
export type Reported = { readonly week: Week; readonly department: string };

type Dimensions = ReleasedTable['dimensions'];

const isCoverage = ({ cells }: ReleasedTable): boolean => cells.some(({ value }) => value.kind === 'status');
const weekNamedBy = (category: string): Week | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(category) ? weekNamed(category as CalendarDate) : undefined;
const timeIn = (dimensions: Dimensions) =>
  dimensions.find(({ categories }) => categories.length > 0 && categories.every((one) => weekNamedBy(one)));

/** Those of one release; `counted` holds the weeks that earlier releases counted, and is completed. */
function reportedIn(coverage: readonly ReleasedTable[], counts: readonly Dimensions[], counted: Set<Week>): Reported[] {
  const weeks = counts.flatMap(
    (dimensions) => timeIn(dimensions)?.categories.flatMap((one) => weekNamedBy(one) ?? []) ?? [],
  );
  const added = new Set(weeks.filter((week) => !counted.has(week)));
  for (const week of added) counted.add(week);
  return coverage.flatMap(({ dimensions, cells }) => {
    const time = timeIn(dimensions)?.name ?? '';
    const name = dimensions.find((one) => one.name !== time)?.name ?? '';
    return cells.flatMap(({ at, value }) => {
      const week = weekNamedBy(at[time] ?? '');
      const department = at[name];
      const tells = value.kind === 'status' && value.status === 'reported';
      return tells && week && added.has(week) && department !== undefined ? { week, department } : [];
    });
  });
}

/** Those of every release, and of what is now to be released: its coverage, and the dimensions of its tables of counts. */
export function reportedWith(
  ledger: readonly LedgerEntry[],
  coverage: readonly ReleasedTable[] = [],
  counts: readonly Dimensions[] = [],
): Reported[] {
  const counted = new Set<Week>();
  const before = ledger.flatMap(({ content: { tables } }) => {
    const others = tables.filter((table) => !isCoverage(table)).map(({ dimensions }) => dimensions);
    return reportedIn(tables.filter(isCoverage), others, counted);
  });
  return [...before, ...reportedIn(coverage, counts, counted)];
}

/** Raises the bounds of the week's total and of the department's count where they stand in the system; a bound that the settled count does not keep is left out. */
export function boundByCoverage(system: System, reported: readonly Reported[]): void {
  const raise = (week: Week, where: Readonly<Record<string, string>>, least: number) => {
    const key = predicateKey({ universe: 'incidents', batch: '', span: { from: week, to: week }, where });
    const variable = system.byKey.get(key);
    if (variable && (variable.truth === undefined || variable.truth >= least))
      variable.least = Math.max(variable.least, least);
  };
  const departments = new Map<Week, Set<string>>();
  for (const { week, department } of reported) {
    raise(week, { department }, 1);
    (departments.get(week) ?? departments.set(week, new Set()).get(week))?.add(department);
  }
  for (const [week, of] of departments) raise(week, {}, of.size);
}
