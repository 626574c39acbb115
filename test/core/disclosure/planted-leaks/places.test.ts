/** A8, what two groupings of the same places tell together, and A13, places so small that a count is about somebody's door. */
import { cellToChildren, cellToParent, getResolution } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { attack } from '#core/disclosure/audit/attack.ts';
import { release } from '#core/disclosure/release.ts';
import type { MapRegion, ReleasedTable } from '#core/disclosure/released-table.ts';
import { type Ground, partitionOf, type Site } from '#core/disclosure/tables/coarsen.ts';
import type { City, Property } from '#core/domain/city.ts';
import type { PropertyId } from '#core/domain/ids.ts';
import { byMap, entryOf, inventedCity, question, rawCounts, requestOf } from '../fixture.ts';
import { week, weekly } from '../weekly-tables.ts';
import { leaksAfter, limits, naively, policyAsShipped } from './gate.ts';

const hexagons = ['8729a56d5ffffff', '8729a56d4ffffff'] as const;
const [own = [], shared = []] = hexagons.map((cell) => cellToChildren(cell, 10));
const base = inventedCity(3, 9);
const residents = Object.fromEntries(hexagons.flatMap((cell) => cellToChildren(cell, 8)).map((cell) => [cell, 2000]));

type Place = Partial<Pick<Property, 'district' | 'type' | 'residential'>> & { readonly h3: string | undefined };
const cityOf = (places: readonly Place[]): City => ({
  ...base,
  residents,
  properties: places.map(({ h3 = '', ...place }, n) => ({
    ...(base.properties[0] as Property),
    id: `q${n}` as PropertyId,
    district: 'D1',
    type: 'park',
    residential: false,
    ...place,
    h3,
  })),
});
const mapOf = (city: City, counts: readonly number[], query = byMap) =>
  rawCounts(
    query,
    week(0),
    week(0),
    city.properties.map(({ h3 }, n) => [h3, counts[n] ?? 0]),
  );

describe('A8: a district outside its own hexagon', () => {
  const city = cityOf(
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ district: n < 5 ? 'D1' : 'D2', h3: (n < 3 ? own : shared)[n * 40] })),
  );
  const request = {
    ...requestOf(city, week(0), [weekly(0, [[58, 90, 0]]), mapOf(city, [20, 20, 14, 2, 2, 40, 30, 20])]),
  };

  it('gets out when only small counts are withheld', () => {
    const { disclosed } = attack(naively(request).system, limits);
    expect(disclosed.some(({ key }) => key.includes('district=D1&region='))).toBe(true);
  });

  it('does not get out through a release', () => {
    expect(leaksAfter([entryOf(request)], city)).toEqual([]);
  });
});

describe('A8: a kind of property of which all but one place lie in one hexagon', () => {
  const kinds = question('incidents_by_property_type_v1', [['property_type', ['library', 'park']]]);
  const city = cityOf(
    [0, 1, 2, 3, 4, 5, 6].map((n) => ({ type: n < 4 ? 'library' : 'park', h3: (n < 3 ? own : shared)[n * 40] })),
  );
  const counts = [20, 20, 14, 3, 40, 30, 20];
  const rows = [
    ['library', 57],
    ['park', 90],
  ];
  const request = requestOf(city, week(0), [rawCounts(kinds, week(0), week(0), rows), mapOf(city, counts)]);

  it('gets out when only small counts are withheld', () => {
    const { disclosed } = attack(naively(request).system, limits);
    expect(disclosed.map(({ key }) => key).join()).toMatch(/property_type=library&region=|site=/);
  });

  it('does not get out through a release', () => {
    expect(leaksAfter([entryOf(request)], city)).toEqual([]);
  });
});

describe('A8: two maps of the same week drawn in other regions', () => {
  const city = cityOf([0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ district: 'D1', h3: (n < 3 ? own : shared)[n * 40] })));
  const counts = [20, 20, 14, 3, 40, 30, 20, 25];
  const other = { ...byMap, name: 'incidents_map_v2' };
  // The second map was drawn when one place was registered elsewhere: it takes that place for its neighbour's.
  const moved = {
    ...city,
    properties: city.properties.map((one, n) => (n === 3 ? { ...one, h3: own[120] ?? '' } : one)),
  };
  const first = entryOf(requestOf(city, week(0), [mapOf(city, counts)]));
  const request = requestOf(moved, week(0), [mapOf(moved, counts, other)], [first]);

  it('gets out when only small counts are withheld', () => {
    const shownIn = (table: ReleasedTable | undefined) =>
      (table?.cells ?? []).flatMap(({ at, value }) =>
        value.kind === 'count' ? [[at['h3_cell'], value.count] as const] : [],
      );
    const before = new Map(shownIn(first.content.tables[0]));
    const naive = naively(request);
    const now = (naive.candidates[0]?.grid.cells ?? []).map(
      ({ at, key }) => [at['h3_cell'], naive.system.byKey.get(key)] as const,
    );
    const slivers = now.flatMap(([id, variable]) => {
      const earlier = before.get(id);
      return earlier !== undefined && variable?.state === 'shown' ? Math.abs(earlier - (variable.truth ?? 0)) : [];
    });
    const { disclosed } = attack(naive.system, limits);
    expect(slivers.some((difference) => difference >= 1 && difference < 11) || disclosed.length > 0).toBe(true);
  });

  it('does not get out through a release', () => {
    const decided = release(request);
    if (decided.ok) expect(leaksAfter([first, decided.value.entry], moved)).toEqual([]);
    else expect(decided.problem.code).toBe('RELEASE_REFUSED');
  });
});

