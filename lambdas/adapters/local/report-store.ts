import { decodeCursor, encodeCursor } from '#core/domain/cursor.ts';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Receipt, ReportHead, ReportVersion } from '#core/domain/submission.ts';
import type { Commitment, Committed, PullFilter, ReportStore, StoredVersion } from '#core/ports.ts';
import { blockRows, type DayEntry, type Lineage, type LocalStore, lastNumber, storedRow } from './store.ts';

/** The day a version is listed under: the day observed, or the Monday of the week it reports on. */
const dayOf = ({ facts }: ReportVersion): string => facts.observedDate ?? facts.week;

function acceptedOf({ record }: Commitment): ReportVersion[] {
  const accepted: ReportVersion[] = [];
  for (const row of record.rows) if (row.status === 'accepted') accepted.push(row.report);
  return accepted;
}

/** Writes one submission inside a transaction of the store, all or nothing: every condition is read before the first put. */
function commitInside(store: LocalStore, commitment: Commitment, accepted: readonly ReportVersion[]): Committed {
  const { receipt: asked, at } = commitment;
  const standing = store.receipts.get(asked.submissionId);
  if (standing) return { outcome: 'exists', receipt: standing };

  const lineages = new Map<ReportId, Lineage>();
  const firstBlock = lastNumber(store.blocks) + 1;
  const firstRow = firstBlock * blockRows;
  for (const [index, version] of accepted.entries()) {
    const before = lineages.get(version.reportId) ?? store.lineages.get(version.reportId);
    if (version.version !== (before?.head.version ?? 0) + 1) return { outcome: 'conflict' };
    const { reportId, operation, sha256 } = version;
    lineages.set(reportId, {
      head: { reportId, version: version.version, operation, sha256 },
      rows: [...(before?.rows ?? []), firstRow + index],
    });
  }

  const number = lastNumber(store.feed) + 1;
  const last = number === 1 ? undefined : store.feed.get(number - 1)?.receivedAt;
  const receivedAt: Instant = last !== undefined && last > at ? last : at;
  const receipt: Receipt = { ...asked, receivedAt };
  const { submissionId, department, raw } = receipt;

  const days = new Map<string, DayEntry[]>();
  for (const [index, version] of accepted.entries()) {
    const day = dayOf(version);
    const entries = days.get(day);
    const entry: DayEntry = [firstRow + index, version.facts.property ?? null];
    if (entries) entries.push(entry);
    else days.set(day, [entry]);
  }
  for (let row = 0; row < accepted.length; row += blockRows) {
    const versions = accepted.slice(row, row + blockRows);
    store.blocks.put(firstBlock + row / blockRows, { submissionId, receivedAt, versions });
  }
  for (const [id, lineage] of lineages) store.lineages.put(id, lineage);
  for (const [day, entries] of days) store.days.put([day, department, firstRow], entries);
  store.receipts.put(submissionId, receipt);
  store.receiptsByDepartment.put([department, number], submissionId);
  store.feed.put(number, { submissionId, department, raw, receivedAt });
  store.events.put(number, { submissionId, at: receivedAt, accepted: accepted.length });
  return { outcome: 'committed', receipt };
}

/** Whether no later version of the report was recorded by the moment asked for. */
function isLastBy(store: LocalStore, { version }: StoredVersion, asOf: Instant): boolean {
  const next = store.lineages.get(version.reportId)?.rows[version.version];
  return next === undefined || storedRow(store, next).receivedAt > asOf;
}

/** Row numbers in the order of day, department and commit, strictly after the position. */
function* rowsOf(store: LocalStore, filter: PullFilter, after: readonly (string | number)[] | undefined) {
  const [afterDay, afterDepartment, afterFirst, afterRow] = after ?? [];
  const from = filter.from ?? '';
  const begin =
    afterDay !== undefined && String(afterDay) >= from
      ? [String(afterDay), String(afterDepartment), Number(afterFirst)]
      : [from, '', 0];
  const start = begin as [string, string, number];
  for (const { key, value } of store.days.getRange({ start })) {
    const [day, department, first] = key;
    if (filter.to !== undefined && day > filter.to) return;
    if (filter.department !== undefined && department !== filter.department) continue;
    for (const [row, property] of value) {
      const seen =
        day === afterDay && department === afterDepartment && first === afterFirst && row <= Number(afterRow);
      if (seen || (filter.property !== undefined && property !== filter.property)) continue;
      yield { position: [day, department, first, row], row };
    }
  }
}

/** The report store at home. Listed by day observed (zero reports by their Monday), department and order of commit. */
export function reportStore(store: LocalStore): ReportStore {
  return {
    async receipt(id) {
      return store.receipts.get(id);
    },

    async heads(reports) {
      const heads = new Map<ReportId, ReportHead>();
      for (const id of reports) {
        const lineage = store.lineages.get(id);
        if (lineage) heads.set(id, lineage.head);
      }
      return heads;
    },

    async commit(commitment) {
      const accepted = acceptedOf(commitment);
      store.assertSound();
      const committed = await store.root.transaction(() => commitInside(store, commitment, accepted));
      store.assertSound();
      return committed;
    },

    async versions(report) {
      return (store.lineages.get(report)?.rows ?? []).map((row) => storedRow(store, row));
    },

    async receiptsOf(department, { limit, cursor }) {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, 1)?.[0];
      if (cursor !== undefined && typeof before !== 'number') return { items: [] };
      const range = store.receiptsByDepartment.getRange({
        start: [department, typeof before === 'number' ? before - 1 : Number.MAX_SAFE_INTEGER],
        end: [department, 0],
        reverse: true,
        limit: limit + 1,
      });
      const found = [...range];
      const items = found.slice(0, limit).map(({ value }) => {
        const receipt = store.receipts.get(value as SubmissionId);
        invariant(receipt, 'every listed submission has its receipt');
        return receipt;
      });
      const last = found[limit - 1];
      return found.length > limit && last ? { items, cursor: encodeCursor([last.key[1]]) } : { items };
    },

    async pull(filter, { limit, cursor }) {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, 4);
      if (cursor !== undefined && after === undefined) return { items: [] };
      const items: StoredVersion[] = [];
      let last: readonly (string | number)[] = [];
      for (const { position, row } of rowsOf(store, filter, after)) {
        const stored = storedRow(store, row);
        if (stored.receivedAt > filter.asOf || !isLastBy(store, stored, filter.asOf)) continue;
        if (items.length === limit) return { items, cursor: encodeCursor(last) };
        items.push(stored);
        last = position;
      }
      return { items };
    },
  };
}
