import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#core/domain/instant.ts';
import { countDays, workingDaysFrom } from '#core/requests/count-days.ts';
import { dayKind } from '#core/requests/day-calendar.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { date } from '../../fixtures/matters.ts';
import { regimeNamed } from '../../fixtures/regimes.ts';

const { calendar } = regimeNamed('us-foia');
const california = regimeNamed('ca-cpra').calendar;
const kindOn = (day: string, of = calendar, names: readonly string[] = []) => dayKind(of, date(day), names);
const holidaysOf = (year: number, of = calendar) => {
  const first = date(`${year}-01-01`);
  return Array.from({ length: daysBetween(first, date(`${year + 1}-01-01`)) }, (_, n) => addDays(first, n)).filter(
    (day) => dayKind(of, day, []).kind === 'holiday',
  );
};

describe('the federal calendar', () => {
  it('keeps the days that OPM lists for 2021, Friday and Monday for weekends', () => {
    expect(holidaysOf(2021)).toEqual([
      '2021-01-01',
      '2021-01-18',
      '2021-02-15',
      '2021-05-31',
      '2021-06-18',
      '2021-07-05',
      '2021-09-06',
      '2021-10-11',
      '2021-11-11',
      '2021-11-25',
      '2021-12-24',
      '2021-12-31',
    ]);
  });

  it('agrees with the federal holidays of the city’s own table', () => {
    const federal = fixtureCity().holidays.filter(({ authority }) => authority === 'federal');
    expect(federal.length).toBeGreaterThan(0);
    for (const { date: day } of federal) expect(kindOn(day).kind, day).toBe('holiday');
  });

  it('knows no Juneteenth before the law', () => {
    expect(kindOn('2020-06-19').kind).toBe('counts');
    expect(kindOn('2024-06-19').kind).toBe('holiday');
  });

  it('counts Inauguration Day, and says why', () => {
    expect(kindOn('2021-01-20')).toEqual({ kind: 'counts', remark: expect.stringContaining('6103(c)') });
    expect(kindOn('2022-01-20')).toEqual({ kind: 'counts' });
    // In 2025 it fell on the holiday of January, which stays one.
    expect(kindOn('2025-01-20').kind).toBe('holiday');
  });

  it('tells a closing by executive order from a holiday, and names the order', () => {
    expect(kindOn('2025-12-24')).toEqual({ kind: 'closed', remark: expect.stringContaining('14371') });
    const from = date('2025-11-25');
    const asked = { from, days: 20, unit: 'working', calendar, agency: [] } as const;
    expect(countDays(asked).due).toBe('2025-12-24');
    expect(countDays({ ...asked, leaveOutClosings: true }).due).toBe('2025-12-29');
  });

  it('lets an agency keep days of its own', () => {
    const own = {
      ...calendar,
      overrides: [
        {
          from: date('2024-03-05'),
          to: date('2024-03-06'),
          effect: 'off' as const,
          agencies: ['ice'],
          name: 'Own day',
          source: 'a notice',
          decided_on: undefined,
        },
        {
          from: date('2024-05-27'),
          to: undefined,
          effect: 'works' as const,
          agencies: ['dhs'],
          name: 'Kept open',
          source: 'a notice',
          decided_on: undefined,
        },
      ],
    };
    expect(kindOn('2024-03-06', own, ['ice', 'dhs'])).toEqual({ kind: 'holiday', remark: 'Own day (a notice)' });
    expect(kindOn('2024-03-06', own, ['cbp', 'dhs']).kind).toBe('counts');
    expect(kindOn('2024-05-27', own, ['cbp', 'dhs']).kind).toBe('counts');
    expect(kindOn('2024-05-27', own, ['fbi', 'doj']).kind).toBe('holiday');
  });
});

describe('the calendar of California courts', () => {
  it('has the day after Thanksgiving and Native American Day', () => {
    expect(kindOn('2025-11-28', california).kind).toBe('holiday');
    expect(kindOn('2025-09-26', california).kind).toBe('holiday');
    expect(kindOn('2025-10-13', california).kind).toBe('counts');
  });
});

describe('counting', () => {
  const anyDay = fc.integer({ min: 0, max: 12_000 }).map((n) => addDays(date('2005-01-01'), n));

  it('numbers every day that counts from 1 without a gap, and ends on the last of them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 90 }), fc.boolean(), (from, days, leaveOutClosings) => {
        const { due, days: lines } = countDays({ from, days, unit: 'working', calendar, agency: [], leaveOutClosings });
        const numbers = lines.flatMap(({ number }) => (number === undefined ? [] : [number]));
        expect(numbers).toEqual(Array.from({ length: days }, (_, n) => n + 1));
        expect(lines.map(({ date: day }) => day)).toEqual(lines.map((_, n) => addDays(from, n)));
        expect(lines.at(-1)).toMatchObject({ date: due, number: days });
      }),
    );
  });

  it('is never earlier for a pause, and later by the working days in it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 20 }), (from, begins, length) => {
        const pause = { from: addDays(from, begins), to: addDays(from, begins + length), why: 'asked' };
        const asked = { from, days: 20, unit: 'working', calendar, agency: [] } as const;
        const plain = countDays(asked).due;
        const paused = countDays({ ...asked, pauses: [pause] });
        expect(plain !== undefined && paused.due !== undefined && paused.due >= plain).toBe(true);
        const left = Array.from({ length: length + 1 }, (_, n) => addDays(pause.from, n)).filter(
          (day) => day <= (paused.due ?? day) && ['counts', 'closed'].includes(dayKind(calendar, day, []).kind),
        );
        expect(countDays({ ...asked, days: 20 + left.length }).due).toBe(paused.due);
      }),
    );
  });

  it('goes back as many working days as it went forward', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (day, days) => {
        fc.pre(dayKind(calendar, day, []).kind === 'counts');
        expect(workingDaysFrom(calendar, [], workingDaysFrom(calendar, [], day, days), -days)).toBe(day);
      }),
    );
  });

  it('moves a last day that is none of work to the next, day by day', () => {
    const asked = { unit: 'calendar', calendar: california, agency: [], roll: true } as const;
    // The tenth day is Saturday, July 5, after the holiday; the last day is Monday.
    const { due, days } = countDays({ ...asked, from: date('2025-06-25'), days: 10 });
    expect(due).toBe('2025-07-07');
    expect(days.slice(-2).map(({ why }) => why)).toEqual(['moved', 'moved']);
    expect(countDays({ ...asked, from: date('2025-11-17'), days: 10 }).due).toBe('2025-12-01');
  });

  it('counts years to the same day, and from a leap day to the first of March', () => {
    const asked = { unit: 'years', days: 6, calendar, agency: [] } as const;
    expect(countDays({ ...asked, from: date('2024-07-02') }).due).toBe('2030-07-02');
    expect(countDays({ ...asked, from: date('2024-02-29') }).due).toBe('2030-03-01');
  });
});
