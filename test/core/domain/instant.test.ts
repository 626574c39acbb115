import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDateOf, dateIn, type Instant, instantOf } from '#core/domain/instant.ts';
import { weekOf } from '#core/domain/week.ts';

const zones = [
  'America/Los_Angeles',
  'America/New_York',
  // Has changed its clock at 00:01, at 02:00 and by two hours.
  'America/St_Johns',
  'America/Havana',
  'Europe/Lisbon',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Asia/Kathmandu',
  // Skipped a day in 2011.
  'Pacific/Apia',
  // Changes by half an hour.
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
];
const asked = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ]),
);
const byIntl = (at: number, zone: string) => asked.get(zone)?.format(at);
const zone = fc.constantFrom(...zones);

describe('instantOf', () => {
  it('writes any moment as Date does', () => {
    const moment = fc.oneof(
      fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
      fc.integer({ min: -86_400_000, max: Date.UTC(2101, 0, 1) }),
      fc.integer({ min: -1, max: 130 * 366 }).map((day) => day * 86_400_000 - 1),
    );
    fc.assert(
      fc.property(moment, (at) => instantOf(at) === new Date(at).toISOString()),
      { numRuns: 2000 },
    );
    expect(instantOf(Number.NaN)).toBeUndefined();
    expect(instantOf(8_640_000_000_000_001)).toBeUndefined();
  });
});

describe('dateIn', () => {
  it('answers the day that Intl answers, at any moment of any zone', () => {
    const moment = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
    fc.assert(fc.property(moment, zone, (at, of) => dateIn(at, of) === byIntl(at, of)));
  });

  it('answers the day that Intl answers around every midnight and every change of the clock', () => {
    const midnight = fc
      .tuple(
        fc.integer({ min: -2, max: 130 * 366 }),
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: -61, max: 61 }),
      )
      .map(([day, quarter, seconds]) => day * 86_400_000 + quarter * 900_000 + seconds * 1000);
    fc.assert(
      fc.property(midnight, zone, (at, of) => dateIn(at, of) === byIntl(at, of)),
      { numRuns: 3000 },
    );
    for (const of of zones)
      for (let at = Date.UTC(2009, 9, 31); at < Date.UTC(2012, 0, 3); at += at % 86_400_000 ? 1_800_000 : 60_000)
        if (dateIn(at, of) !== byIntl(at, of)) expect.fail(`${new Date(at).toISOString()} in ${of}`);
  });

  it('reads an instant as it reads its milliseconds', () => {
    expect(dateIn('2026-03-08T07:59:59.999Z' as Instant, 'America/Los_Angeles')).toBe('2026-03-07');
    expect(dateIn(Date.parse('2026-03-08T08:00:00.000Z'), 'America/Los_Angeles')).toBe('2026-03-08');
  });
});

describe('days and weeks', () => {
  const date = fc
    .integer({ min: -700_000, max: 2_900_000 })
    .map((day) => calendarDateOf(new Date(day * 86_400_000).toISOString().slice(0, 10)) ?? expect.fail('no day'));

  it('counts days as UTC does', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -1000, max: 1000 }), (from, days) => {
        const at = new Date(from);
        at.setUTCDate(at.getUTCDate() + days);
        fc.pre(at.getUTCFullYear() >= 0 && at.getUTCFullYear() <= 9999);
        expect(addDays(from, days)).toBe(at.toISOString().slice(0, 10));
      }),
    );
  });

  it('names a week by the Monday on or before the day', () => {
    fc.assert(
      fc.property(date, (day) => {
        const week = weekOf(day);
        expect(new Date(week).getUTCDay()).toBe(1);
        expect((Date.parse(day) - Date.parse(week)) / 86_400_000).toBeLessThan(7);
        expect(week <= day).toBe(true);
      }),
    );
  });
});
