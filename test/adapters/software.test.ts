import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { codeOf } from '#adapters/anywhere/software.ts';

const folders: string[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'software-'));
  folders.push(folder);
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

it('hashes every source of disclosure control, in folders as well', async () => {
  cpSync('lambdas/core/disclosure', join(folder, 'lambdas/core/disclosure'), { recursive: true });
  const before = await codeOf(assets(folder));
  expect(before).toBe(await codeOf(assets(process.cwd())));
  writeFileSync(join(folder, 'lambdas/core/disclosure/audit/another.ts'), '');
  expect(await codeOf(assets(folder))).not.toBe(before);
});

it('hashes every module of a bundle, those that are loaded later as well', async () => {
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = 1;');
  writeFileSync(join(folder, 'part-A.mjs'), 'export const port = 1;');
  mkdirSync(join(folder, 'queries'));
  const before = await codeOf(assets(folder));
  writeFileSync(join(folder, 'part-A.mjs'), 'export const port = 2;');
  expect(await codeOf(assets(folder))).not.toBe(before);
});
