/** What is possible but unlikely (W6xx: blocks unless the report confirms it) and what the ledger works out itself (I7xx). */
import { type ExaminedReport, observationEnd, weekIsOver } from './examined-report.ts';
import { info, type Rule, warning } from './rule.ts';

const day = 24 * 3_600_000;

const atLeast = (range: { readonly min: number } | undefined): number => range?.min ?? 0;

/** Whether a report was written down more than 24 hours after the activity ended. */
export function isLate(examined: ExaminedReport): boolean {
  const end = observationEnd(examined);
  return end !== undefined && examined.from !== undefined && examined.recorded - end > day;
}

/** The one rule that needs the other rows of the submission. */
export const nearDuplicateRule = {
  code: 'W630',
  severity: 'warning',
  pointer: '/property_id',
  message: 'Another report of this submission is of the same property within two hours',
} as const;

export const plausibilityRules: readonly Rule[] = [
  warning(
    'W610',
    '/recorded_at',
    'The report was written down more than 24 hours after the activity ended',
    (examined) => isLate(examined),
  ),
  warning(
    'W620',
    '/agents_count',
    'The number of agents is unusually high',
    ({ report }) => (report.agents_count?.max ?? 0) > 100,
  ),
  warning(
    'W621',
    '/vehicles_count',
    'The number of vehicles is unusually high',
    ({ report }) => (report.vehicles_count?.max ?? 0) > 50,
  ),
  warning(
    'W622',
    '/persons_detained',
    'The number of persons detained is unusually high',
    ({ report }) => Math.max(report.persons_detained?.max ?? 0, atLeast(report.persons_detained)) > 50,
  ),
  warning(
    'W623',
    '/persons_arrested',
    'The number of persons arrested is unusually high',
    ({ report }) => Math.max(report.persons_arrested?.max ?? 0, atLeast(report.persons_arrested)) > 50,
  ),
  warning(
    'W624',
    '/closure_minutes',
    'The closure lasted more than a week',
    ({ report }) => (report.closure_minutes ?? 0) > 7 * 24 * 60,
  ),
  warning(
    'W640',
    '/time_precision',
    'The time is exactly midnight although it is said to be exact',
    ({ report }) =>
      report.time_precision === 'exact' && /T00:00(:00(\.0+)?)?([Zz]|[+-])/.test(report.observed_from ?? ''),
  ),
  warning(
    'W641',
    '/time_precision',
    'The time gives minutes although only the day or a part of it is said to be known',
    ({ report }) =>
      (report.time_precision === 'part_of_day' || report.time_precision === 'date_only') &&
      !/T\d\d:00(:00(\.0+)?)?([Zz]|[+-])/.test(report.observed_from ?? ''),
  ),
  warning(
    'W650',
    '/observed_to',
    'The activity lasted more than 24 hours',
    ({ from, to }) => from !== undefined && to !== undefined && to - from > day,
  ),
  warning(
    'W660',
    '/week',
    'The week is not over',
    ({ report, week, recorded, city }) => report.week !== undefined && !weekIsOver(week, recorded, city.timeZone),
  ),
  info(
    'I701',
    '/property_id',
    "The district is that of the property under the city's current boundaries",
    ({ property }) => property !== undefined && property.district !== '',
  ),
  info('I702', '/recorded_at', 'The report is marked as late', (examined) => isLate(examined)),
  info(
    'I703',
    '/unlisted_property',
    'No district is known for an unlisted property',
    ({ report }) => report.unlisted_property !== undefined,
  ),
];
