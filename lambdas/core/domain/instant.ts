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
  const ms = typeof time === 'number' && isReckoned(time) ? time : new Date(time).getTime();
  return Number.isNaN(ms) ? undefined : textOf(ms);
}

/** Makes a CalendarDate of `YYYY-MM-DD`; undefined when there is no such day. */
export function calendarDateOf(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as CalendarDate) : undefined;
}

export const epochMs = (at: Instant): number => Date.parse(at);

const day = 86_400_000;
/** The days that are reckoned rather than asked of Intl: whose years have four digits and whose zones are well known. */
const lastReckoned = Date.UTC(2100, 0, 1) / day;
const dates: CalendarDate[] = [];

/** The date of a day counted from 1970-01-01. */
export function dateOf(number: number): CalendarDate {
  const known = dates[number];
  if (known !== undefined) return known;
  const date = new Date(number * day).toISOString().slice(0, 10) as CalendarDate;
  if (number >= 0 && number < lastReckoned) dates[number] = date;
  return date;
}

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const threeDigits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

const isReckoned = (ms: number): boolean => Number.isInteger(ms) && ms >= 0 && ms < lastReckoned * day;

/** The text of epoch milliseconds, as Date writes it; of the days that are reckoned only the time of day is put together. */
function textOf(ms: number): Instant {
  if (!isReckoned(ms)) return new Date(ms).toISOString() as Instant;
  const number = Math.floor(ms / day);
  const within = ms - number * day;
  const seconds = Math.floor(within / 1000);
  const hour = twoDigits[Math.floor(seconds / 3600)];
  const minute = twoDigits[Math.floor(seconds / 60) % 60];
  return `${dateOf(number)}T${hour}:${minute}:${twoDigits[seconds % 60]}.${threeDigits[within % 1000]}Z` as Instant;
}

type Zone = {
  readonly format: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  /** By UTC day: how far the zone's clock is ahead of UTC as the day begins, in milliseconds. */
  readonly offsets: (number | undefined)[];
};
const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const date = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const zone: Zone = {
    format: new Intl.DateTimeFormat('en-CA', date),
    clock: new Intl.DateTimeFormat('en-CA', { ...date, ...time }),
    offsets: [],
  };
  zones.set(timeZone, zone);
  return zone;
}

function offsetAt(zone: Zone, utcDay: number): number {
  const known = zone.offsets[utcDay];
  if (known !== undefined) return known;
  const shown = zone.clock.format(utcDay * day).replace(', ', 'T');
  const offset = Date.parse(`${shown}.000Z`) - utcDay * day;
  zone.offsets[utcDay] = offset;
  return offset;
}

/**
 * The calendar day that a moment (or epoch milliseconds) falls on in a zone (an IANA name such as `America/Los_Angeles`).
 * Intl is asked once for each UTC day; only on a day that begins and ends with another offset, before 1970 and from 2100 on is it asked for each moment.
 */
export function dateIn(at: Instant | number, timeZone: string): CalendarDate {
  const zone = zoneOf(timeZone);
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const utcDay = Math.floor(ms / day);
  if (utcDay > 0 && utcDay < lastReckoned - 1) {
    const offset = offsetAt(zone, utcDay);
    if (offset === offsetAt(zone, utcDay + 1)) return dateOf(Math.floor((ms + offset) / day));
  }
  return zone.format.format(ms) as CalendarDate;
}

export const addDays = (date: CalendarDate, days: number): CalendarDate => dateOf(Date.parse(date) / day + days);

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => (Date.parse(to) - Date.parse(from)) / day;
