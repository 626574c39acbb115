import { describe, expect, it } from 'vitest';
import {
  byAgency,
  byMap,
  byMonth,
  entryOf,
  incidentsOf,
  inventedCity,
  question,
  rawCounts,
  requestOf,
  weekByDistrict,
  weeklyRequest,
} from './fixture.ts';
import { shown, tableOf, week, weekly } from './weekly-tables.ts';

const city = inventedCity(3, 9);

describe('a release', () => {
  it('shows counts that are safe and withholds a small one with what would give it away', () => {
    const table = tableOf(
      entryOf(
        requestOf(city, week(1), [
          weekly(0, [
            [40, 30, 3],
            [25, 20, 15],
          ]),
        ]),
      ),
      weekByDistrict.name,
    );
    expect(shown(table, { observed_week: week(0), district_id: 'D3' })).toBeUndefined();
    expect(shown(table, { observed_week: '*', district_id: '*' })).toBe(133);
    const hidden = table.cells.filter(({ value }) => value.kind === 'withheld');
    expect(hidden.length).toBeGreaterThanOrEqual(4);
  });

  it('tells nobody which withheld cell was small', () => {
    const entry = entryOf(
      requestOf(city, week(1), [
        weekly(0, [
          [40, 30, 3],
          [25, 20, 15],
        ]),
      ]),
    );
    const withheld = tableOf(entry, weekByDistrict.name).cells.filter(({ value }) => value.kind === 'withheld');
    for (const cell of withheld) {
      expect(Object.keys(cell).sort()).toEqual(['at', 'value']);
      expect(Object.keys(cell.value)).toEqual(['kind', 'interval']);
      const { least, most = Number.POSITIVE_INFINITY } =
        cell.value.kind === 'withheld' ? (cell.value.interval ?? {}) : {};
      expect(least === 0 || Number(least) >= 11).toBe(true);
      expect(most).toBeGreaterThanOrEqual(10);
    }
  });

  it('shows zeros only in lines with nothing hidden', () => {
    const table = tableOf(
      entryOf(
        requestOf(city, week(1), [
          weekly(0, [
            [40, 0, 0],
            [25, 20, 15],
          ]),
        ]),
      ),
      weekByDistrict.name,
    );
    expect(shown(table, { observed_week: week(0), district_id: 'D2' })).toBe(0);
    const beside = tableOf(
      entryOf(
        requestOf(city, week(1), [
          weekly(0, [
            [40, 0, 4],
            [25, 20, 15],
          ]),
        ]),
      ),
      weekByDistrict.name,
    );
    expect(shown(beside, { observed_week: week(0), district_id: 'D2' })).toBeUndefined();
  });

  it('blocks a window total beside its weeks (year to date minus the weeks)', () => {
    const first = entryOf(
      requestOf(city, week(1), [
        weekly(0, [
          [40, 30, 20],
          [40, 30, 20],
        ]),
      ]),
    );
    const rows = [
      [40, 30, 20],
      [40, 30, 20],
      [40, 30, 3],
    ];
    const table = tableOf(entryOf(requestOf(city, week(2), [weekly(0, rows)], [first])), weekByDistrict.name);
    expect(shown(table, { observed_week: week(2), district_id: 'D3' })).toBeUndefined();
    expect(shown(table, { observed_week: '*', district_id: 'D3' })).toBeUndefined();
  });

  it('blocks a month whose other weeks were shown', () => {
    const only = question('by_week_v1', [['observed_week', 'weeks']], 'counts', 'weeks');
    const weeks = rawCounts(only, week(0), week(3), [
      [week(0), 30],
      [week(1), 20],
      [week(2), 25],
      [week(3), 4],
    ]);
    const months = rawCounts(byMonth, week(0), week(3), [['2024-01', 79]]);
    const entry = entryOf(requestOf(city, week(3), [weeks, months]));
    expect(shown(tableOf(entry, 'by_week_v1'), { observed_week: week(3) })).toBeUndefined();
    const others = [0, 1, 2].map((n) => shown(tableOf(entry, 'by_week_v1'), { observed_week: week(n) }));
    expect([...others, shown(tableOf(entry, byMonth.name), { observed_month: '2024-01' })]).toContain(undefined);
  });

  it('blocks a map region that a district minus other regions would give away', () => {
    const district = (d: string) => city.properties.filter((one) => one.district === d && !one.residential);
    const sites = new Map<string, number>();
    for (const [d, counts] of [
      ['D1', [40, 3]],
      ['D2', [50, 30]],
      ['D3', [45, 25]],
    ] as const)
      for (const [n, one] of district(d).slice(0, 2).entries())
        sites.set(one.h3, (sites.get(one.h3) ?? 0) + (counts[n] ?? 0));
    const map = rawCounts(byMap, week(0), week(0), [...sites]);
    const entry = entryOf(requestOf(city, week(0), [weekly(0, [[43, 80, 70]]), map]));
    const region = tableOf(entry, byMap.name).cells.filter(({ at }) => at['h3_cell'] !== '*');
    for (const { value } of region)
      if (value.kind === 'count') expect(value.count === 0 || value.count >= 11).toBe(true);
  });

  it('never republishes a shown cell with another value, nor shows what was withheld', () => {
    const first = entryOf(
      requestOf(city, week(1), [
        weekly(0, [
          [40, 30, 20],
          [40, 30, 4],
        ]),
      ]),
    );
    const second = entryOf(
      requestOf(
        city,
        week(2),
        [
          weekly(0, [
            [41, 30, 20],
            [40, 30, 14],
            [50, 50, 50],
          ]),
        ],
        [first],
      ),
    );
    const [before, after] = [tableOf(first, weekByDistrict.name), tableOf(second, weekByDistrict.name)];
    for (const d of ['D1', 'D2', 'D3', '*'])
      for (const w of [week(0), week(1)])
        expect(shown(after, { observed_week: w, district_id: d })).toBe(
          shown(before, { observed_week: w, district_id: d }),
        );
    expect(second.sealed.heldLate[weekByDistrict.name]).toBe(11);
  });

  it('shows a table of a finished period again as it was', () => {
    const agencies = (count: number) =>
      rawCounts(byAgency, week(0), week(3), [
        ['ICE', 'arrest', count],
        ['CBP', 'stop', 161],
      ]);
    const first = entryOf(requestOf(city, week(3), [agencies(200)]));
    const second = entryOf(requestOf(city, week(4), [agencies(203)], [first]));
    expect(tableOf(second, byAgency.name)).toEqual(tableOf(first, byAgency.name));
    expect(second.sealed.heldLate[byAgency.name]).toBe(3);
  });

  it('protects what a new FOIA file adds to what was shown', () => {
    const foia = question(
      'foia_v1',
      [
        ['event_month', 'open'],
        ['record_category', 'open'],
      ],
      'counts',
      'all',
      'foia',
    );
    const records = (extra: number) =>
      rawCounts(foia, week(0), week(3), [
        ['2024-01', 'arrest', 50 + extra],
        ['2024-02', 'arrest', 60],
        ['2024-01', 'removal', 70],
        ['2024-02', 'removal', 80],
      ]);
    const first = entryOf(requestOf(city, week(3), [records(0)]));
    expect(shown(tableOf(first, 'foia_v1'), { event_month: '2024-01', record_category: 'arrest' })).toBe(50);
    const small = tableOf(entryOf(requestOf(city, week(4), [records(3)], [first])), 'foia_v1');
    expect(shown(small, { event_month: '2024-01', record_category: 'arrest' })).toBeUndefined();
    const large = tableOf(entryOf(requestOf(city, week(4), [records(30)], [first])), 'foia_v1');
    expect(shown(large, { event_month: '2024-01', record_category: 'arrest' })).toBe(80);
  });

  it('tells reported, zero and silent apart and counts nothing in coverage', () => {
    const coverage = question(
      'department_coverage_v1',
      [
        ['observed_week', 'weeks'],
        ['department_id', 'departments'],
      ],
      'coverage',
      'weeks',
      'departments',
    );
    const raw = rawCounts(coverage, week(0), week(0), [
      [week(0), 'd1', 3],
      [week(0), 'd2', 0],
    ]);
    const table = tableOf(entryOf(requestOf(city, week(0), [raw])), coverage.name);
    expect(['d1', 'd2', 'd3'].map((department_id) => shown(table, { department_id }))).toEqual([
      'reported',
      'zero',
      'silent',
    ]);
  });

  it('keeps the partition of a map while its period lasts', () => {
    const crowded = inventedCity();
    const incidents = incidentsOf(crowded, 40, 150, 5);
    const first = entryOf(weeklyRequest(crowded, incidents, 27, []));
    const later = entryOf(weeklyRequest(crowded, incidents, 31, [first]));
    expect(tableOf(later, byMap.name).regions).toEqual(tableOf(first, byMap.name).regions);
    const residential = new Set(crowded.properties.filter((one) => one.residential).map(({ h3 }) => h3));
    for (const { cells } of tableOf(first, byMap.name).regions ?? [])
      for (const cell of cells) expect(residential.has(cell)).toBe(false);
  });
});
