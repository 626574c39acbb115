/** What a cell says about when: never more than it says. Workbooks carry no zone; a day is the day the agency wrote. */
import type { CalendarDate } from '../domain/instant.ts';
import { calendarDateOf } from '../domain/instant.ts';
import { type Cell, CellError, SerialDate } from './cell.ts';
import { type Redaction, redactionOf } from './redaction.ts';

export type When =
  | {
      readonly kind: 'day';
      readonly date: CalendarDate;
      /** Minute of the day, 0 to 1439; null when only the day is stated. */
      readonly minute: number | null;
      /** `UTC` or an offset such as `-08:00`, when the text itself says it. */
      readonly zone: string | null;
    }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'redacted'; readonly redaction: Redaction }
  | { readonly kind: 'unreadable' };

const empty: When = { kind: 'empty' };
const unreadable: When = { kind: 'unreadable' };
const nothing = /^(?:n\/?a|null|none|unknown|not +applicable|not listed|[-–—.]+)?$/i;

/** Whether a text is one of the words agencies write for "no value". */
export const saysNothing = (text: string): boolean => nothing.test(text.trim());

const dayMs = 86_400_000;
const serialFrom = Math.floor(Date.UTC(1900, 0, 1) / dayMs);
const lastSerial = 2_958_465;

/** The day of a serial number. The 1900 system counts a 29 February 1900 that never was; its day 0 and the epoch of 1904 are how an empty date leaks. */
export function dayOfSerial(serial: number, from1904: boolean): When {
  if (!Number.isFinite(serial) || serial < 0 || serial > lastSerial) return unreadable;
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  if (days < 2) return empty;
  if (!from1904 && days === 60) return unreadable;
  const shift = from1904 ? 1460 : days > 60 ? -2 : -1;
  const date = new Date((serialFrom + days + shift) * dayMs).toISOString().slice(0, 10);
  const rest = seconds % 86_400;
  return { kind: 'day', date: date as CalendarDate, minute: rest === 0 ? null : Math.floor(rest / 60), zone: null };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
/** A minute of the day as `HH:mm`. */
export const timeOf = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The month of a name or its first three letters, 1 to 12; undefined for anything else. */
export function monthNamed(text: string): number | undefined {
  const name = text.trim().toLowerCase();
  const at = months.indexOf(name.slice(0, 3));
  const full = 'january february march april may june july august september october november december'.split(' ')[at];
  return full && (name === full || name.replace('.', '').length <= 4) ? at + 1 : undefined;
}

const clock = String.raw`(?:[ T]+(\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?)\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?`;
const american = new RegExp(String.raw`^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)${clock}$`, 'i');
const iso = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})${clock}$`, 'i');
const dayFirst = new RegExp(String.raw`^(\d{1,2})[- ]([a-z]{3,9})[- ,]+(\d{4}|\d\d)${clock}$`, 'i');
const monthFirst = new RegExp(String.raw`^([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})${clock}$`, 'i');
const monthOnly = /^([a-z]{3,9})[ -]+(\d{4})$/i;

/**
 * Reads a date as US agencies write it. A date without a year is no date; two digits of a year up to 68 are 20xx (POSIX). `firstIsDay` is for files reviewed to write
 * day before month. 1899 and the first days of 1900 are how spreadsheets print an empty date.
 */
export function whenInText(text: string, firstIsDay = false): When {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (nothing.test(plain)) return empty;
  const redaction = redactionOf(plain);
  if (redaction) return { kind: 'redacted', redaction };
  let found = iso.exec(plain);
  if (found) return dayOf(found[1], Number(found[2]), found[3], found);
  found = american.exec(plain);
  if (found)
    return firstIsDay
      ? dayOf(found[3], Number(found[2]), found[1], found)
      : dayOf(found[3], Number(found[1]), found[2], found);
  found = dayFirst.exec(plain);
  if (found) return dayOf(found[3], monthNamed(found[2] ?? ''), found[1], found);
  found = monthFirst.exec(plain);
  if (found) return dayOf(found[3], monthNamed(found[1] ?? ''), found[2], found);
  found = monthOnly.exec(plain);
  const month = found ? monthNamed(found[1] ?? '') : undefined;
  if (found && month) return { kind: 'month', month: `${found[2]}-${String(month).padStart(2, '0')}` };
  return unreadable;
}

function dayOf(year = '', month: number | undefined, day = '', found: RegExpExecArray): When {
  if (month === undefined) return unreadable;
  const full = year.length === 2 ? (Number(year) <= 68 ? 2000 : 1900) + Number(year) : Number(year);
  if (full === 1899 || (full === 1900 && month === 1 && Number(day) <= 1)) return empty;
  const date = calendarDateOf(`${full}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
  const minute = found[4] === undefined ? null : minuteOf(found[4]);
  if (!date || minute === undefined) return unreadable;
  return { kind: 'day', date, minute, zone: minute === null ? null : zoneOf(found[5]) };
}

/** The minute of a time of day; null for midnight sharp, which is how spreadsheets print a day; undefined when there is no such time. */
function minuteOf(text: string): number | null | undefined {
  const [, hours = '', minutes = '', seconds = '0', half = ''] =
    /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*([ap])?/i.exec(text) ?? [];
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) >= 61 || (half !== '' && Number(hours) > 12))
    return undefined;
  const minute = hour * 60 + Number(minutes);
  return minute === 0 && Number(seconds) === 0 ? null : minute;
}

const zoneOf = (text: string | undefined): string | null =>
  text === undefined ? null : /^[a-z]/i.test(text) ? 'UTC' : `${text.slice(0, 3)}:${text.slice(-2)}`;

/** Reads a cell of a date column. A number without a date style is taken as a serial only when it falls between 1954 and 2119. */
export function whenIn(cell: Cell): When {
  if (cell === undefined) return empty;
  if (typeof cell === 'string') return whenInText(cell);
  if (cell instanceof SerialDate) return dayOfSerial(cell.serial, cell.from1904);
  if (cell instanceof CellError || typeof cell === 'boolean') return unreadable;
  return cell === 0 ? empty : cell >= 20_000 && cell < 80_000 ? dayOfSerial(cell, false) : unreadable;
}
