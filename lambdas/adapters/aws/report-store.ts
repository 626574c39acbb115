import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { decodeCursor, encodeCursor } from '#core/domain/cursor.ts';
import type { ReportId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { ReportHead } from '#core/domain/submission.ts';
import type { PullFilter, ReportStore, StoredVersion } from '#core/ports.ts';
import { commitAtOnce, fitsAtOnce, serviceActionsMax } from './commit-at-once.ts';
import { commitByIntent } from './commit-by-intent.ts';
import { commitPlan } from './commit-plan.ts';
import { inChunks } from './in-chunks.ts';
import {
  claimIn,
  headIn,
  type Item,
  isReportHead,
  monthItem,
  monthOf,
  monthsKey,
  receiptIn,
  receiptKey,
  reportKey,
  submissionIn,
  textIn,
  versionIn,
  versionPrefix,
} from './report-items.ts';
import { absent, type ReportTable, reportTable } from './report-table.ts';

/** The indexes of the report table, as `lib` builds them. */
const departmentIndex = 'by_department';
const dayIndex = 'by_day';
const atATime = 16;

/** The versions that count: those written with their receipt, and those whose receipt names the raw object they came with. */
async function countedVersions(
  table: ReportTable,
  items: readonly Item[],
): Promise<readonly (StoredVersion | undefined)[]> {
  const receipts = await table.receipts(items.filter((item) => !item['received_at']).map(submissionIn));
  return items.map((item): StoredVersion | undefined => {
    const submissionId = submissionIn(item);
    const version = versionIn(item);
    const known = item['received_at']?.S;
    if (known !== undefined) return { version, submissionId, receivedAt: known as Instant };
    const receipt = receipts.get(submissionId);
    return receipt?.raw === textIn(item, 'raw') ? { version, submissionId, receivedAt: receipt.receivedAt } : undefined;
  });
}

async function versionsOf(table: ReportTable, report: ReportId): Promise<readonly StoredVersion[]> {
  const items = await table.query({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: reportKey(report) }, ':prefix': { S: versionPrefix } },
    ConsistentRead: true,
  });
  return (await countedVersions(table, items)).filter((stored) => stored !== undefined);
}

async function headsOf(table: ReportTable, reports: readonly ReportId[]): Promise<ReadonlyMap<ReportId, ReportHead>> {
  const items = await table.headItems(reports);
  const claims = items.map(claimIn).filter((claim) => claim !== undefined);
  const receipts = await table.receipts(claims.map(({ submissionId }) => submissionId));
  const heads = new Map<ReportId, ReportHead>();
  for (const item of items) {
    const claim = claimIn(item);
    const isCommitted = claim !== undefined && receipts.get(claim.submissionId)?.raw === claim.raw;
    const head = isCommitted ? claim.head : headIn(item);
    if (isReportHead(head)) heads.set(head.reportId, head);
  }
  return heads;
}

type Listed = { readonly stored: StoredVersion; readonly position: string };

/** Of the listed versions, those that were the last of their report at the moment asked for. */
async function lastByThen(table: ReportTable, listed: readonly Listed[], asOf: Instant): Promise<readonly Listed[]> {
  const recorded = listed.filter(({ stored }) => stored.receivedAt <= asOf);
  const heads = await headsOf(
    table,
    recorded.map(({ stored }) => stored.version.reportId),
  );
  const isLast = await inChunks(recorded, atATime, async ({ stored: { version } }) => {
    if ((heads.get(version.reportId)?.version ?? 0) <= version.version) return true;
    const next = (await versionsOf(table, version.reportId)).find((one) => one.version.version === version.version + 1);
    return next === undefined || next.receivedAt > asOf;
  });
  return recorded.filter((_, at) => isLast[at]);
}

