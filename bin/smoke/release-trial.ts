/** The dry run of the release, from outside: at home by its address, in the cloud by calling the function under the name that only tries. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Sender } from './sender.ts';

const outcome = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: z.object({ code: z.string() }) }),
]);

export const trialAtHome = (officer: Sender) => async (): Promise<unknown> => {
  const { status, text } = await officer.send('POST', '/home/release/dry-run');
  if (status !== 200) throw new Error(`the dry run of the release answered ${status}`);
  return JSON.parse(text);
};

/** Uses the `aws` command line and whatever credentials it finds; they need the policy `ledger-<stage>-smoke-test` and nothing else. */
export const trialInCloud = (functionName: string, now: () => Date) => async (): Promise<unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'release-trial-'));
  const answer = join(folder, 'answer.json');
  const event = { scheduled_time: now().toISOString(), execution_id: 'smoke-test', dry_run: true };
  const payload = ['--payload', JSON.stringify(event), '--cli-binary-format', 'raw-in-base64-out'];
  // The function has a quarter of an hour; the command line must not give up before, nor call twice.
  const patience = ['--cli-read-timeout', '900'];
  try {
    const args = ['lambda', 'invoke', '--function-name', functionName, ...payload, ...patience, answer];
    await promisify(execFile)('aws', args, { env: { ...process.env, AWS_MAX_ATTEMPTS: '1' } });
    const read = outcome.safeParse(JSON.parse(readFileSync(answer, 'utf8')));
    if (!read.success) throw new Error('the function ended with a fault: see its log');
    if (!read.data.ok) throw new Error(`the release was refused: ${read.data.problem.code}`);
    return read.data.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
