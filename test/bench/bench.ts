/** `npm run bench [-- --json FILE] [--only PREFIX]`: every figure with the machine it was taken on and the bare figure from the same run. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBundles } from './bundles.ts';
import { benchDisclosure } from './disclosure.ts';
import type { Figure } from './figure.ts';
import { benchFoia } from './foia.ts';
import { benchIntake } from './intake.ts';
import { benchLake } from './lake.ts';
import { benchRelease } from './release.ts';
import { benchStart } from './start.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', default: '' } } });
const benches: Record<string, () => Promise<readonly Figure[]>> = {
  intake: benchIntake,
  foia: benchFoia,
  lake: benchLake,
  disclosure: benchDisclosure,
  release: benchRelease,
  start: benchStart,
  bundle: benchBundles,
};

console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`,
);
console.log(
  `${'name'.padEnd(34)} ${'value'.padStart(10)} ${'unit'.padEnd(10)} ${'reference'.padStart(10)} ${'ratio'.padStart(8)}`,
);
const figures: Figure[] = [];
for (const [room, bench] of Object.entries(benches)) {
  if (!room.startsWith(values.only)) continue;
  for (const taken of await bench()) {
    figures.push(taken);
    console.log(
      `${taken.name.padEnd(34)} ${String(taken.value).padStart(10)} ${taken.unit.padEnd(10)} ${String(taken.reference).padStart(10)} ${String(taken.ratio).padStart(8)}`,
    );
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
