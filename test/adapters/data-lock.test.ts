import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { lockData } from '#adapters/local/data-lock.ts';
import { emptyHome } from './local-home.ts';

it('gives the lock to one and tells the other who has it', () => {
  const dataDir = emptyHome();
  const first = lockData(dataDir);
  expect(first.held).toBe(true);
  expect(lockData(dataDir)).toEqual({ held: false, pid: process.pid });
  if (first.held) first.release();
  expect(lockData(dataDir).held).toBe(true);
});

it('takes the lock of a process that was killed, and not of one that lives', async () => {
  const dataDir = emptyHome();
  const module = JSON.stringify(new URL('../../lambdas/adapters/local/data-lock.ts', import.meta.url).href);
  const program = `const { lockData } = await import(${module}); console.log(lockData(${JSON.stringify(dataDir)}).held); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(lockData(dataDir)).toEqual({ held: false, pid: child.pid });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(lockData(dataDir).held).toBe(true);
}, 60_000);
