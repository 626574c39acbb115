import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attack } from '#core/disclosure/audit/attack.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import { usefulnessOf } from '#core/disclosure/usefulness.ts';
import { weekPlus } from '#core/domain/week.ts';
import {
  byMap,
  entryOf,
  firstWeek,
  incidentsOf,
  inventedCity,
  question,
  rawCounts,
  requestOf,
  weeklyRequest,
} from './fixture.ts';

const rows = ['a', 'b'];
const columns = ['x', 'y', 'z'];
const small = question('small_v1', [
  ['row', rows],
  ['column', columns],
]);

type Line = { readonly cells: readonly number[]; readonly total: number };

/** How many counts this inner cell has in the tables that agree with what is shown, by trying them all up to `most` per cell; stops at `enough`. */
function feasible(shown: ReadonlyMap<string, number>, cell: number, most: number, enough: number): number {
  const inner = rows.flatMap((row, r) => columns.map((column, c) => ({ row, column, at: r * columns.length + c })));
  const line = (name: string, cells: readonly { readonly at: number }[]): Line[] => {
    const total = shown.get(name);
    return total === undefined ? [] : [{ cells: cells.map(({ at }) => at), total }];
  };
  const lines = [
    ...rows.flatMap((row) =>
      line(
        `${row} *`,
        inner.filter((one) => one.row === row),
      ),
    ),
    ...columns.flatMap((column) =>
      line(
        `* ${column}`,
        inner.filter((one) => one.column === column),
      ),
    ),
    ...line('* *', inner),
    ...inner.flatMap((one) => line(`${one.row} ${one.column}`, [one])),
  ];
  const value: (number | undefined)[] = inner.map(() => undefined);
  /** What the lines still allow to a cell, given those already set. */
  const allowed = (at: number): readonly [number, number] => {
    let [low, high] = [0, most];
    for (const { cells, total } of lines) {
      if (!cells.includes(at)) continue;
      let rest = total;
      let open = 0;
      for (const one of cells) {
        if (one === at) continue;
        rest -= value[one] ?? 0;
        if (value[one] === undefined) open++;
      }
      high = Math.min(high, rest);
      low = Math.max(low, open === 0 ? rest : rest - open * most);
    }
    return [low, high];
  };
  const others = inner.map(({ at }) => at).filter((at) => at !== cell);
  const completes = (nth: number): boolean => {
    const at = others[nth];
    if (at === undefined) return true;
    const [low, high] = allowed(at);
    for (let count = low; count <= high; count++) {
      value[at] = count;
      if (completes(nth + 1)) return true;
    }
    value[at] = undefined;
    return false;
  };
  let found = 0;
  const [low, high] = allowed(cell);
  for (let count = low; count <= high && found < enough; count++) {
    value.fill(undefined);
    value[cell] = count;
    if (completes(0)) found++;
  }
  return found;
}

describe('what protection releases', () => {
  it('leaves six values to every small count of a small table, by trying every table that agrees with it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 30 })), {
          minLength: 6,
          maxLength: 6,
        }),
        (counts) => {
          const raw = rawCounts(
            small,
            firstWeek,
            firstWeek,
            rows.flatMap((row, r) => columns.map((column, c) => [row, column, counts[r * 3 + c] ?? 0])),
          );
          const [table] = entryOf(requestOf(inventedCity(3, 9), firstWeek, [raw])).content.tables;
          const shown = new Map<string, number>();
          for (const { at, value } of table?.cells ?? [])
            if (value.kind === 'count') shown.set(`${at['row']} ${at['column']}`, value.count);
          for (const [n, truth] of counts.entries()) {
            const cell = `${rows[Math.floor(n / 3)]} ${columns[n % 3]}`;
            if (truth < 1 || truth > 10) continue;
            expect(shown.has(cell)).toBe(false);
            expect(feasible(shown, n, 60, 6)).toBe(6);
          }
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  it('shows no count from 1 to 10, and leaves nothing to an attacker who holds every release', () => {
    const city = inventedCity();
    const incidents = incidentsOf(city, 40, 120, 3, 0.06);
    const ledger: LedgerEntry[] = [];
    for (let week = 27; week < 34; week++) ledger.push(entryOf(weeklyRequest(city, incidents, week, ledger)));
    for (const { content } of ledger)
      for (const { cells } of content.tables)
        for (const { value } of cells)
          if (value.kind === 'count') expect(value.count === 0 || value.count > 10).toBe(true);
    const system = assemble(historyOf(ledger), [], city, 11);
    expect(attack(system, { threshold: 11, feasibleIntegers: 6 }).disclosed).toEqual([]);
  }, 120_000);

  it('shows nearly all incidents of a map in true counts', () => {
    const city = inventedCity();
    const entry = entryOf(weeklyRequest(city, incidentsOf(city, 30, 150, 8), 27, []));
    const map = entry.content.tables.find(({ query }) => query === byMap.name);
    expect(map && usefulnessOf(map).inTrueCounts?.least).toBeGreaterThan(0.95);
  });

  it('chooses the same cells for the same key', () => {
    const city = inventedCity();
    const request = weeklyRequest(city, incidentsOf(city, 30, 120, 4), 27, []);
    expect(entryOf(request).hash).toBe(entryOf(request).hash);
    expect(weekPlus(firstWeek, 27)).toBe(request.week);
  });
});
