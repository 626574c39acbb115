/** From the second command to the first briefing on the shelf, in a child process with an empty data folder. Reference: an empty program of the same kind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, figure } from './figure.ts';

const tsx = join('node_modules', '.bin', 'tsx');

function run(args: readonly string[], stop?: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(tsx, args, { stdio: 'ignore' });
    const seen = setInterval(() => {
      if (stop?.()) done();
    }, 20);
    const done = (): void => {
      clearInterval(seen);
      resolve((performance.now() - start) / 1000);
      child.kill('SIGINT');
    };
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(seen);
      if (stop && !stop()) reject(new Error(`the program ended with ${code} before a briefing stood on the shelf`));
      else done();
    });
  });
}

export async function benchStart(): Promise<readonly Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'ledger-start-'));
  const shelf = join(data, 'shelf');
  const stands = (): boolean =>
    existsSync(shelf) && readdirSync(shelf).some((name) => existsSync(join(shelf, name, 'briefing.html')));
  try {
    const empty = await run(['-e', '0']);
    const first = await run(['bin/local.ts', '--once', '--port', '0', '--data', data], stands);
    return [figure('start.first-briefing', first, 's', empty)];
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
