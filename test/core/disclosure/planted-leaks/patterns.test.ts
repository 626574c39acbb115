/** A5, what a pattern tells to somebody who knows how patterns are made, and A16, what it tells that a cell was withheld before or after. */
import { describe, expect, it } from 'vitest';
import { type ReleaseRequest, release } from '#core/disclosure/release.ts';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import {
  byMap,
  entryOf,
  incidentsOf,
  inventedCity,
  question,
  rawCounts,
  requestOf,
  weekByDistrict,
  weeklyRequest,
} from '../fixture.ts';
import { shown, tableOf, week, weekly } from '../weekly-tables.ts';
import { naively } from './gate.ts';

const city = inventedCity(3, 9);
const names = ['a', 'b', 'c', 'd', 'e'];
const keysTried = 24;

/** The textbook: withhold 1 to 10; where that leaves one cell alone, withhold the smallest other one too. */
function byTheBook(counts: readonly number[]): boolean[] {
  const withheld = counts.map((count) => count >= 1 && count < 11);
  if (withheld.filter(Boolean).length !== 1) return withheld;
  const others = counts.flatMap((count, at) => (withheld[at] || count === 0 ? [] : [{ count, at }]));
  const [smallest] = others.sort((one, other) => one.count - other.count);
  return withheld.map((one, at) => one || at === smallest?.at);
}

function byRelease(counts: readonly number[], key: string): boolean[] {
  const list = names.slice(0, counts.length);
  const raw = rawCounts(
    question(`by_kind_${counts.length}_v1`, [['kind', list]]),
    week(0),
    week(3),
    list.map((name, at) => [name, counts[at] ?? 0]),
  );
  const decided = release({ ...requestOf(city, week(3), [raw]), tieBreakKey: key });
  if (!decided.ok) throw new Error(decided.problem.detail);
  return (decided.value.released.tables[0]?.cells ?? []).map(({ value }) => value.kind === 'withheld');
}

const isSame = (one: readonly boolean[], other: readonly boolean[]): boolean =>
  one.every((withheld, at) => withheld === other[at]);

/** Values that each small count keeps when every table that fits the shown cells and the shown total is put through `patterns` again. */
function keptValues(
  counts: readonly number[],
  withheld: readonly boolean[],
  comesTo: (table: readonly number[]) => boolean,
) {
  const open = counts.flatMap((_, at) => (withheld[at] ? at : []));
  const sum = open.reduce((so, at) => so + (counts[at] ?? 0), 0);
  const kept = new Map(open.map((at) => [at, new Set<number>()]));
  const tables: number[][] = [];
  const fill = (nth: number, rest: number, table: number[]): void => {
    const at = open[nth];
    if (at === undefined) return;
    if (nth === open.length - 1) tables.push(table.with(at, rest));
    else for (let count = 0; count <= rest; count++) fill(nth + 1, rest - count, table.with(at, count));
  };
  fill(0, sum, [...counts]);
  for (const table of tables) {
    const isNews = open.some((at) => (kept.get(at)?.size ?? 0) < 6 && !kept.get(at)?.has(table[at] ?? -1));
    if (!isNews || !comesTo(table)) continue;
    for (const at of open) kept.get(at)?.add(table[at] ?? -1);
  }
  return open.flatMap((at) => ((counts[at] ?? 0) >= 1 && (counts[at] ?? 0) < 11 ? (kept.get(at)?.size ?? 0) : []));
}

describe.each([
  ['a ten beside a sixty: the next larger one was sixty-one', [10, 60, 61, 70]],
  ['a ten beside thirty-five: the next larger one was thirty-six', [35, 10, 36, 90]],
  ['a ten beside two hundred, among others near it', [202, 200, 10, 201, 300]],
])('A5: %s', (_, counts) => {
  it('gets out by the textbook: whoever knows it is left with fewer than six values', () => {
    const withheld = byTheBook(counts);
    const values = keptValues(counts, withheld, (table) => isSame(byTheBook(table), withheld));
    expect(Math.min(...values)).toBeLessThan(6);
  });

  it('does not get out through a release: under some key, tables with six values for it are withheld in the same places', () => {
    const withheld = byRelease(counts, 'the key of the office');
    const keys = Array.from({ length: keysTried }, (_, n) => `a key of the attacker's, ${n}`);
    const all = keptValues(counts, withheld, (table) => keys.some((key) => isSame(byRelease(table, key), withheld)));
    expect(all.length).toBeGreaterThan(0);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(6);
  }, 120_000);
});

describe('A16: what a cell was before', () => {
  it.each([
    ['withheld, and large with late records', [40, 30, 4], [40, 30, 14], 'D3', 'shown'],
    ['a zero, and small with late records', [40, 0, 20], [40, 2, 20], 'D2', 'hidden'],
    ['large, and small with withdrawals', [40, 12, 20], [40, 9, 20], 'D2', 'hidden'],
  ] as const)('%s: counted again it changes sides, in a release it stands', (_, then, now, district, naive) => {
    const first = entryOf(requestOf(city, week(1), [weekly(0, [[40, 30, 20], then])]));
    const request = requestOf(city, week(2), [weekly(0, [[40, 30, 20], now, [50, 50, 50]])], [first]);
    const at = { observed_week: week(1), district_id: district };
    const { system, candidates } = naively({ ...request, ledger: [] });
    const key = candidates[0]?.grid.cells.find(
      (cell) => cell.at['observed_week'] === week(1) && cell.at['district_id'] === district,
    )?.key;
    const before = shown(tableOf(first, weekByDistrict.name), at);
    expect(system.byKey.get(key ?? '')?.state).toBe(naive);
    expect(before === undefined).toBe(naive === 'shown');
    expect(shown(tableOf(entryOf(request), weekByDistrict.name), at)).toBe(before);
  });

  it('a map drawn anew every week has other regions, and one that is kept has the same, some of them as one', () => {
    const crowded = inventedCity();
    const incidents = incidentsOf(crowded, 40, 150, 5);
    const mapOf = (request: ReleaseRequest) => tableOf(entryOf(request), byMap.name);
    const areasOf = ({ regions = [] }: ReleasedTable) => regions.map(({ cells }) => cells);
    const mapAndWeeks = (request: ReleaseRequest): ReleaseRequest => ({
      ...request,
      tables: request.tables.filter(({ query }) => query.name === byMap.name || query.name === weekByDistrict.name),
    });
    const request = mapAndWeeks(weeklyRequest(crowded, incidents, 27, []));
    const fresh = mapAndWeeks(weeklyRequest(crowded, incidentsOf(crowded, 40, 50, 3), 31, []));
    const first = mapOf(request);
    expect(areasOf(mapOf(fresh))).not.toEqual(areasOf(first));
    const later = mapOf({ ...fresh, ledger: [entryOf(request)] });
    // A region that stood is never cut: it stands again, or is part of a larger one. What was joined is shown.
    for (const cells of areasOf(first))
      expect(areasOf(later).filter((area) => cells.some((cell) => area.includes(cell)))).toHaveLength(
        cells.length === 0 ? 0 : 1,
      );
    expect(areasOf(later).flat().sort()).toEqual(areasOf(first).flat().sort());
    expect(areasOf(later).length).toBeLessThan(areasOf(first).length);
    expect(later.cells.every(({ value }) => value.kind === 'count')).toBe(true);
  }, 60_000);
});
