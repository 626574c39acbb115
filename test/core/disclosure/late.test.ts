import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { LateRecords } from '#core/disclosure/released-table.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { entryOf, firstWeek, inventedCity, rawCounts, requestOf, weekByDistrict } from './fixture.ts';

const city = inventedCity(3, 9);
const week = (n: number): Week => weekPlus(firstWeek, n);
const released = [
  [40, 30, 20],
  [25, 20, 15],
  [50, 40, 30],
];
const weekly = (rows: readonly (readonly number[])[]) =>
  rawCounts(
    weekByDistrict,
    week(0),
    week(rows.length - 1),
    rows.flatMap((counts, n) => counts.map((count, d) => [week(n), `D${d + 1}`, count])),
  );

/** The release of one more week, when the released weeks count so many more in these cells today. */
function next(ledger: readonly LedgerEntry[], more: Readonly<Record<string, number>>): LedgerEntry {
  const rows = Array.from({ length: 2 + ledger.length }, (_, n) => released[n] ?? [60, 50, 40]);
  const now = rows.map((counts, n) => counts.map((count, d) => count + (more[`${n} ${d}`] ?? 0)));
  const recount = ledger.length ? { recount: weekly(now.slice(0, -1)) } : {};
  return entryOf({ ...requestOf(city, week(rows.length - 1), [weekly(now)], ledger), ...recount });
}
function lateAfter(...changes: Readonly<Record<string, number>>[]): LateRecords | undefined {
  const ledger: LedgerEntry[] = [];
  for (const more of changes) ledger.push(next(ledger, more));
  return ledger.at(-1)?.content.late;
}

describe('late records', () => {
  it('are not spoken of in a first release', () => {
    expect(lateAfter({})).toBeUndefined();
  });

  it('wait while they are few: how many weeks they concern is said, how many they are is not', () => {
    expect(lateAfter({}, { '0 0': 3, '1 2': 5 })).toEqual({ weeks: 2 });
  });

  it('change nothing in the weeks that were released', () => {
    const first = next([], {});
    const second = next([first], { '0 0': 30 });
    const cells = (entry: LedgerEntry) =>
      entry.content.tables[0]?.cells.filter(({ at }) => at['observed_week'] === week(0));
    expect(cells(second)).toEqual(cells(first));
  });

  it('are published together once they are eleven', () => {
    expect(lateAfter({}, { '0 0': 6, '1 2': 5 })).toEqual({
      weeks: 0,
      batch: { from: week(0), to: week(1), change: 11 },
    });
  });

  it('are published once: what comes after a batch waits for the next', () => {
    expect(lateAfter({}, { '0 0': 12 }, { '0 0': 15 })).toEqual({ weeks: 1 });
    expect(lateAfter({}, { '0 0': 12 }, { '0 0': 15 }, { '0 0': 15, '2 1': 8 })).toEqual({
      weeks: 0,
      batch: { from: week(0), to: week(3), change: 11 },
    });
  });

  it('count withdrawals against additions, and both as a change of their week', () => {
    expect(lateAfter({}, { '0 0': 12, '1 1': -4 })).toEqual({ weeks: 2 });
    expect(lateAfter({}, { '0 0': 4, '0 1': -4 })).toEqual({ weeks: 1 });
    expect(lateAfter({}, { '0 0': -13 })).toMatchObject({ batch: { change: -13 } });
  });

  it('say no more than "five weeks or more", which leaves six values to ten waiting records', () => {
    const one = Object.fromEntries(released.map((_, n) => [`${n} 0`, 1]));
    const seven = { ...one, '3 0': 1, '4 0': 1, '5 0': 1, '6 0': 1 };
    expect(lateAfter({}, {}, {}, {}, {}, {}, seven)).toEqual({ weeks: 5, more: true });
  });
});
