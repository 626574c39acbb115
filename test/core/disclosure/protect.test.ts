import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, historyOf } from '#core/disclosure/assemble.ts';
import { attack } from '#core/disclosure/attack.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
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

/** Every table that agrees with what is shown: does one of them give this cell another count? Exhaustive up to `most` per cell. */
function pinned(shown: ReadonlyMap<string, number>, cell: string, truth: number, most: number): boolean {
  const inner = rows.flatMap((row) => columns.map((column) => `${row} ${column}`));
  const value = new Map<string, number>();
  const sumsFit = (): boolean => {
    const sum = (names: string[]) => names.reduce((total, name) => total + (value.get(name) ?? 0), 0);
    const fits = (name: string, names: string[]) => {
      const total = shown.get(name);
      const known = sum(names.filter((one) => value.has(one)));
      return total === undefined || (names.every((one) => value.has(one)) ? known === total : known <= total);
    };
    return (
      rows.every((row) =>
        fits(
          `${row} *`,
          columns.map((column) => `${row} ${column}`),
        ),
      ) &&
      columns.every((column) =>
        fits(
          `* ${column}`,
          rows.map((row) => `${row} ${column}`),
        ),
      ) &&
      fits('* *', inner)
    );
  };
  const order = [cell, ...inner.filter((name) => name !== cell)];
  const search = (at: number): boolean => {
    const name = order[at];
    if (name === undefined) return true;
    const known = shown.get(name);
    for (let count = 0; count <= most; count++) {
      if ((known !== undefined && count !== known) || (name === cell && count === truth)) continue;
      value.set(name, count);
      if (sumsFit() && search(at + 1)) return true;
    }
    value.delete(name);
    return false;
  };
  return !search(0);
}

describe('what protection releases', () => {
  it('pins no small count of a small table, by trying every table that agrees with it', () => {
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
            expect(pinned(shown, cell, truth, 32)).toBe(false);
          }
        },
      ),
      { numRuns: 40, seed: 5 },
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
  });

  it('shows nearly all incidents of a map in true counts', () => {
    const city = inventedCity();
    const entry = entryOf(weeklyRequest(city, incidentsOf(city, 30, 150, 8), 27, []));
    const map = entry.content.tables.find(({ query }) => query === byMap.name);
    const whole = map?.cells.find(({ at }) => at['h3_cell'] === '*')?.value;
    expect(map && whole?.kind === 'count' && usefulnessOf(map, whole.count).incidentsShown).toBeGreaterThan(0.95);
  });

  it('chooses the same cells for the same key', () => {
    const city = inventedCity();
    const request = weeklyRequest(city, incidentsOf(city, 30, 120, 4), 27, []);
    expect(entryOf(request).hash).toBe(entryOf(request).hash);
    expect(weekPlus(firstWeek, 27)).toBe(request.week);
  });
});
