/**
 * The items of the report table, key `pk` and `sk`. Contents stand as JSON in `body`, byte for byte what the domain wrote; beside it only what a key, a condition, an index or
 * the change feed needs.
 *
 * | pk | sk | what |
 * |---|---|---|
 * | `submission#<id>` | `receipt` | the receipt: the commit point, and all that the change feed carries |
 * | `submission#<id>` | `accepted` | the accept event |
 * | `submission#<id>` | `intent` | a large submission under way (see commit-by-intent.ts) |
 * | `report#<id>` | `head` | what is current, and at most one claim on what comes next |
 * | `report#<id>` | `version#<n>#<raw>` | one version, under the raw object it came with |
 * | `department#<id>` | `clock` | the last time of receipt |
 * | `months` | `YYYY-MM` | a month that has observations |
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type DepartmentId, type ReportId, type SubmissionId, sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Receipt, ReportHead, ReportVersion } from '#core/domain/submission.ts';

export type Item = Record<string, AttributeValue>;

const text = (S: string): AttributeValue => ({ S });
const number = (N: number): AttributeValue => ({ N: String(N) });

export function textIn(item: Item, name: string): string {
  const value = item[name]?.S;
  invariant(value !== undefined, 'an item of the report table has its attributes');
  return value;
}

export const monthsKey = 'months';
export const receiptKey = (id: SubmissionId): Item => ({ pk: text(`submission#${id}`), sk: text('receipt') });
export const intentKey = (id: SubmissionId): Item => ({ pk: text(`submission#${id}`), sk: text('intent') });
export const headKey = (id: ReportId): Item => ({ pk: text(reportKey(id)), sk: text('head') });
export const clockKey = (id: DepartmentId): Item => ({ pk: text(`department#${id}`), sk: text('clock') });
export const reportKey = (id: ReportId): string => `report#${id}`;
export const versionPrefix = 'version#';

export const clockItem = (department: DepartmentId, at: Instant): Item => ({
  ...clockKey(department),
  last_at: text(at),
});
export const monthItem = (month: string): Item => ({ pk: text(monthsKey), sk: text(month) });

/** The attributes that the change feed reads stand by themselves, as the consumer names them. */
export const receiptItem = (receipt: Receipt): Item => ({
  ...receiptKey(receipt.submissionId),
  submission_id: text(receipt.submissionId),
  department_id: text(receipt.department),
  department_order: text(`${receipt.receivedAt}#${receipt.submissionId}`),
  raw: text(receipt.raw),
  received_at: text(receipt.receivedAt),
  body: text(JSON.stringify(receipt)),
});
export const receiptIn = (item: Item): Receipt => JSON.parse(textIn(item, 'body')) as Receipt;

export const acceptedItem = ({ submissionId, receivedAt, counts }: Receipt): Item => ({
  pk: text(`submission#${submissionId}`),
  sk: text('accepted'),
  at: text(receivedAt),
  accepted: number(counts.accepted),
});

/** The day a version is listed under: the day observed, or the Monday of the week it reports on. */
const dayOf = ({ facts }: ReportVersion): string => facts.observedDate ?? facts.week;
export const monthOf = (version: ReportVersion): string => dayOf(version).slice(0, 7);

export type VersionOrigin = {
  readonly submissionId: SubmissionId;
  readonly raw: string;
  /** When the submission first came to be written: the order of the listing. */
  readonly firstAt: Instant;
  /** Known when the version is written together with its receipt; otherwise the receipt decides whether the version counts, and since when. */
  readonly receivedAt?: Instant;
};

/** A version under the raw object it came with: two plans for one version never write the same item. */
export function versionItem(version: ReportVersion, place: number, origin: VersionOrigin): Item {
  const { submissionId, raw, firstAt, receivedAt } = origin;
  const { department } = version.facts;
  const order = [dayOf(version), department, firstAt, submissionId, String(place).padStart(6, '0')].join('#');
  return {
    pk: text(reportKey(version.reportId)),
    sk: text(`${versionPrefix}${String(version.version).padStart(6, '0')}#${sha256(raw).slice(0, 16)}`),
    submission_id: text(submissionId),
    raw: text(raw),
    observed_month: text(monthOf(version)),
    observed_order: text(order),
    body: text(JSON.stringify(version)),
    ...(receivedAt === undefined ? {} : { received_at: text(receivedAt) }),
  };
}
export const versionIn = (item: Item): ReportVersion => JSON.parse(textIn(item, 'body')) as ReportVersion;
export const submissionIn = (item: Item): SubmissionId => textIn(item, 'submission_id') as SubmissionId;

/** A claim on a report's next version by a submission that has no receipt yet. `attempt` is its raw object and epoch. */
export type Claim = {
  readonly attempt: string;
  readonly submissionId: SubmissionId;
  readonly raw: string;
  readonly head: ReportHead;
};

/** Version 0 stands for a report that was claimed once and never came to be. */
export type Head = Omit<ReportHead, 'operation' | 'sha256'> & Partial<ReportHead>;

export const headItem = (head: Head, claim?: Claim): Item => ({
  ...headKey(head.reportId),
  version: number(head.version),
  body: text(JSON.stringify(head)),
  ...(claim ? { claim: text(JSON.stringify(claim)), claimed_by: text(claim.attempt) } : {}),
});
export const headIn = (item: Item): Head => JSON.parse(textIn(item, 'body')) as Head;
export const claimIn = (item: Item): Claim | undefined =>
  item['claim']?.S === undefined ? undefined : (JSON.parse(item['claim'].S) as Claim);
export const isReportHead = (head: Head): head is ReportHead => head.version > 0;

/** A large submission under way. `epoch` counts its attempts; only the newest may commit. */
export type Intent = {
  readonly submissionId: SubmissionId;
  readonly raw: string;
  readonly epoch: number;
  readonly state: 'open' | 'aborted' | 'committed';
  readonly openedAt: Instant;
  readonly firstAt: Instant;
};
export const attemptOf = ({ raw, epoch }: Pick<Intent, 'raw' | 'epoch'>): string => `${raw}#${epoch}`;
/** Names one state of one attempt, for conditions. */
export const standOf = (intent: Intent): string => `${intent.state}#${attemptOf(intent)}`;
export const intentItem = (intent: Intent): Item => ({
  ...intentKey(intent.submissionId),
  stand: text(standOf(intent)),
  body: text(JSON.stringify(intent)),
});
export const intentIn = (item: Item): Intent => JSON.parse(textIn(item, 'body')) as Intent;
