/** A14: an incident known by its hour or day is found in a table that tells hours or days apart, and one known from last week's news in a table of last week. */
import { describe, expect, it } from 'vitest';
import { release } from '#core/disclosure/release.ts';
import type { Instant } from '#core/domain/instant.ts';
import { addDays } from '#core/domain/instant.ts';
import type { Week } from '#core/domain/week.ts';
import type { Question } from '#core/lake/question.ts';
import { inventedCity, question, rawCounts, requestOf } from '../fixture.ts';
import { week, weekly } from '../weekly-tables.ts';

const city = inventedCity(3, 9);
const hours = Array.from({ length: 24 }, (_, n) => String(n).padStart(2, '0'));

type Finer = {
  readonly story: string;
  readonly query: Question;
  readonly window?: readonly [Week, Week];
  readonly rows: readonly (readonly [time: string, count: number])[];
};

const leaks: readonly Finer[] = [
  {
    story: 'by hours of the day',
    query: question('incidents_by_hour_v1', [['observed_hour', hours]]),
    rows: hours.map((hour, n) => [hour, 20 + n]),
  },
  {
    story: 'by days, under a name that does not say so',
    query: question('incidents_by_occasion_v1', [['occasion', 'open']]),
    rows: [
      ['2024-01-03', 30],
      ['2024-01-04', 25],
    ],
  },
  {
    story: 'by quarters of an hour, as a list',
    query: question('incidents_by_shift_v1', [['shift', ['06:00', '06:15', '06:30']]]),
    rows: [
      ['06:00', 14],
      ['06:15', 15],
      ['06:30', 40],
    ],
  },
  {
    story: 'by days of the week, of a single week',
    query: question('incidents_by_weekday_v1', [['weekday', ['Mon', 'Tue', 'Wed']]]),
    rows: [
      ['Mon', 14],
      ['Tue', 15],
      ['Wed', 40],
    ],
  },
  {
    story: 'over one day alone',
    query: question('incidents_by_agency_v1', [['agency_group', ['ICE', 'CBP']]]),
    window: [addDays(week(0), 2) as Week, addDays(week(0), 2) as Week],
    rows: [
      ['ICE', 14],
      ['CBP', 31],
    ],
  },
];

describe.each(leaks.map((leak) => [leak.story, leak] as const))('A14: a table %s', (_, { query, window, rows }) => {
  const [from, to] = window ?? [week(0), week(0)];

  it('has counts that the threshold alone lets out', () => {
    expect(rows.every(([, count]) => count >= 11)).toBe(true);
  });

  it('is refused', () => {
    const decided = release(requestOf(city, week(0), [rawCounts(query, from, to, rows)]));
    expect(decided).toMatchObject({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
    expect(!decided.ok && decided.problem.detail).toMatch(/tells days or hours apart/);
  });
});

describe('A14: a week', () => {
  const request = requestOf(city, week(0), [weekly(0, [[40, 30, 20]])]);
  const approvedAfter = (days: number) => `${addDays(week(0), 7 + days)}T12:00:00.000Z` as Instant;

  it.each([0, 6, 13])('is refused %i days after it ended', (days) => {
    expect(release({ ...request, approvedAt: approvedAfter(days) })).toMatchObject({ ok: false });
  });

  it('is released after fourteen', () => {
    expect(release({ ...request, approvedAt: approvedAfter(14) })).toMatchObject({ ok: true });
  });
});
