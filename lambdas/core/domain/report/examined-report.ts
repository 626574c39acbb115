import type { Property } from '../city.ts';
import type { CityIndex } from '../city-index.ts';
import type { DepartmentId, PropertyId } from '../ids.ts';
import { addDays, type CalendarDate, dateIn, type Instant, instantOf } from '../instant.ts';
import { invariant } from '../invariant.ts';
import { type Week, weekOf } from '../week.ts';
import { writtenTime } from '../written-time.ts';
import type { ReportFields } from './schema.ts';

/** A report with its times read and its place looked up, so that no rule does it again. Times are epoch milliseconds. */
export type ExaminedReport = {
  readonly report: ReportFields;
  /** The department of the token. */
  readonly department: DepartmentId;
  readonly city: CityIndex;
  readonly property: Property | undefined;
  readonly now: number;
  readonly recorded: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly observedFrom: Instant | undefined;
  /** The day of the observation in the city's zone; for a zero report the stated day. */
  readonly observedDate: CalendarDate | undefined;
  /** The week the report belongs to; that of `recorded_at` when the report itself says none (supplement, withdraw). */
  readonly week: Week;
};

function read(time: string): number {
  const at = writtenTime(time);
  invariant(!Number.isNaN(at), 'a time that the schema let through can be read');
  return at;
}

/** The moment of a submission is that of each of its reports. */
let lastNow: Instant | undefined;
let lastNowMs = Number.NaN;

function momentOf(now: Instant): number {
  if (now !== lastNow) {
    lastNow = now;
    lastNowMs = Date.parse(now);
  }
  return lastNowMs;
}

export function examine(
  report: ReportFields,
  context: { readonly city: CityIndex; readonly department: DepartmentId; readonly now: Instant },
): ExaminedReport {
  const { city } = context;
  const recorded = read(report.recorded_at);
  const from = report.observed_from === undefined ? undefined : read(report.observed_from);
  const to = report.observed_to === undefined ? undefined : read(report.observed_to);
  const property = report.property_id === undefined ? undefined : city.property(report.property_id as PropertyId);
  const observedDate =
    report.week !== undefined
      ? (report.week as CalendarDate)
      : from === undefined
        ? undefined
        : dateIn(from, city.timeZone);
  return {
    report,
    department: context.department,
    city,
    now: momentOf(context.now),
    recorded,
    week: weekOf(observedDate ?? dateIn(recorded, city.timeZone)),
    property,
    observedFrom: from === undefined ? undefined : instantOf(from),
    from,
    to,
    observedDate,
  };
}

/** When the observation was over at the latest: a report of a day alone ends with the day. */
export function observationEnd(examined: ExaminedReport): number | undefined {
  if (examined.to !== undefined) return examined.to;
  if (examined.from === undefined) return undefined;
  return isDayOnly(examined) ? examined.from + 86_400_000 : examined.from;
}

export const isDayOnly = ({ report }: ExaminedReport): boolean =>
  report.time_precision === 'date_only' || report.time_precision === 'unknown';

/** Midnight (UTC milliseconds) after the Sunday of a week, as a calendar day in the city's zone. */
export const weekIsOver = (week: Week, at: number, timeZone: string): boolean =>
  dateIn(at, timeZone) >= addDays(week, 7);
