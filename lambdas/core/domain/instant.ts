/**
 * Time as values. Nothing here reads a clock; every zone is named by the caller.
 */
declare const instant: unique symbol;
declare const calendarDate: unique symbol;

/** A moment in UTC, always `YYYY-MM-DDTHH:mm:ss.sssZ`, so that text order is time order. */
export type Instant = string & { readonly [instant]: true };

/** A day of the calendar, `YYYY-MM-DD`, in a zone that the context names. */
export type CalendarDate = string & { readonly [calendarDate]: true };

/** Makes an Instant of an RFC 3339 time with an offset (or of epoch milliseconds); undefined when it is not one. */
export function instantOf(time: string | number): Instant | undefined {
  if (typeof time === 'string' && !/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.test(time))
    return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : (date.toISOString() as Instant);
}

/** Makes a CalendarDate of `YYYY-MM-DD`; undefined when there is no such day. */
export function calendarDateOf(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as CalendarDate) : undefined;
}

export const epochMs = (at: Instant): number => Date.parse(at);

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day that a moment falls on in a zone (an IANA name such as `America/Los_Angeles`). */
export function dateIn(at: Instant, timeZone: string): CalendarDate {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(Date.parse(at)) as CalendarDate;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10) as CalendarDate;
}

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;
