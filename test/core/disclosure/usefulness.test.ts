import { describe, expect, it } from 'vitest';
import type { ReleasedCell, ReleasedTable, ReleasedValue } from '#core/disclosure/released-table.ts';
import { usefulnessOf } from '#core/disclosure/usefulness.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Week } from '#core/domain/week.ts';
import { fixtureReleased } from '../../fixtures/released.ts';

const count = (value: number): ReleasedValue => ({ kind: 'count', count: value });
const withheld = (least: number, most?: number): ReleasedValue => ({
  kind: 'withheld',
  interval: { least, ...(most === undefined ? {} : { most }) },
});
const tableOf = (
  values: Readonly<Record<string, ReleasedValue>>,
  more: Partial<ReleasedTable> = {},
): ReleasedTable => ({
  query: 'q_v1',
  sql: sha256('q'),
  parameters: {},
  window: { from: '2026-11-02' as Week, to: '2026-11-02' as Week },
  dimensions: [{ name: 'a', categories: Object.keys(values) }],
  cells: Object.entries(values).map(([a, value]): ReleasedCell => ({ at: { a }, value })),
  ...more,
});

describe('the usefulness of a table', () => {
  it('is exact where the total is shown', () => {
    const table = tableOf({ x: count(40), y: count(50), z: withheld(0, 10), '*': count(100) });
    expect(usefulnessOf(table)).toEqual({
      query: 'q_v1',
      cells: { shown: 3, withheld: 1 },
      inTrueCounts: { least: 0.9, most: 0.9 },
    });
  });

  it('says no more of a withheld total than its interval does', () => {
    const shown = { x: count(40), y: count(50) };
    const share = (z: ReleasedValue, whole: ReleasedValue) =>
      usefulnessOf(tableOf({ ...shown, z, '*': whole })).inTrueCounts;
    expect(share(withheld(0, 10), withheld(90, 100))).toEqual({ least: 0.9, most: 1 });
    expect(share(withheld(0, 10), withheld(0))).toEqual({ least: 0.9, most: 1 });
    expect(share(withheld(0), withheld(0, 120))).toEqual({ least: 0.75, most: 1 });
    expect(share({ kind: 'withheld' }, { kind: 'withheld' })).toEqual({ least: 0, most: 1 });
  });

  it('is the same whatever the withheld counts are', () => {
    const told = (shown: number) =>
      usefulnessOf(tableOf({ x: count(shown), y: withheld(0, 25), '*': withheld(shown, shown + 25) })).inTrueCounts;
    expect(told(20)).toEqual({ least: 0.444, most: 1 });
  });

  it('holds for an empty table, and says nothing of states', () => {
    expect(usefulnessOf(tableOf({ x: count(0), '*': count(0) })).inTrueCounts).toEqual({ least: 1, most: 1 });
    expect(usefulnessOf(tableOf({ x: { kind: 'status', status: 'zero' } }))).toEqual({
      query: 'q_v1',
      cells: { shown: 1, withheld: 0 },
    });
  });

  it('tells how coarse a map is, leaving out what has no place', () => {
    // Two cells of resolution 7 (about 5 km²) and one of resolution 6 (about 36 km²) beside them.
    const [small, other, large] = ['8729a1d75ffffff', '8729a1d74ffffff', '8629a56dfffffff'];
    const regions = [
      { id: small ?? '', cells: [small ?? ''], remainder: false },
      { id: 'area-1', cells: [other ?? ''], remainder: true },
      { id: large ?? '', cells: [large ?? ''], remainder: false },
      { id: 'rest-1', cells: [], remainder: true },
    ];
    const values = {
      [small ?? '']: count(15),
      'area-1': withheld(0, 10),
      [large ?? '']: count(200),
      'rest-1': count(30),
    };
    const { map } = usefulnessOf(tableOf({ ...values, '*': count(250) }, { regions }));
    expect(map).toMatchObject({ regions: 3, resolutions: [6, 7] });
    expect(map?.medianKm2).toBeLessThan(8);
    expect(map?.incidentMedianKm2).toBeGreaterThan(20);
    const whole = [{ id: 'rest-0', cells: [large ?? ''], remainder: true }];
    expect(usefulnessOf(tableOf({ 'rest-0': count(250), '*': count(250) }, { regions: whole })).map).toBeUndefined();
  });

  it('is told of each table of a release', () => {
    const { released } = fixtureReleased({ weeks: 8 });
    for (const table of released.tables) {
      const { cells, inTrueCounts } = usefulnessOf(table);
      expect(cells.shown + cells.withheld).toBe(table.cells.length);
      expect(inTrueCounts === undefined).toBe(table.query === 'department_coverage_v1');
    }
  });
});
