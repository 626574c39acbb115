/**
 * `npm run bench [-- --json FILE] [--only PREFIX]`: every figure, as soon as it is taken, with the machine it was taken on and the bare figure from the same run.
 * PREFIX is the beginning of a bench (`disclosure`, `disclosure.audit`) or of a figure (`disclosure.audit.5936`), whose bench then runs whole.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBundles } from './bundles.ts';
import { benchProtection, benchReleases } from './disclosure.ts';
import { benchAudits } from './disclosure-audit.ts';
import type { Figure } from './figure.ts';
import { benchFoia } from './foia.ts';
import { benchIntake } from './intake.ts';
import { benchLake } from './lake.ts';
import { benchRelease } from './release.ts';
import { benchSdc } from './sdc-protect.ts';
import { benchStart } from './start.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', default: '' } } });
const benches: Record<string, () => AsyncIterable<Figure> | Promise<readonly Figure[]>> = {
  intake: benchIntake,
  foia: benchFoia,
  lake: benchLake,
  'disclosure.release': benchReleases,
  'disclosure.audit': benchAudits,
  'disclosure.protect': benchProtection,
  'disclosure.sdc': benchSdc,
  release: benchRelease,
  start: benchStart,
  bundle: benchBundles,
};

const { only, json } = values;
const chosen = Object.entries(benches).filter(([name]) => name.startsWith(only) || only.startsWith(`${name}.`));
if (chosen.length === 0) throw new Error(`no bench begins with ${only}: ${Object.keys(benches).join(', ')}`);
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`,
);
console.log(
  `${'name'.padEnd(34)} ${'value'.padStart(10)} ${'unit'.padEnd(10)} ${'reference'.padStart(10)} ${'ratio'.padStart(8)}`,
);
const figures: Figure[] = [];
for (const [name, bench] of chosen)
  for await (const taken of await bench()) {
    if (!name.startsWith(only) && !taken.name.startsWith(only)) continue;
    figures.push(taken);
    console.log(
      `${taken.name.padEnd(34)} ${String(taken.value).padStart(10)} ${taken.unit.padEnd(10)} ${String(taken.reference).padStart(10)} ${String(taken.ratio).padStart(8)}`,
    );
    // Written each time: a run that is cut off keeps what it has measured.
    if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  }