describe('A13: a map region', () => {
  const ground = (lives: number): Ground => ({
    residents: Object.fromEntries(Object.keys(residents).map((cell) => [cell, lives])),
    chance: () => 0.5,
  });
  const site = (cell: string | undefined, count: number, residential = false): Site => ({
    cell: cell ?? '',
    count,
    residential,
  });
  const policy = policyAsShipped();
  const naive = { ...policy, places: { ...policy.places, regionProperties: 1, regionResidents: 0 } };
  const crowd = [0, 40, 80, 120].map((n) => site(shared[n], 40));
  const isIn = (cell: string, { cells }: MapRegion) =>
    cells.some((one) => cellToParent(cell, getResolution(one)) === one);
  /** Regions that hold the places near this one and none of the crowd: naming one names them. */
  const regionsAround = (cell: string, regions: readonly MapRegion[]) =>
    regions.filter((region) => isIn(cell, region) && !crowd.some((one) => isIn(one.cell, region)));

  it.each([
    ['that is one building', [...crowd, site(own[0], 90)], ground(2000)],
    ['in which hardly anybody lives', [...crowd, site(own[0], 60), site(own[90], 70)], ground(300)],
  ])('%s is drawn by counts alone, and not by the policy', (_, sites, where) => {
    const cell = own[0] ?? '';
    expect(regionsAround(cell, partitionOf(sites, naive, where)).length).toBeGreaterThan(0);
    expect(regionsAround(cell, partitionOf(sites, policy, where))).toEqual([]);
  });

  it('of homes is drawn when nobody says that they are homes, and never when somebody does', () => {
    const homes = (residential: boolean) => [...crowd, site(own[0], 60, residential), site(own[90], 70, residential)];
    const cell = own[0] ?? '';
    expect(regionsAround(cell, partitionOf(homes(false), policy, ground(2000))).length).toBeGreaterThan(0);
    expect(regionsAround(cell, partitionOf(homes(true), policy, ground(2000)))).toEqual([]);
  });
});

describe('A13: a category that is one small place', () => {
  const small: City = {
    ...base,
    districts: base.districts.map((one) => (one.id === 'D3' ? { ...one, population: 8000 } : one)),
  };

  it('is a district of 8,000 residents: large counts of it are shown naively, and counted together with others by a release', () => {
    const request = requestOf(small, week(1), [
      weekly(0, [
        [40, 30, 20],
        [40, 30, 25],
      ]),
    ]);
    const raw = request.tables[0]?.answer.rows.filter(([, district]) => district === 'D3') ?? [];
    expect(raw.map(([, , count]) => count)).toEqual([20, 25]);
    const [table] = entryOf(request).content.tables;
    expect(table?.dimensions[1]?.categories).not.toContain('D3');
    expect(table?.cells.flatMap(({ value }) => (value.kind === 'count' ? value.count : []))).not.toContain(20);
  });

  it('is a kind of property with one building: its count is shown naively, and not told by a release', () => {
    const kinds = question('incidents_by_property_group_and_agency_v1', [
      ['property_group', ['park_or_recreation', 'public_safety_facility', 'civic_building_or_library']],
      ['agency_group', ['ICE', 'CBP']],
    ]);
    const city: City = {
      ...base,
      properties: base.properties.map((one, n) => ({
        ...one,
        type: n === 0 ? 'public_safety_facility' : n % 2 ? 'park' : 'library',
      })),
    };
    const rows = [
      ['park_or_recreation', 'ICE', 60],
      ['park_or_recreation', 'CBP', 50],
      ['civic_building_or_library', 'ICE', 40],
      ['civic_building_or_library', 'CBP', 70],
      ['public_safety_facility', 'ICE', 37],
      ['public_safety_facility', 'CBP', 29],
    ];
    const request = requestOf(city, week(3), [rawCounts(kinds, week(0), week(3), rows)]);
    const { system, candidates } = naively(request);
    const building = (candidates[0]?.grid.cells ?? []).filter(
      ({ at }) => at['property_group'] === 'public_safety_facility',
    );
    expect(building.map(({ key }) => system.byKey.get(key)?.state)).toEqual(['shown', 'shown', 'shown']);
    const [table] = entryOf(request).content.tables;
    const told = table?.cells.filter(({ at }) => at['property_group'] === 'public_safety_facility') ?? [];
    expect(told.map(({ value }) => value.kind)).toEqual(['withheld', 'withheld', 'withheld']);
    for (const { value } of told)
      if (value.kind === 'withheld') {
        const { least = 0, most = Number.POSITIVE_INFINITY } = value.interval ?? {};
        expect(most - least).toBeGreaterThanOrEqual(22);
      }
  });
});
