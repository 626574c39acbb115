import { cellToChildren } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { assemble, historyOf } from '#core/disclosure/assemble.ts';
import { attack } from '#core/disclosure/attack.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { planTables } from '#core/disclosure/plan.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import type { ReleaseRequest } from '#core/disclosure/release.ts';
import type { City, Property } from '#core/domain/city.ts';
import type { PropertyId } from '#core/domain/ids.ts';
import { byAgency, byMap, entryOf, inventedCity, rawCounts, requestOf } from './fixture.ts';
import { shown, tableOf, week, weekly } from './weekly-tables.ts';

const city = inventedCity(3, 9);

const limits = { threshold: 11, feasibleIntegers: 6 };
/** What follows when each small cell is withheld and nothing else. */
function naiveAttack(request: ReleaseRequest) {
  const policy = parsePolicy(request.policyText);
  if (!policy.ok) throw new Error('the policy is good');
  const history = historyOf(request.ledger);
  const plans = planTables(request, policy.value, history);
  if (!plans.ok) throw new Error('the tables are fit for release');
  const candidates = plans.value.flatMap((plan) => (plan.kind === 'counts' ? plan.candidate : []));
  return attack(assemble(history, candidates, request.city, 11), limits).disclosed;
}
const attackOn = (ledger: readonly LedgerEntry[], of: City) =>
  attack(assemble(historyOf(ledger), [], of, 11), limits).disclosed;

describe('a leak that a naive release lets out', () => {
  it('blocks what a district has outside its own hexagon, which a naive release gives away', () => {
    const [own, shared] = ['8729a56d5ffffff', '8729a56d4ffffff'].map((cell) => cellToChildren(cell, 10));
    const place = (n: number, district: string, h3: string | undefined, type: string) => ({
      ...(city.properties[0] as Property),
      id: `q${n}` as PropertyId,
      district,
      h3: h3 ?? '',
      type,
      residential: false,
    });
    const properties = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
      place(n, n < 5 ? 'D1' : 'D2', n < 3 ? own?.[n * 40] : shared?.[n * 40], 'park'),
    );
    const hexagons = ['8729a56d5ffffff', '8729a56d4ffffff'].flatMap((cell) => cellToChildren(cell, 8));
    const here = { ...city, properties, residents: new Map(hexagons.map((cell) => [cell, 2000])) };
    const counts = [20, 20, 14, 2, 2, 40, 30, 20];
    const map = rawCounts(
      byMap,
      week(0),
      week(0),
      properties.map(({ h3 }, n) => [h3, counts[n] ?? 0]),
    );
    const request = { ...requestOf(here, week(0), [weekly(0, [[58, 90, 0]]), map]), city: here };
    const naive = naiveAttack(request);
    expect(naive.some(({ key }) => key.includes('district=D1&region='))).toBe(true);
    expect(attackOn([entryOf(request)], here)).toEqual([]);
  });

  it('lets no late record show as the difference between a later table and the frozen weeks', () => {
    const first = entryOf(
      requestOf(city, week(3), [
        weekly(0, [
          [40, 30, 20],
          [40, 30, 20],
          [40, 30, 20],
          [40, 30, 20],
        ]),
      ]),
    );
    const agencies = rawCounts(byAgency, week(0), week(3), [
      ['ICE', 'arrest', 200],
      ['CBP', 'stop', 161],
    ]);
    const request = requestOf(city, week(3), [agencies], [first]);
    expect(naiveAttack(request).map(({ key }) => key.split('|')[0])).toContain('late');
    const second = entryOf(request);
    expect(attackOn([first, second], city)).toEqual([]);
    expect(shown(tableOf(second, byAgency.name), { agency_group: '*', activity_group: '*' })).toBeUndefined();
  });
});
