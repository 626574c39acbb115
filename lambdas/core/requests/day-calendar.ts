/**
 * Which days count towards a deadline (docs/METHODS.md §8). Holidays are rules kept as data; single days and stretches of days override them, each with its source.
 */
import * as z from 'zod';
import { addDays, type CalendarDate, calendarDateOf } from '../domain/instant.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** off: a legal holiday. closed: offices shut without a legal holiday (executive order, storm). works: a holiday the agency does not keep. noted: counts, with a remark. */
const effects = ['off', 'closed', 'works', 'noted'] as const;

const word = z.string().trim().min(1).max(300);
const holiday = z
  .strictObject({
    name: word,
    month: z.int().min(1).max(12),
    /** The day of the month, or else the nth weekday of it; -1 is the last. */
    day: z.int().min(1).max(31).optional(),
    weekday: z.enum(weekdays).optional(),
    nth: z.int().min(-1).max(5).optional(),
    /** Days after the day that the rule finds, such as the day after Thanksgiving. */
    plus: z.int().min(0).max(6).default(0),
    since: z.int().optional(),
    before: z.int().optional(),
    everyYears: z.int().min(1).default(1),
    effect: z.enum(['off', 'noted']).default('off'),
    source: word.optional(),
  })
  .refine(
    ({ day, weekday, nth }) => (day !== undefined) !== (weekday !== undefined && nth !== undefined),
    'a holiday has a day, or a weekday and its number',
  );

export const calendarFile = z.strictObject({
  name: word,
  source: z.array(word).min(1),
  weekend: z.array(z.enum(weekdays)),
  /** Where a holiday with a fixed day goes when it falls on one of these. */
  observed: z.partialRecord(z.enum(weekdays), z.enum(['before', 'after'])),
  holidays: z.array(holiday),
});

const date = z.string().transform((text, context) => {
  const read = calendarDateOf(text);
  if (read) return read;
  context.addIssue('a date is YYYY-MM-DD and must exist');
  return z.NEVER;
});
/** One override: a day, or a stretch when `to` is given; for one agency or group, or for all when it names none. */
export const dayOverride = z.strictObject({
  from: date,
  to: z.union([z.literal('').transform(() => undefined), date]),
  effect: z.enum(effects),
  agencies: z.string().transform((text) => text.split(' ').filter(Boolean)),
  name: word,
  source: word,
  decided_on: z.union([z.literal('').transform(() => undefined), date]),
});

type Holiday = z.infer<typeof holiday>;
export type DayOverride = z.infer<typeof dayOverride>;
export type DayCalendar = z.infer<typeof calendarFile> & { readonly overrides: readonly DayOverride[] };

/** What a day is: it counts, or why it does not. `remark` names the holiday, closing or note. */
export type DayKind = {
  readonly kind: 'counts' | 'weekend' | 'holiday' | 'closed';
  readonly remark?: string;
};

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: CalendarDate): Weekday =>
  weekdays[(((Date.parse(day) / 86_400_000 + 3) % 7) + 7) % 7] ?? 'monday';

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const dateOf = (year: number, month: number, day: number): CalendarDate =>
  addDays(calendarDateOf(`${year}-${String(month).padStart(2, '0')}-01`) as CalendarDate, day - 1);

function nthWeekday(year: number, month: number, weekday: Weekday, nth: number): CalendarDate {
  const wanted = weekdays.indexOf(weekday);
  if (nth > 0) {
    const first = dateOf(year, month, 1);
    return addDays(first, ((wanted - weekdays.indexOf(weekdayOf(first)) + 7) % 7) + 7 * (nth - 1));
  }
  const days = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31;
  const last = dateOf(year, month, days);
  return addDays(last, -((weekdays.indexOf(weekdayOf(last)) - wanted + 7) % 7));
}

/** The day on which a holiday of a year is kept; undefined in a year that does not have it. */
function keptOn(calendar: DayCalendar, rule: Holiday, year: number): CalendarDate | undefined {
  const { since, before, everyYears } = rule;
  if ((since !== undefined && year < since) || (before !== undefined && year >= before)) return undefined;
  if ((year - (since ?? 0)) % everyYears !== 0) return undefined;
  if (rule.weekday !== undefined && rule.nth !== undefined)
    return addDays(nthWeekday(year, rule.month, rule.weekday, rule.nth), rule.plus);
  const day = addDays(dateOf(year, rule.month, rule.day ?? 1), rule.plus);
  const moved = rule.effect === 'off' ? calendar.observed[weekdayOf(day)] : undefined;
  return moved === undefined ? day : addDays(day, moved === 'before' ? -1 : 1);
}

const years = new WeakMap<DayCalendar, Map<number, ReadonlyMap<CalendarDate, Holiday>>>();

/** The holidays kept in a year, New Year's Day of the next year on its Friday included. */
function holidaysOf(calendar: DayCalendar, year: number): ReadonlyMap<CalendarDate, Holiday> {
  const known = years.get(calendar) ?? new Map<number, ReadonlyMap<CalendarDate, Holiday>>();
  years.set(calendar, known);
  const found = known.get(year);
  if (found) return found;
  const kept = new Map<CalendarDate, Holiday>();
  for (const rule of calendar.holidays)
    for (const of of [year, year + 1]) {
      const day = keptOn(calendar, rule, of);
      // A holiday outranks a remark on the same day.
      if (day?.startsWith(String(year)) && kept.get(day)?.effect !== 'off') kept.set(day, rule);
    }
  known.set(year, kept);
  return kept;
}

/** What a day is for an agency. `names` are the agency and the groups it belongs to. */
export function dayKind(calendar: DayCalendar, day: CalendarDate, names: readonly string[]): DayKind {
  const override = calendar.overrides.find(
    ({ from, to, agencies }) =>
      from <= day && day <= (to ?? from) && (agencies.length === 0 || agencies.some((name) => names.includes(name))),
  );
  if (calendar.weekend.includes(weekdayOf(day))) return { kind: 'weekend' };
  const rule = holidaysOf(calendar, Number(day.slice(0, 4))).get(day);
  const says = override && `${override.name} (${override.source})`;
  if (override?.effect === 'off') return { kind: 'holiday', remark: says ?? '' };
  if (override?.effect === 'works') return { kind: 'counts', remark: says ?? '' };
  if (rule?.effect === 'off') return { kind: 'holiday', remark: rule.name };
  if (override?.effect === 'closed') return { kind: 'closed', remark: says ?? '' };
  const remark = says ?? (rule?.effect === 'noted' ? `${rule.name}: counts (${rule.source ?? ''})` : undefined);
  return remark === undefined ? { kind: 'counts' } : { kind: 'counts', remark };
}
