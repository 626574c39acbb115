/** `npm start`: the whole city on this machine. See `--help`. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockData } from '#adapters/local/data-lock.ts';
import { readArguments, usage } from './local/arguments.ts';
import { cityFolder } from './local/city-folder.ts';
import { openCity } from './local/city-host.ts';
import { closingTable } from './local/closing-table.ts';
import { DropFolder } from './local/drop-folder.ts';
import { listen } from './local/http-host.ts';
import { mainJob } from './local/main-job.ts';
import { Progress } from './local/progress.ts';
import { startSchedules } from './local/schedule.ts';
import { StartError } from './local/start-error.ts';
import { explain } from './local/trouble.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const closing: (() => Promise<void> | void)[] = [];
let jobDone = false;
let stopping: Promise<void> | undefined;

/** Stops everything in the opposite order of starting; a second signal does not start it twice. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const close of closing.reverse()) await close();
  })();
  return stopping;
}

async function main(): Promise<void> {
  const read = readArguments(process.argv.slice(2));
  if ('help' in read) {
    console.log(usage);
    return;
  }
  if ('wrong' in read) throw new StartError(`${read.wrong}\n\n${usage}`);
  // Whoever else has an account on this machine reads nothing of it: agency files and lake rows are kept unsealed.
  process.umask(0o077);
  const dataDir = resolve(read.data);
  const city = cityFolder(root, read.city);
  for (const file of read.foia)
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new StartError(`there is no file ${file}`);

  const lock = lockData(dataDir);
  if (!lock.held)
    throw new StartError(
      `another city (process ${lock.pid}) is running on ${read.data}; stop it or choose another --data`,
    );
  closing.push(() => lock.release());
  const host = await openCity(root, dataDir, city);
  closing.push(() => host.close());
  const server = await listen(host.door, read.port);
  closing.push(() => server.close());

  console.log(`\n  ${city.name}: enforcement activity ledger, on ${server.url} (Ctrl-C stops)\n`);
  const progress = new Progress();
  host.pump.start();
  const drops = new DropFolder(dataDir, host.receiveFoia);
  closing.push(() => drops.stop());
  const facts = await mainJob({ host, drops, url: server.url, dataDir, foia: read.foia, progress });
  jobDone = true;
  console.log(closingTable({ ...facts, url: server.url, data: relative(process.cwd(), dataDir) || '.', sample: true }));
  if (read.once) {
    await stop();
    return;
  }
  drops.watch();
  closing.push(startSchedules(city.timeZone, (started, event) => host.scheduled[started](event)));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    console.log(
      jobDone
        ? '\n  stopped'
        : '\n  stopped before the job was done; what was acknowledged is kept, start again to go on',
    );
    void stop().finally(() => process.exit(jobDone ? 0 : 130));
  });
}

/** Says in a line what went wrong and ends; a store on a full disk may never close, so the end does not wait for it for long. */
function fail(cause: unknown): void {
  if (stopping) return;
  console.error(`\n  ${explain(cause)}\n`);
  // The library of the store writes faults of its own, with their stacks, while it closes: what there is to say was said.
  console.error = () => undefined;
  setTimeout(() => process.exit(1), 3000);
  void stop()
    .catch(() => undefined)
    .finally(() => process.exit(1));
}

// Also a fault that nobody waits for, such as a write of the store behind an answer.
process.on('uncaughtException', fail);
main().catch(fail);
