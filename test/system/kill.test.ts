import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { receiptFeed } from '#adapters/local/receipt-feed.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import { emptyHome, storeOfItsOwn } from '../adapters/local-home.ts';

async function killedAfter(dataDir: string, run: string, receipts: number): Promise<string[]> {
  const script = new URL('./commit-loop.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    if (lines.length === receipts) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(reader, 'close')]);
  return lines.filter((line) => /^sub_\w{26} rep_\w{26}$/.test(line));
}

it('has every receipt it gave exactly once after a kill -9, and goes on', async () => {
  const dataDir = emptyHome();
  const given = [...(await killedAfter(dataDir, 'a', 200)), ...(await killedAfter(dataDir, 'b', 100))];
  expect(given.length).toBeGreaterThanOrEqual(300);
  const local = storeOfItsOwn(dataDir);
  const store = reportStore(local);
  const raw = rawObjects(local);
  const inFeed = new Map<string, number>();
  for (const { dynamodb } of await receiptFeed(local).read(0, 1_000_000)) {
    const id = dynamodb?.NewImage?.['submission_id']?.S ?? '';
    inFeed.set(id, (inFeed.get(id) ?? 0) + 1);
  }
  for (const line of given) {
    const [submission = '', report = ''] = line.split(' ');
    const receipt = await store.receipt(submission as SubmissionId);
    expect(receipt?.submissionId).toBe(submission);
    expect(inFeed.get(submission)).toBe(1);
    expect(await store.versions(report as ReportId)).toHaveLength(1);
    expect(await raw.get(receipt?.raw ?? '')).toBeDefined();
  }
}, 60_000);
