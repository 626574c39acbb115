/**
 * `npm run test:trino`: every question on the engine that Athena is, beside DuckDB. Starts an S3 server and Trino over it, fetching what is not in the user's cache yet, lets the sample city make its
 * lake, runs the cases, stops all. What is missing is named and the cases are skipped; where `CI` is set that is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { type Engine, install, missingProgram, type Running } from '../engines/engine.ts';
import { versitygw } from '../engines/versitygw.ts';
import { javaSince } from './java.ts';
import { javaLeast, trino } from './trino.ts';

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const work = mkdtempSync(join(tmpdir(), 'trino-'));
const running: Running[] = [];

/** What keeps an engine from being had, in words for a person. */
async function lacking(engine: Engine): Promise<string | undefined> {
  const program = await missingProgram(engine);
  return program === undefined
    ? undefined
    : `${engine.name} ${engine.version}: skipped, ${program} is not on this machine`;
}

async function begin(engine: Engine, note = ''): Promise<Running> {
  const since = performance.now();
  const installed = await install(engine);
  const fetched = seconds(since);
  const started = performance.now();
  const server = await engine.start(installed, mkdtempSync(join(work, `${engine.name}-`)));
  running.push(server);
  const variable = `ENGINE_${engine.name.toUpperCase()}`;
  process.env[variable] = server.url;
  process.env[`${variable}_FOLDER`] = server.folder;
  console.log(
    `  ${engine.name} ${engine.version}: fetched or found in ${fetched}, ready in ${seconds(started)}${note}`,
  );
  return server;
}

/** Runs the main job as `npm start` does, for the lake that it leaves. */
async function makeCity(): Promise<void> {
  const since = performance.now();
  const folder = join(work, 'city');
  const start = fileURLToPath(new URL('../../bin/local.ts', import.meta.url));
  const args = ['--import', 'tsx', start, '--once', '--port', '0', '--data', folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const stop = async () => void child.kill('SIGTERM');
  running.push({ url: '', folder, stop });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the sample city ended with ${code}:\n${said.slice(-2_000)}`);
  process.env['TRINO_CITY'] = folder;
  console.log(`  sample city: its main job is done in ${seconds(since)}`);
}

/** Starts what the cases need; answers false, and says why, when something cannot be had. */
async function prepare(): Promise<boolean> {
  const java = await javaSince(javaLeast);
  const missing = [
    await lacking(versitygw),
    await lacking(trino('', '')),
    java === undefined &&
      `trino ${trino('', '').version}: skipped, Java ${javaLeast} or newer is not on this machine (JAVA_HOME_TRINO names its folder)`,
  ].filter((each) => typeof each === 'string');
  for (const each of missing) console.log(`  ${each}`);
  if (missing.length > 0 || java === undefined) return false;
  const store = await begin(versitygw);
  await Promise.all([begin(trino(java, store.url), `, on ${java}`), makeCity()]);
  return true;
}

async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  rmSync(work, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const since = performance.now();
  const prepared = await prepare();
  const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
  const maxWorkers = Math.max(2, Math.min(4, availableParallelism()));
  const vitest = await startVitest('test', process.argv.slice(2), { config, watch: false, run: true, maxWorkers });
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const module of vitest.state.getTestModules()) {
    if (!module.ok() && module.errors().length > 0) tally.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      tally[state === 'passed' ? 'passed' : state === 'failed' ? 'failed' : 'skipped'] += 1;
    }
  }
  await vitest.close();
  const { passed, failed, skipped } = tally;
  console.log(`  trino ${trino('', '').version}: ${passed + failed} cases on Trino and DuckDB in ${seconds(since)}`);
  const skippedInCi = Boolean(process.env['CI']) && (!prepared || skipped > 0);
  if (skippedInCi) console.log('  something was skipped, which is a failure where CI is set');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || skippedInCi || (prepared && passed === 0) ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));
main()
  .finally(stopAll)
  .then(
    (code) => process.exit(code),
    (cause: unknown) => {
      console.error(cause);
      process.exit(1);
    },
  );
