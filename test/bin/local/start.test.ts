import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockData } from '#adapters/local/data-lock.ts';
import { emptyHome } from '../../adapters/local-home.ts';

const taken = createServer();
let port = 0;
beforeAll(async () => {
  await once(taken.listen(0), 'listening');
  const address = taken.address();
  port = typeof address === 'object' && address ? address.port : expect.fail();
});
afterAll(() => void taken.close());

/** `npm start` as a person types it, on a port that is taken, so that it ends by itself. */
async function started(dataDir: string): Promise<{ code: number; said: string }> {
  const words = ['--import', 'tsx', 'bin/local.ts', '--once', '--data', dataDir, '--port', String(port)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: Number(code), said };
}

describe('npm start', () => {
  it('says that the port is taken, without a stack, and has made nothing that another account can read', async () => {
    const dataDir = emptyHome();
    const { code, said } = await started(dataDir);
    expect(code).toBe(1);
    expect(said.trim()).toBe(`port ${port} is taken by another program; choose another with --port`);
    const made = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    expect(made).toContain('credentials.json');
    expect(made.filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0)).toEqual([]);
  });

  it('leaves alone the data of a city that runs', async () => {
    const dataDir = emptyHome();
    const lock = lockData(dataDir);
    const { code, said } = await started(dataDir);
    expect(code).toBe(1);
    expect(said).toContain(`another city (process ${process.pid}) is running`);
    expect(readdirSync(dataDir)).toEqual(['lock']);
    if (lock.held) lock.release();
  });
});
