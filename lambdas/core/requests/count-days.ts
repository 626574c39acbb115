/** The arithmetic of a deadline, day by day, as it is shown (docs/METHODS.md §8). The day of the event itself is day 0. */
import { addDays, type CalendarDate } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import { type DayCalendar, dayKind, type Weekday, weekdayOf } from './day-calendar.ts';

export const units = ['working', 'calendar', 'years'] as const;
type Unit = (typeof units)[number];

/** A stretch in which the clock stands still, both ends included; without `to` it still does. */
export type Pause = { readonly from: CalendarDate; readonly to?: CalendarDate; readonly why: string };

/** One day of the count. `number` is there when the day counts. */
export type CountedDay = {
  readonly date: CalendarDate;
  readonly weekday: Weekday;
  readonly number?: number;
  readonly why: 'start' | 'counts' | 'weekend' | 'holiday' | 'closed' | 'paused' | 'moved' | 'year';
  readonly remark?: string;
};

export type CountOf = {
  readonly from: CalendarDate;
  readonly days: number;
  readonly unit: Unit;
  readonly calendar: DayCalendar;
  /** The agency and the groups it belongs to. */
  readonly agency: readonly string[];
  readonly pauses?: readonly Pause[];
  /** Days on which offices were closed without a legal holiday are left out too. */
  readonly leaveOutClosings?: boolean;
  /** A last day that is no working day moves to the next one. */
  readonly roll?: boolean;
};
/** `due` is absent while a pause is open; then `counted` days had gone when it began. */
export type Count = { readonly due?: CalendarDate; readonly counted: number; readonly days: readonly CountedDay[] };

/** No deadline of this house is further away than this; a longer count is a mistake of the data. */
const daysMax = 1000;

/** Counts the days of a deadline and keeps every step. */
export function countDays(asked: CountOf): Count {
  const { from, days: wanted, unit, pauses = [] } = asked;
  const days: CountedDay[] = [{ date: from, weekday: weekdayOf(from), why: 'start' }];
  if (unit === 'years') return countYears(asked, days);
  let date = from;
  let number = 0;
  while (number < wanted) {
    invariant(days.length <= daysMax, 'a deadline ends within a thousand days');
    date = addDays(date, 1);
    const pause = pauses.find((one) => one.from <= date && (one.to === undefined || date <= one.to));
    if (pause && pause.to === undefined) return { counted: number, days };
    const weekday = weekdayOf(date);
    if (pause) {
      days.push({ date, weekday, why: 'paused', remark: pause.why });
      continue;
    }
    const left = whyLeftOut(asked, date);
    const remark = left.remark === undefined ? {} : { remark: left.remark };
    if (left.why !== 'counts') days.push({ date, weekday, why: left.why, ...remark });
    else days.push({ date, weekday, why: 'counts', number: ++number, ...remark });
  }
  return { due: rolled(asked, date, days), counted: number, days };
}

function whyLeftOut(
  { unit, calendar, agency, leaveOutClosings }: CountOf,
  date: CalendarDate,
): { readonly why: 'counts' | 'weekend' | 'holiday' | 'closed'; readonly remark?: string } {
  const { kind, remark } = dayKind(calendar, date, agency);
  const said = remark === undefined ? {} : { remark };
  if (unit === 'calendar') return { why: 'counts', ...said };
  if (kind === 'closed' && !leaveOutClosings)
    return { why: 'counts', remark: `${remark}: not a legal holiday, so it counts` };
  return { why: kind, ...said };
}

/** The last day, or the next working day after it, with a line for each day it moves over. */
function rolled(asked: CountOf, last: CalendarDate, days: CountedDay[]): CalendarDate {
  if (!asked.roll) return last;
  let date = last;
  for (;;) {
    const { kind, remark } = dayKind(asked.calendar, date, asked.agency);
    if (kind === 'counts' || (kind === 'closed' && !asked.leaveOutClosings)) return date;
    const because = kind === 'weekend' ? 'the last day falls on a weekend' : `the last day falls on ${remark}`;
    date = addDays(date, 1);
    days.push({ date, weekday: weekdayOf(date), why: 'moved', remark: because });
  }
}

function countYears(asked: CountOf, days: CountedDay[]): Count {
  const year = Number(asked.from.slice(0, 4)) + asked.days;
  const leapDay = asked.from.endsWith('-02-29') && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  const date = (leapDay ? `${year}-03-01` : `${year}${asked.from.slice(4)}`) as CalendarDate;
  days.push({ date, weekday: weekdayOf(date), why: 'year', remark: `${asked.days} years later` });
  return { due: rolled(asked, date, days), counted: asked.days, days };
}

/** The day that lies so many working days before (negative) or after a day. */
export function workingDaysFrom(
  calendar: DayCalendar,
  agency: readonly string[],
  from: CalendarDate,
  days: number,
): CalendarDate {
  const step = Math.sign(days);
  let date = from;
  for (let left = Math.abs(days); left > 0; ) {
    date = addDays(date, step);
    if (dayKind(calendar, date, agency).kind === 'counts') left -= 1;
  }
  return date;
}
