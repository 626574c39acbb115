import { describe, expect, it } from 'vitest';
import { assemble, historyOf } from '#core/disclosure/assemble.ts';
import { attack } from '#core/disclosure/attack.ts';
import { audit } from '#core/disclosure/audit.ts';
import { checkCertificate } from '#core/disclosure/check-certificate.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { planTables } from '#core/disclosure/plan.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { type ReleaseRequest, release } from '#core/disclosure/release.ts';
import type { Week } from '#core/domain/week.ts';
import { weekPlus } from '#core/domain/week.ts';
import { byAgency, entryOf, firstWeek, inventedCity, rawCounts, requestOf, weekByDistrict } from '../fixture.ts';
import { leaksInNumbers, type PlantedLeak } from './leaks.ts';

const city = inventedCity(3, 9);
const limits = { threshold: 11, feasibleIntegers: 6 };
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

/** The gate taken away: each small count is withheld and nothing else. */
function naiveLeaks(request: ReleaseRequest): number {
  const policy = parsePolicy(request.policyText);
  if (!policy.ok) throw new Error('the policy is good');
  const history = historyOf(request.ledger);
  const plans = planTables(request, policy.value, history);
  if (!plans.ok) throw new Error('the tables are fit for release');
  const candidates = plans.value.flatMap((plan) => (plan.kind === 'counts' ? plan.candidate : []));
  return audit(assemble(history, candidates, city, limits.threshold), limits).disclosed.length;
}

/** What the screen and the auditor find in everything that was let out; the auditor's word is checked by a program that shares no code with it. */
function leaksAfter(ledger: readonly LedgerEntry[]): readonly string[] {
  const report = audit(assemble(historyOf(ledger), [], city, limits.threshold), limits);
  const { faults } = checkCertificate(report.certificate);
  const screened = attack(assemble(historyOf(ledger), [], city, limits.threshold), limits).disclosed;
  const told = (attacker: string, key: string) => `${attacker}: ${key}`;
  return [
    ...faults,
    ...screened.map(({ attacker, key }) => told(attacker, key)),
    ...report.disclosed.map(({ attacker, key }) => told(attacker, key)),
  ];
}

describe.each(leaksInNumbers.map((leak) => [`${leak.attack}: ${leak.story}`, leak] as const))('%s', (_, leak) => {
  const request = requestFor(leak);

  it('gets out when only small counts are withheld', () => {
    expect(naiveLeaks(request)).toBeGreaterThan(0);
  });

  it('does not get out through a release', () => {
    const decided = release(request);
    if (!decided.ok) {
      expect(decided.problem.code).toBe('RELEASE_REFUSED');
      return;
    }
    expect(leaksAfter([...request.ledger, decided.value.entry])).toEqual([]);
  });
});
