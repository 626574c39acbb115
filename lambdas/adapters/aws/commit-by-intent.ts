/**
 * The commit of a submission that does not fit one transaction (decisions/0010). One item, the receipt, decides; everything before it can be left lying.
 *
 * 1. An intent is opened: `submission → (raw object, epoch, open)`. Twins with the same raw object join it; another plan, or an attempt that was given up, opens the next epoch.
 * 2. Each report's head is claimed for this attempt, provided that it is still at the version the plan was made for. A head has at most one claim.
 * 3. The versions are written under keys that hold the raw object's hash. They count only if the receipt names that raw object.
 * 4. One transaction writes receipt, accept event, clock, and `intent → committed`, provided that the intent is still open in this epoch. This is the commit.
 * 5. The claims become heads. A crash before this is harmless: readers take a claim whose receipt stands for the head.
 *
 * Whoever meets a claim settles it by its intent: committed → it becomes the head; open and young → wait; open and old → the intent is closed first, which makes step 4 of its
 * owner fail for ever, and only then the claim is taken over. Nothing is ever deleted, and no step needs a clock to be right: age only decides how soon one gives up waiting.
 */
import { randomUUID } from 'node:crypto';
import { epochMs, type Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Committed } from '#core/ports.ts';
import { pause } from './client-settings.ts';
import { type CommitPlan, clockKeyOf, clockPlace, headIs, later, receiptPuts, type Step } from './commit-plan.ts';
import { inChunks } from './in-chunks.ts';
import {
  attemptOf,
  type Claim,
  claimIn,
  type Head,
  headIn,
  headItem,
  type Intent,
  type Item,
  intentIn,
  intentItem,
  intentKey,
  receiptIn,
  receiptKey,
  standOf,
  versionItem,
} from './report-items.ts';
import { absent, type ConditionalPut, type ReportTable, ReportTableError } from './report-table.ts';

/** An attempt older than this is given up by whoever meets it; a function that commits has half of it. */
const patienceMs = 60_000;
const triesMax = 12;
const waitsMax = 6;
const atATime = 32;

const stands = (intent: Intent): ConditionalPut['condition'] & object => ({
  expression: 'stand = :stand',
  values: { ':stand': { S: standOf(intent) } },
});
const claimedBy = (attempt: string): ConditionalPut['condition'] & object => ({
  expression: 'claimed_by = :attempt',
  values: { ':attempt': { S: attempt } },
});
const isOld = (intent: Intent, now: Instant): boolean => epochMs(now) - epochMs(intent.openedAt) > patienceMs;

/** What a claim has come to: its head is committed, nobody holds it any longer (it is taken off), or its owner is at work. */
export async function settleClaim(
  table: ReportTable,
  item: Item,
  claim: Claim,
  now: Instant,
): Promise<'committed' | 'dead' | 'live'> {
  const found = await table.get(intentKey(claim.submissionId));
  const intent = found && intentIn(found);
  if (intent?.state === 'committed' && intent.raw === claim.raw) {
    await table.put({ item: headItem(claim.head), condition: claimedBy(claim.attempt) });
    return 'committed';
  }
  if (intent?.state === 'open' && attemptOf(intent) === claim.attempt) {
    if (!isOld(intent, now)) return 'live';
    const closed = await table.put({ item: intentItem({ ...intent, state: 'aborted' }), condition: stands(intent) });
    if (!closed.written) return 'live';
  }
  await table.put({ item: headItem(headIn(item)), condition: claimedBy(claim.attempt) });
  return 'dead';
}

/** Opens the submission's intent or joins the one that stands; undefined while another plan of the same submission is at work. */
async function openIntent(table: ReportTable, { commitment }: CommitPlan): Promise<Intent | undefined> {
  const { receipt, at } = commitment;
  const { submissionId, raw } = receipt;
  let intent: Intent = { submissionId, raw, epoch: 1, state: 'open', openedAt: at, firstAt: at };
  let condition: ConditionalPut['condition'] = absent;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const end = await table.put({ item: intentItem(intent), ...(condition ? { condition } : {}) });
    if (end.written) return intent;
    invariant(end.standing, 'a refused put tells what stands');
    const standing = intentIn(end.standing);
    if (standing.state === 'committed') return undefined;
    if (standing.state === 'open' && !isOld(standing, at)) return standing.raw === raw ? standing : undefined;
    const { epoch, firstAt } = standing;
    intent = { submissionId, raw, epoch: epoch + 1, state: 'open', openedAt: at, firstAt };
    condition = stands(standing);
  }
  return undefined;
}

