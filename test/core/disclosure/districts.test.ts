import { describe, expect, it } from 'vitest';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { joinedDistricts, withJoinedDistricts } from '#core/disclosure/tables/districts.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { entryOf, firstWeek, inventedCity, policyText, rawCounts, requestOf, weekByDistrict } from './fixture.ts';

const policy = parsePolicy(policyText);
const places = policy.ok ? policy.value.places : undefined;
const joined = (populations: readonly number[]) => {
  const base = inventedCity(populations.length, 30);
  const city = { ...base, districts: base.districts.map((one, n) => ({ ...one, population: populations[n] ?? 0 })) };
  return places && withJoinedDistricts(city, { places });
};
const idsOf = (populations: readonly number[]) => joined(populations)?.city.districts.map(({ id }) => id);

describe('districts below the floor of residents', () => {
  it('leave a city alone whose districts are large enough', () => {
    expect(idsOf([20_000, 40_000])).toEqual(['D1', 'D2']);
  });
  it('are counted together', () => {
    expect(idsOf([19_000, 40_000, 19_500])).toEqual(['D2', joinedDistricts]);
  });
  it('take the smallest of the others with them until they reach the floor', () => {
    expect(idsOf([5000, 60_000, 50_000])).toEqual(['D2', joinedDistricts]);
    expect(idsOf([5000, 6000])).toEqual([joinedDistricts]);
  });
  it('are joined in the registry of properties as well', () => {
    const { city, categoryOf } = joined([5000, 60_000, 50_000]) ?? {};
    expect(new Set(city?.properties.map(({ district }) => district))).toEqual(new Set(['D2', joinedDistricts]));
    expect(['D1', 'D2', 'unlisted'].map((district) => categoryOf?.(district))).toEqual([
      joinedDistricts,
      'D2',
      'unlisted',
    ]);
  });
  it('are released as one category', () => {
    const city = { ...fixtureCity(), id: 'port-alder' };
    const rows = ['N', 'E', 'S', 'W'].map((district, n) => [firstWeek, district, 20 + n]);
    const entry = entryOf({ ...requestOf(city, firstWeek, [rawCounts(weekByDistrict, firstWeek, firstWeek, rows)]) });
    const [table] = entry.content.tables;
    expect(table?.dimensions[1]?.categories).toEqual(['N', 'S', joinedDistricts]);
    expect(table?.cells.find(({ at }) => at['district_id'] === joinedDistricts)?.value).toEqual({
      kind: 'count',
      count: 44,
    });
  });
});