/** Everything observed, month by month in the order of the listing, strictly after a position; page by page. */
async function* listingOf(table: ReportTable, filter: PullFilter, after: string, pageSize: number) {
  const from = filter.from ?? '';
  const start = after > from ? after : from;
  const months = await table.query({
    KeyConditionExpression: 'pk = :pk AND sk >= :month',
    ExpressionAttributeValues: { ':pk': { S: monthsKey }, ':month': { S: start.slice(0, 7) || '0' } },
    ConsistentRead: true,
  });
  for (const month of months.map((item) => textIn(item, 'sk'))) {
    if (filter.to !== undefined && month > filter.to.slice(0, 7)) return;
    // Text order: `#` comes before every digit and letter, `~` after.
    const until = filter.to === undefined ? `${month}~` : `${filter.to}~`;
    let begin = start;
    for (;;) {
      const items = await table.query({
        IndexName: dayIndex,
        KeyConditionExpression: 'observed_month = :month AND observed_order BETWEEN :begin AND :until',
        ExpressionAttributeValues: {
          ':month': { S: month },
          ':begin': { S: `${begin || month}!` },
          ':until': { S: until },
        },
        Limit: pageSize,
      });
      const last = items.at(-1);
      if (!last) break;
      const counted = await countedVersions(table, items);
      yield items.flatMap((item, at): Listed[] => {
        const stored = counted[at];
        return stored && isAskedFor(stored, filter) ? [{ stored, position: textIn(item, 'observed_order') }] : [];
      });
      if (items.length < pageSize) break;
      begin = textIn(last, 'observed_order');
    }
  }
}

const isAskedFor = ({ version: { facts } }: StoredVersion, { department, property }: PullFilter): boolean =>
  (department === undefined || facts.department === department) &&
  (property === undefined || facts.property === property);

/**
 * The report store in DynamoDB. Receipts, heads and versions of a report are read consistently; listings (`receiptsOf`, `pull`) come from indexes that follow within about a second,
 * ordered by day observed (zero reports by their Monday), department and time. A submission of more than `actionsMax` writes is committed by intent.
 */
export function reportStore(client: DynamoDBClient, tableName: string, actionsMax = serviceActionsMax): ReportStore {
  const table = reportTable(client, tableName);
  const knownMonths = new Set<string>();

  return {
    async receipt(id) {
      const item = await table.get(receiptKey(id));
      return item && receiptIn(item);
    },

    heads: (reports) => headsOf(table, reports),

    async commit(commitment) {
      const plan = commitPlan(commitment);
      if (!plan) return { outcome: 'conflict' };
      // A month that is listed and holds nothing is harmless; a version in a month that is not listed would be lost to pulls.
      const months = [...new Set(plan.versions.map(monthOf))].filter((month) => !knownMonths.has(month));
      await inChunks(months, atATime, (month) => table.put({ item: monthItem(month), condition: absent }));
      for (const month of months) knownMonths.add(month);
      return fitsAtOnce(plan, actionsMax) ? commitAtOnce(table, plan) : commitByIntent(table, plan);
    },

    versions: (report) => versionsOf(table, report),

    async receiptsOf(department, { limit, cursor }) {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, 1)?.[0];
      if (cursor !== undefined && typeof before !== 'string') return { items: [] };
      const found = await table.query({
        IndexName: departmentIndex,
        KeyConditionExpression: 'department_id = :department AND department_order < :before',
        ExpressionAttributeValues: { ':department': { S: department }, ':before': { S: String(before ?? '~') } },
        ScanIndexForward: false,
        Limit: limit + 1,
      });
      const items = found.slice(0, limit).map(receiptIn);
      const last = found[limit - 1];
      return found.length > limit && last
        ? { items, cursor: encodeCursor([textIn(last, 'department_order')]) }
        : { items };
    },

    async pull(filter, { limit, cursor }) {
      const after = cursor === undefined ? '' : decodeCursor(cursor, 1)?.[0];
      if (typeof after !== 'string') return { items: [] };
      const found: Listed[] = [];
      for await (const listed of listingOf(table, filter, after, Math.max(50, limit + 1))) {
        found.push(...(await lastByThen(table, listed, filter.asOf)));
        if (found.length > limit) break;
      }
      const items = found.slice(0, limit).map(({ stored }) => stored);
      const last = found[limit - 1];
      return found.length > limit && last ? { items, cursor: encodeCursor([last.position]) } : { items };
    },
  };
}
