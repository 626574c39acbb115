/**
 * `npm run test:engines`: the contract suites of the ports on the adapters of the cloud, against real engines that others wrote. Fetches what is not in the user's cache yet, starts it on
 * free ports, runs the cases, stops it. An engine whose program is missing is named and skipped; where `CI` is set that is a failure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { dynamodbLocal } from './dynamodb-local.ts';
import { type Engine, install, missingProgram, type Running } from './engine.ts';
import { moto } from './moto.ts';
import { node24 } from './node24.ts';
import { versitygw } from './versitygw.ts';

const engines: readonly Engine[] = [dynamodbLocal, versitygw, moto, node24];
type Tally = { passed: number; failed: number; skipped: number };

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const waitingLineMs = 20_000;

/** Fetches an engine unless its program is missing, and says every while that it still does; undefined when it is skipped. */
async function fetchOf(engine: Engine): Promise<{ readonly engine: Engine; readonly installed: string } | undefined> {
  const missing = await missingProgram(engine);
  if (missing !== undefined) {
    console.log(`  ${engine.name} ${engine.version}: skipped, ${missing} is not on this machine`);
    return undefined;
  }
  const since = performance.now();
  const still = setInterval(
    () => console.log(`  ${engine.name} ${engine.version}: still fetching after ${seconds(since)}`),
    waitingLineMs,
  );
  try {
    return { engine, installed: await install(engine) };
  } finally {
    clearInterval(still);
    console.log(`  ${engine.name} ${engine.version}: fetched or found in ${seconds(since)}`);
  }
}

async function begin(engine: Engine, installed: string, folder: string): Promise<Running> {
  const started = performance.now();
  const running = await engine.start(installed, mkdtempSync(join(folder, `${engine.name}-`)));
  console.log(`  ${engine.name} ${engine.version}: ready in ${seconds(started)}`);
  return running;
}

async function main(): Promise<number> {
  const since = performance.now();
  const work = mkdtempSync(join(tmpdir(), 'engines-'));
  const running = new Map<string, Running>();
  const stopAll = async () => {
    await Promise.all([...running.values()].map((engine) => engine.stop()));
    running.clear();
    rmSync(work, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  try {
    // Fetched side by side, because a first run waits for the network and for compilers; started one after the other.
    for (const fetched of await Promise.all(engines.map(fetchOf))) {
      if (!fetched) continue;
      const { engine, installed } = fetched;
      const started = await begin(engine, installed, work);
      running.set(engine.name, started);
      const variable = `ENGINE_${engine.name.toUpperCase().replaceAll('-', '_')}`;
      process.env[variable] = started.url;
      process.env[`${variable}_FOLDER`] = started.folder;
    }
    const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
    const vitest = await startVitest('test', process.argv.slice(2), { config, watch: false, run: true });
    const tallies = new Map<string, Tally>(engines.map(({ name }) => [name, { passed: 0, failed: 0, skipped: 0 }]));
    let broken = 0;
    for (const module of vitest.state.getTestModules()) {
      const tally = tallies.get(module.moduleId.split('/').at(-2) ?? '');
      if (!tally) throw new Error(`${module.moduleId} lies in the folder of no engine`);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        tally[state === 'passed' ? 'passed' : state === 'failed' ? 'failed' : 'skipped'] += 1;
      }
      // A hook that failed leaves its cases unrun, which must not look like cases left out.
      if (!module.ok() && ![...module.children.allTests('failed')].length) broken += 1;
    }
    await vitest.close();
    const all: Tally = { passed: 0, failed: broken, skipped: 0 };
    for (const { name, version } of engines) {
      const tally = tallies.get(name) ?? { passed: 0, failed: 0, skipped: 0 };
      console.log(`  ${name} ${version}: ${tally.passed + tally.failed} cases${running.has(name) ? '' : ', not run'}`);
      all.passed += tally.passed;
      all.failed += tally.failed;
      all.skipped += tally.skipped;
    }
    const skippedInCi = Boolean(process.env['CI']) && running.size < engines.length;
    if (skippedInCi) console.log('  an engine was skipped, which is a failure where CI is set');
    console.log(`  engines suite: ${seconds(since)}`);
    console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
    return all.failed > 0 || all.passed === 0 || skippedInCi ? 1 : 0;
  } finally {
    await stopAll();
  }
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    console.error(cause);
    process.exit(1);
  },
);
