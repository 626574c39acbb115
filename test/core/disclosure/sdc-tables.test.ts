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
  it.each(['TARGUS', 'TABLE8', 'TABLE7'])(
    '%s: every protection level is met and proven',
    async (name) => {
      const highs = await solver(assets(fileURLToPath(new URL('../../../', import.meta.url))))();
      const { cells, value, primary, met, faults } = protectSdc(sdcTable(name), highs);
      const best = bestKnown.get(name);
      const known = best ? `${best.cells} cells or a value of ${best.value}` : 'not known';
      process.stdout.write(
        `${name}: ${cells} cells of value ${value} withheld beside ${primary}; the best: ${known}\n`,
      );
      expect(faults).toEqual([]);
      expect(met).toBe(primary);
      expect(cells).toBeGreaterThan(0);
    },
    120_000,
  );
});