/** Claims one report for this attempt; false when its version is taken or somebody works on it and does not end. */
async function claim(table: ReportTable, current: Head, step: Step, intent: Intent, now: Instant): Promise<boolean> {
  const attempt = attemptOf(intent);
  const { submissionId, raw } = intent;
  const mine = headItem(current, { attempt, submissionId, raw, head: step.head });
  for (let wait = 1; wait <= waitsMax; wait++) {
    const end = await table.put({ item: mine, condition: headIs(step.expected) });
    if (end.written) return true;
    const other = end.standing && claimIn(end.standing);
    if (!end.standing || !other || headIn(end.standing).version !== step.expected) return false;
    if (other.attempt === attempt) return true;
    const settled = await settleClaim(table, end.standing, other, now);
    if (settled === 'committed') return false;
    if (settled === 'live') await pause(wait, 100, 1_000);
  }
  return false;
}

async function claimAll(table: ReportTable, { steps, commitment }: CommitPlan, intent: Intent): Promise<boolean> {
  const heads = new Map<string, Head>();
  for (const item of await table.headItems([...steps.keys()])) heads.set(headIn(item).reportId, headIn(item));
  // One order for all, so that two submissions do not each hold what the other waits for.
  const ordered = [...steps.values()].sort((a, b) => (a.head.reportId < b.head.reportId ? -1 : 1));
  const taken = await inChunks(ordered, atATime, async (step) => {
    const current = heads.get(step.head.reportId) ?? { reportId: step.head.reportId, version: 0 };
    return current.version === step.expected && (await claim(table, current, step, intent, commitment.at));
  });
  return taken.every(Boolean);
}

/** Closes the attempt so that it can never commit, then takes its claims off; false when it was not ours to close any more. */
async function giveUp(table: ReportTable, { steps }: CommitPlan, intent: Intent): Promise<boolean> {
  const closed = await table.put({ item: intentItem({ ...intent, state: 'aborted' }), condition: stands(intent) });
  if (!closed.written) return false;
  const mine = attemptOf(intent);
  const claimed = (await table.headItems([...steps.keys()])).filter((item) => claimIn(item)?.attempt === mine);
  await inChunks(claimed, atATime, (item) => table.put({ item: headItem(headIn(item)), condition: claimedBy(mine) }));
  return true;
}

/** The commit point. */
async function writeReceipt(table: ReportTable, plan: CommitPlan, intent: Intent): Promise<Committed | 'lost'> {
  const { receipt: asked, at } = plan.commitment;
  const clock = await table.get(clockKeyOf(plan));
  let receivedAt = later(at, clock?.['last_at']?.S);
  let last: unknown;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const receipt = { ...asked, receivedAt };
    const committed = { item: intentItem({ ...intent, state: 'committed' }), condition: stands(intent) };
    const end = await table
      .transact([...receiptPuts(receipt), committed], randomUUID())
      .catch((cause: unknown) => ({ end: 'busy' as const, cause }));
    if (end.end === 'written') return { outcome: 'committed', receipt };
    const standing = await table.get(receiptKey(asked.submissionId));
    if (standing) return { outcome: 'exists', receipt: receiptIn(standing) };
    if (end.end === 'busy') {
      last = end.cause;
      await pause(attempt, 25, 1_000);
      continue;
    }
    if (![...end.refused.keys()].every((place) => place === clockPlace)) return 'lost';
    receivedAt = later(receivedAt, end.refused.get(clockPlace)?.['last_at']?.S);
  }
  throw new ReportTableError('the table was busy for too long', { cause: last });
}

/** One attempt; 'lost' when a twin of the same submission opened another in between. */
async function attemptOnce(table: ReportTable, plan: CommitPlan): Promise<Committed | 'lost'> {
  const standing = await table.get(receiptKey(plan.commitment.receipt.submissionId));
  if (standing) return { outcome: 'exists', receipt: receiptIn(standing) };
  const intent = await openIntent(table, plan);
  if (!intent) return 'lost';
  if (!(await claimAll(table, plan, intent)))
    return (await giveUp(table, plan, intent)) ? { outcome: 'conflict' } : 'lost';
  const { submissionId, raw, firstAt } = intent;
  await inChunks(plan.versions, atATime, (version, place) =>
    table.put({ item: versionItem(version, place + 1, { submissionId, raw, firstAt }) }),
  );
  const committed = await writeReceipt(table, plan, intent);
  if (committed === 'lost' || committed.outcome !== 'committed') return committed;
  // Committed. What fails here is made good by the next reader.
  await inChunks([...plan.steps.values()], atATime, ({ head }) =>
    table.put({ item: headItem(head), condition: claimedBy(attemptOf(intent)) }).catch(() => undefined),
  );
  return committed;
}

/** Commits a submission of any size. */
export async function commitByIntent(table: ReportTable, plan: CommitPlan): Promise<Committed> {
  for (let wait = 1; wait <= waitsMax; wait++) {
    const end = await attemptOnce(table, plan);
    if (end !== 'lost') return end;
    await pause(wait, 100, 1_000);
  }
  return { outcome: 'conflict' };
}
