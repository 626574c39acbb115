import { describe, expect, it } from 'vitest';
import { gaussSuppression } from '../../bench/gauss-suppression.ts';
import { type SdcTable, sdcTable, sdcTableNames } from '../../bench/sdc-table.ts';

const secondary = (table: SdcTable) => {
  const cells = [...gaussSuppression(table)].filter((cell) => !table.primary.has(cell));
  return { cells: cells.length, value: cells.reduce((sum, cell) => sum + (table.values[cell] ?? 0), 0) };
};

describe('the reference pattern', () => {
  it('withholds a second cell of a line whose first would follow by subtraction, the smallest one', () => {
    const table: SdcTable = {
      name: 'line',
      values: [3, 20, 15, 38],
      equations: [
        [
          [0, 1],
          [1, 1],
          [2, 1],
          [3, -1],
        ],
      ],
      primary: new Set([0]),
      protection: new Map(),
    };
    expect([...gaussSuppression(table)]).toEqual([0, 2]);
  });

  it.skipIf(sdcTableNames.length === 0).each([
    ['TARGUS', 10, 1_111_157],
    ['TABLE8', 21, 121],
  ])('is that of GaussSuppression 1.2.3 on %s: %i cells of value %i', (name, cells, value) => {
    expect(secondary(sdcTable(name))).toEqual({ cells, value });
  });
});
