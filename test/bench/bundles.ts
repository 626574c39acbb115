/**
 * What is shipped of each function. `bundle.<function>`: kilobytes (1000 bytes) of its minified module; reference: what the intake may have. `bundle.<function>.init`: milliseconds from the start of a process until the
 * module is loaded, its clients, schemas and city included; reference: the same with an empty handler, whose process ran just before. `bundle.receive-reports.init-ratio` is that ratio beside what it may be. Both
 * processes have required `node:http` before, as Lambda's runtime client does before any handler (aws-lambda-ric 4: required, not imported; importing it loads the whole of `fetch`, which is twice an empty process).
 * Medians of alternate runs, on Node 24, which Lambda has, where `npx` has it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionName } from '#functions/triggers.ts';
import { bundleFunction } from '../../lib/bundle-function.ts';
import { envs, functionNames } from '../../lib/service-stack.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { type Figure, figure } from './figure.ts';

const budgetKb = 650;
const mostTimesEmpty = 2;
/** Pairs of runs, for the function whose ratio is promised and for the others. */
const runs = { promised: 15, others: 5 } as const;
const promised: FunctionName = 'receive-reports';

/** Node of Lambda's line, or this one. */
function node24(): string {
  try {
    return execFileSync('npx', ['-y', 'node@24', '-p', 'process.execPath'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 120_000,
    }).trim();
  } catch {
    return process.execPath;
  }
}

/** Some functions read a secret while they start: this gives one, from this process, so that what is measured is the function and not a network. */
async function keeperOfSecrets(): Promise<{ readonly url: string; stop(): void }> {
  const secret = JSON.stringify({ Name: 'bench', SecretString: 'a'.repeat(64) });
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(secret);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

const starter = `import { createRequire } from 'node:module';
createRequire(import.meta.url)('node:http');
await import(process.argv[2]);
process.exit(0);
`;

type Place = { readonly node: string; readonly starter: string; readonly secrets: string };

/** Milliseconds until a process has loaded the module. Throws when it does not load. */
function loadMs({ node, starter: script, secrets }: Place, module: string, folder: string, env: readonly string[]) {
  const surroundings: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
  };
  for (const name of env) surroundings[name] = /^TOKEN_/.test(name) ? 'https://issuer.example' : 'bench';
  return new Promise<number>((resolve, reject) => {
    const start = performance.now();
    const child = spawn(node, [script, module], {
      cwd: folder,
      env: surroundings,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`the bundle does not load: ${said.slice(-1_000)}`));
    });
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** An empty handler and a function, one after the other. */
async function sideBySide(place: Place, under: string, name: FunctionName) {
  const folder = join(under, name);
  const [empty, handler] = [join(under, 'empty.mjs'), join(folder, 'handler.mjs')];
  const pair = async () => {
    const bare = await loadMs(place, empty, folder, envs[name]);
    return { bare, full: await loadMs(place, handler, folder, envs[name]) };
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

export async function benchBundles(): Promise<readonly Figure[]> {
  const under = mkdtempSync(join(tmpdir(), 'ledger-bundles-'));
  const keeper = await keeperOfSecrets();
  const figures: Figure[] = [];
  try {
    writeFileSync(join(under, 'empty.mjs'), 'export const handler = async () => ({ statusCode: 204 });\n');
    writeFileSync(join(under, 'starter.mjs'), starter);
    const place = { node: node24(), starter: join(under, 'starter.mjs'), secrets: keeper.url };
    for (const name of functionNames) {
      await bundleFunction(name, fixtureCity(), join(under, name));
      const bytes = statSync(join(under, name, 'handler.mjs')).size;
      figures.push(figure(`bundle.${name}`, bytes / 1000, 'KB', budgetKb));
      const { ms, emptyMs, ratio } = await sideBySide(place, under, name);
      figures.push(figure(`bundle.${name}.init`, ms, 'ms', emptyMs));
      if (name === promised) figures.push(figure(`bundle.${name}.init-ratio`, ratio, '×', mostTimesEmpty));
    }
    return figures;
  } finally {
    keeper.stop();
    rmSync(under, { recursive: true, force: true });
  }
}
