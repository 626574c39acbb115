/**
 * What is shipped of each function. `bundle.<function>`: kilobytes (1000 bytes) of its minified module; reference: what the intake may have. `bundle.<function>.init-ratio`: how long a process
 * takes from its start until the module is loaded, its clients, schemas and city included, over the same with an empty handler; both processes have loaded `node:http` before, as Lambda's
 * runtime client does before any handler (aws-lambda-ric 4). Runs alternate; the figure is the median of the ratios of neighbours. On Node 24, which Lambda has, where `npx` has it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env as receiveReports } from '#functions/receive-reports/env.ts';
import { bundleFunction } from '../../lib/bundle-function.ts';
import { functionNames } from '../../lib/service-stack.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { type Figure, figure } from './figure.ts';

const budgetKb = 650;
const runs = 15;

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

/** Milliseconds until a process has loaded the module. Throws when it does not load. */
function loadMs(node: string, module: string, folder: string): number {
  const surroundings: NodeJS.ProcessEnv = { PATH: process.env['PATH'], AWS_REGION: 'us-west-2' };
  for (const name of receiveReports) surroundings[name] = name === 'TOKEN_ISSUER' ? 'https://issuer.example' : 'bench';
  const start = performance.now();
  const { status, stderr } = spawnSync(
    node,
    ['--input-type=module', '-e', `import 'node:http'; await import(${JSON.stringify(pathToFileURL(module).href)});`],
    { cwd: folder, env: surroundings, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the bundle does not load: ${stderr}`);
  return performance.now() - start;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export async function benchBundles(): Promise<readonly Figure[]> {
  const under = mkdtempSync(join(tmpdir(), 'ledger-bundles-'));
  const figures: Figure[] = [];
  try {
    for (const name of functionNames) {
      const folder = join(under, name);
      await bundleFunction(name, fixtureCity(), folder);
      figures.push(figure(`bundle.${name}`, statSync(join(folder, 'handler.mjs')).size / 1000, 'KB', budgetKb));
    }
    const empty = join(under, 'empty.mjs');
    writeFileSync(empty, 'export const handler = async () => ({ statusCode: 204 });\n');
    const node = node24();
    const folder = join(under, 'receive-reports');
    const handler = join(folder, 'handler.mjs');
    for (const module of [empty, handler]) loadMs(node, module, folder);
    const ratios = Array.from({ length: runs }, () => {
      const bare = loadMs(node, empty, folder);
      return loadMs(node, handler, folder) / bare;
    });
    figures.push(figure('bundle.receive-reports.init-ratio', median(ratios), '×', 2));
    return figures;
  } finally {
    rmSync(under, { recursive: true, force: true });
  }
}
