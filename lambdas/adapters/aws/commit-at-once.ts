/** The commit of a submission that fits one transaction: receipt, accept event, clock, heads and versions, all or nothing. */
import { randomUUID } from 'node:crypto';
import type { Receipt } from '#core/domain/submission.ts';
import type { Committed } from '#core/ports.ts';
import { pause } from './client-settings.ts';
import { settleClaim } from './commit-by-intent.ts';
import { type CommitPlan, clockPlace, headIs, later, receiptPlace, receiptPuts } from './commit-plan.ts';
import { claimIn, headItem, receiptIn, receiptKey, versionItem } from './report-items.ts';
import { type ConditionalPut, type ReportTable, ReportTableError } from './report-table.ts';

/** What one transaction of the service takes. */
export const serviceActionsMax = 100;
/** The service takes 4 MB; what the keys and indexes add is kept free. */
const bytesMax = 3_000_000;
const triesMax = 12;

function putsOf({ commitment, versions, steps }: CommitPlan, receipt: Receipt): readonly ConditionalPut[] {
  const origin = { submissionId: receipt.submissionId, raw: receipt.raw, firstAt: commitment.at };
  return [
    ...receiptPuts(receipt),
    ...[...steps.values()].map(({ expected, head }) => ({ item: headItem(head), condition: headIs(expected) })),
    ...versions.map((version, at) => ({
      item: versionItem(version, at + 1, { ...origin, receivedAt: receipt.receivedAt }),
    })),
  ];
}

/** Whether the submission fits one transaction. */
export const fitsAtOnce = ({ versions, steps }: CommitPlan, actionsMax: number): boolean =>
  3 + steps.size + versions.length <= actionsMax &&
  versions.reduce((sum, version) => sum + JSON.stringify(version).length, 0) <= bytesMax;

/** Commits in one transaction. Whatever fails, the receipt is read back: one that stands is the answer. */
export async function commitAtOnce(table: ReportTable, plan: CommitPlan): Promise<Committed> {
  const { receipt: asked, at } = plan.commitment;
  const firstHead = receiptPuts({ ...asked, receivedAt: at }).length;
  let receivedAt = at;
  let last: unknown;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const receipt: Receipt = { ...asked, receivedAt };
    const end = await table.transact(putsOf(plan, receipt), randomUUID()).catch(async (cause: unknown) => {
      // The answer was lost; the write may not have been.
      if (await table.get(receiptKey(asked.submissionId))) return { end: 'busy' as const, cause };
      throw cause;
    });
    if (end.end === 'written') return { outcome: 'committed', receipt };
    const standing = await table.get(receiptKey(asked.submissionId));
    if (standing) return { outcome: 'exists', receipt: receiptIn(standing) };
    if (end.end === 'busy') {
      last = end.cause;
      await pause(attempt, 25, 1_000);
      continue;
    }
    if (end.refused.has(receiptPlace)) throw new ReportTableError('a receipt stands and cannot be read');
    const clock = end.refused.get(clockPlace);
    receivedAt = later(receivedAt, clock?.['last_at']?.S);
    for (const [place, item] of end.refused) {
      if (place < firstHead) continue;
      const claim = item && claimIn(item);
      if (!claim || attempt === triesMax) return { outcome: 'conflict' };
      const settled = await settleClaim(table, item, claim, at);
      if (settled === 'committed') return { outcome: 'conflict' };
      if (settled === 'live') await pause(attempt, 50, 1_000);
    }
  }
  throw new ReportTableError('the table was busy for too long', { cause: last });
}
