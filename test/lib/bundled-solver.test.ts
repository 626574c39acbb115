import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunction, bundleModule } from '../../lib/bundle-function.ts';
import { fixtureCity } from '../fixtures/city.ts';

const wasm = 'node_modules/highs/build/highs.wasm';
let folder = '';
let inputs: readonly string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundled-solver-'));
  inputs = Object.keys((await bundleFunction('run-release', fixtureCity(), folder)).inputs);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('ships the solver with the function that releases', () => {
  expect(existsSync(join(folder, wasm))).toBe(true);
  expect(inputs).toContain('node_modules/highs/build/highs.mjs');
  expect(inputs).toContain('lambdas/adapters/anywhere/solver.ts');
});

it('solves from the shipped files and without the packages of this machine', async () => {
  await bundleModule('test/lib/solver-entry.ts', folder);
  expect(execFileSync(process.execPath, ['handler.mjs'], { cwd: folder, encoding: 'utf8' })).toBe('7\n');
}, 60_000);
