import { beforeEach, describe } from 'vitest';
import { lakeContract } from '../adapters/lake.contract.ts';
import { type BothEngines, bothEngines, bothStand } from './both-engines.ts';

let engines: BothEngines;
beforeEach(async () => {
  if (bothStand) engines = await bothEngines();
});

describe.skipIf(!bothStand)('the lake in S3 under Trino', () => {
  lakeContract(() => ({
    lake: engines.lake,
    engine: {
      async run(asked) {
        await engines.trino.findPartitions();
        return engines.trino.run(asked);
      },
    },
  }));
});
