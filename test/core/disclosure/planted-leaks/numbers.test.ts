import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit/audit.ts';
import { type ReleaseRequest, release } from '#core/disclosure/release.ts';
import type { Week } from '#core/domain/week.ts';
import { weekPlus } from '#core/domain/week.ts';
import { byAgency, entryOf, firstWeek, inventedCity, rawCounts, requestOf, weekByDistrict } from '../fixture.ts';
import { leaksAfter, limits, naively } from './gate.ts';
import { leaksInNumbers, type PlantedLeak } from './leaks.ts';

const city = inventedCity(3, 9);
const week = (n: number): Week => weekPlus(firstWeek, n);
const weekly = (weeks: readonly (readonly number[])[]) =>
  rawCounts(
    weekByDistrict,
    week(0),
    week(weeks.length - 1),
    weeks.flatMap((counts, n) => counts.map((count, d) => [week(n), `D${d + 1}`, count])),
  );

function requestFor({ weeks, before, agencies, channel }: PlantedLeak): ReleaseRequest {
  const last = Math.max((weeks?.length ?? 1) - 1, (before?.length ?? 1) - 1, agencies?.over[1] ?? 0);
  const ledger = before ? [entryOf(requestOf(city, week(before.length - 1), [weekly(before)]))] : [];
  const byActivity =
    agencies &&
    rawCounts(
      byAgency,
      week(agencies.over[0]),
      week(agencies.over[1]),
      Object.entries(agencies.counts).map(([at, count]) => [...at.split(' '), count]),
    );
  const tables = [...(weeks ? [weekly(weeks)] : []), ...(byActivity ? [byActivity] : [])];
  return { ...requestOf(city, week(last), tables, ledger), ...(channel ? { channel } : {}) };
}

describe.each(leaksInNumbers.map((leak) => [`${leak.attack}: ${leak.story}`, leak] as const))('%s', (_, leak) => {
  const request = requestFor(leak);

  it('gets out when only small counts are withheld', () => {
    expect(audit(naively(request).system, limits).disclosed.length).toBeGreaterThan(0);
  });

  it('does not get out through a release', () => {
    const decided = release(request);
    if (!decided.ok) {
      expect(decided.problem.code).toBe('RELEASE_REFUSED');
      return;
    }
    expect(leaksAfter([...request.ledger, decided.value.entry], city)).toEqual([]);
  });
});

it('plants at least three of each class that numbers can leak by themselves', () => {
  const classes = leaksInNumbers.map(({ attack }) => attack.split(' ')[0]);
  for (const name of ['A1', 'A2', 'A3', 'A4', 'A6', 'A7', 'A10', 'A12'])
    expect(classes.filter((one) => one === name).length).toBeGreaterThanOrEqual(3);
});
