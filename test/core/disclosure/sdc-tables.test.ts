/** The benchmark tables beside the repository: every protection level met, by the auditor's certificate and the checker's word. The larger ones are left to the bench. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { protectSdc } from '../../bench/sdc-protect.ts';
import { bestKnown, sdcTable, sdcTableNames } from '../../bench/sdc-table.ts';

if (sdcTableNames.length === 0)
  process.stdout.write('the benchmark tables of cell suppression are not here: left out\n');

describe.skipIf(sdcTableNames.length === 0)('tables of the cell suppression literature', () => {
  it.each([
    ['TARGUS', 'cells', 7],
    ['TARGUS', 'value', 1_016_575],
    ['TABLE8', 'cells', 3],
    ['CBS', 'cells', 2],
  ] as const)(
    '%s: every protection level is met and proven, with the least %s',
    async (name, least, most) => {
      const highs = await solver(assets(fileURLToPath(new URL('../../../', import.meta.url))))();
      const { cells, value, primary, met, faults } = protectSdc(sdcTable(name), highs, least);
      const best = bestKnown.get(name);
      const known = best ? `${best.cells} cells or a value of ${best.value}` : 'not known';
      process.stdout.write(
        `${name}: ${cells} cells of value ${value} withheld beside ${primary}; the best known: ${known}\n`,
      );
      expect(faults).toEqual([]);
      expect(met).toBe(primary);
      expect(least === 'cells' ? cells : value).toBeLessThanOrEqual(most);
    },
    120_000,
  );

  it('TARGUS: the value said to be the best known protects no choice of cells', () => {
    const { values, equations, primary } = sdcTable('TARGUS');
    // A primary cell that is alone among the parts of a sum can rise only if another part falls, which is no zero then, or the sum rises.
    const least: { readonly cells: ReadonlySet<number>; readonly value: number }[] = [];
    for (const equation of equations) {
      const own = equation.filter(([cell]) => primary.has(cell));
      if (own.length !== 1 || own[0]?.[1] !== 1) continue;
      const others = equation.map(([cell]) => cell).filter((cell) => !primary.has(cell) && values[cell] !== 0);
      if (least.some(({ cells }) => others.some((cell) => cells.has(cell)))) continue;
      least.push({ cells: new Set(others), value: Math.min(...others.map((cell) => values[cell] ?? 0)) });
    }
    expect(least.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(bestKnown.get('TARGUS')?.value ?? 0);
  });
});
