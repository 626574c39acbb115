/**
 * Seeded faults around the real intake: every port call may be throttled, lose its answer or end in a crash before or after its effect, while twins and
 * rivals send at once. One seed is one run; `SEED=7 SEEDS=20000 npx vitest run test/system/faults.test.ts` repeats or widens.
 */
import { describe, expect, it } from 'vitest';
import { mutants } from './fault-mutants.ts';
import { runSeed } from './fault-world.ts';

const first = Number(process.env['SEED'] ?? 1);
const seeds = Number(process.env['SEEDS'] ?? 40);
/** A mutant is looked for in this many runs; each of those below is found in the first few. */
const mutantSeeds = 60;

describe('the intake under faults', () => {
  it(`keeps every promise in ${seeds} seeded runs from ${first}`, async () => {
    let faults = 0;
    let acknowledged = 0;
    for (let seed = first; seed < first + seeds; seed++) {
      const run = await runSeed(seed);
      expect(run.broken, `SEED=${seed} SEEDS=1`).toEqual([]);
      faults += run.faults;
      acknowledged += run.acknowledged;
    }
    expect(faults).toBeGreaterThan(seeds);
    expect(acknowledged).toBeGreaterThan(seeds);
  }, 600_000);

  it('gives the same run for the same seed', async () => {
    expect(await runSeed(first)).toEqual(await runSeed(first));
  });

  it.each(Object.entries(mutants))(
    'would notice: %s',
    async (_, mutant) => {
      let caught: readonly string[] = [];
      for (let seed = 1; seed <= mutantSeeds && caught.length === 0; seed++)
        caught = (await runSeed(seed, mutant)).broken;
      expect(caught).not.toEqual([]);
    },
    120_000,
  );
});
