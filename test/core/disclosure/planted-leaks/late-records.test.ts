import { describe, expect, it } from 'vitest';
import { attack } from '#core/disclosure/audit/attack.ts';
import { byAgency, entryOf, inventedCity, rawCounts, requestOf } from '../fixture.ts';
import { shown, tableOf, week, weekly } from '../weekly-tables.ts';
import { leaksAfter, limits, naively } from './gate.ts';

const city = inventedCity(3, 9);

describe('a leak that a naive release lets out', () => {
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
    expect(attack(naively(request).system, limits).disclosed.map(({ key }) => key.split('|')[0])).toContain('late');
    const second = entryOf(request);
    expect(leaksAfter([first, second], city)).toEqual([]);
    expect(shown(tableOf(second, byAgency.name), { agency_group: '*', activity_group: '*' })).toBeUndefined();
  });
});
