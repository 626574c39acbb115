/**
 * What is shipped of each function. `bundle.<function>`: kilobytes (1000 bytes) of its minified modules, those that it loads later included; reference: what the intake may have. `bundle.<function>.init`: milliseconds
 * from the start of a process until Lambda's own runtime client, on Node of Lambda's line, has loaded the function and asks for its first event, which is what Lambda counts as init; reference: the same with an
 * empty handler, whose process ran just before. `bundle.receive-reports.init-ratio` is that ratio beside what it may be. Medians of alternate runs. Node and the runtime client are fetched into the user's cache; where
 * they cannot be, a line says so and only sizes are given.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionName } from '#functions/triggers.ts';
import { bundleFunction } from '../../lib/bundle-function.ts';
import { envs, functionNames } from '../../lib/service-stack.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { type Figure, figure } from './figure.ts';
import { lambdaRuntime, type Runtime } from './runtime-client.ts';

const budgetKb = 650;
const mostTimesEmpty = 2;
/** Pairs of runs, for the function whose ratio is promised and for the others. */
const runs = { promised: 15, others: 5 } as const;
const promised: FunctionName = 'receive-reports';

function surroundings({ url }: Runtime, names: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    // Some functions read a secret while they start: what is measured is the function and not a network.
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  };
  for (const name of names) env[name] = /^TOKEN_/.test(name) ? 'https://issuer.example' : 'bench';
  return env;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** An empty handler and a function, one after the other. */
async function sideBySide(runtime: Runtime, empty: string, folder: string, name: FunctionName) {
  const env = surroundings(runtime, envs[name]);
  const pair = async () => {
    const bare = await runtime.initMs(empty, env);
    return { bare, full: await runtime.initMs(folder, env) };
  };
  await pair();
  const pairs = [];
  for (let run = 0; run < (name === promised ? runs.promised : runs.others); run++) pairs.push(await pair());
  return {
    ms: median(pairs.map(({ full }) => full)),
    emptyMs: median(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ bare, full }) => full / bare)),
  };
}

const bytesOf = (folder: string): number =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0);

export async function benchBundles(): Promise<readonly Figure[]> {
  const under = mkdtempSync(join(tmpdir(), 'ledger-bundles-'));
  const runtime = await lambdaRuntime().catch((cause: Error) => {
    console.log(`how long functions take to start is not measured: ${cause.message}`);
    return undefined;
  });
  const figures: Figure[] = [];
  try {
    const empty = join(under, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, 'handler.mjs'), 'export const handler = async () => ({ statusCode: 204 });\n');
    for (const name of functionNames) {
      const folder = join(under, name);
      await bundleFunction(name, fixtureCity(), folder);
      figures.push(figure(`bundle.${name}`, bytesOf(folder) / 1000, 'KB', budgetKb));
      if (runtime === undefined) continue;
      const { ms, emptyMs, ratio } = await sideBySide(runtime, empty, folder, name);
      figures.push(figure(`bundle.${name}.init`, ms, 'ms', emptyMs));
      if (name === promised) figures.push(figure(`bundle.${name}.init-ratio`, ratio, '×', mostTimesEmpty));
    }
    return figures;
  } finally {
    runtime?.stop();
    rmSync(under, { recursive: true, force: true });
  }
}
