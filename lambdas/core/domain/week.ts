import { addDays, type CalendarDate, dateIn, dateOf, type Instant } from './instant.ts';
import { writtenTime } from './written-time.ts';

declare const week: unique symbol;

/** A week from Monday to Sunday in the city's zone, named by its Monday. */
export type Week = CalendarDate & { readonly [week]: true };

/** A month made of whole weeks: each week belongs to the month that holds its Thursday (ISO 8601), so no week is ever cut. `YYYY-MM`. */
export type WeekMonth = string;

export function weekOf(date: CalendarDate): Week {
  // 1970-01-01 was a Thursday.
  const day = writtenTime(date) / 86_400_000;
  return dateOf(day - ((((day + 3) % 7) + 7) % 7)) as Week;
}

/** The week named by a Monday; undefined for any other day. */
export const weekNamed = (date: CalendarDate): Week | undefined => (weekOf(date) === date ? (date as Week) : undefined);

export const weekIn = (at: Instant, timeZone: string): Week => weekOf(dateIn(at, timeZone));

export const weekPlus = (start: Week, weeks: number): Week => addDays(start, weeks * 7) as Week;

/** Every week from the first to the last, both included. */
export function weeksFrom(first: Week, last: Week): Week[] {
  const weeks: Week[] = [];
  for (let at = first; at <= last; at = weekPlus(at, 1)) weeks.push(at);
  return weeks;
}

export const monthOfWeek = (start: Week): WeekMonth => addDays(start, 3).slice(0, 7);

/** The latest week that ended at least `lagDays` days before the given moment (its Sunday is over for that long). */
export function latestReleasableWeek(now: Instant, timeZone: string, lagDays: number): Week {
  return weekOf(addDays(dateIn(now, timeZone), -lagDays - 7));
}
