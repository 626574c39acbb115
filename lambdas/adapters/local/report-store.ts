import { decodeCursor, encodeCursor } from '#core/domain/cursor.ts';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Receipt, ReportHead, ReportVersion } from '#core/domain/submission.ts';
import type { Commitment, Committed, PullFilter, ReportStore, StoredVersion } from '#core/ports.ts';
import { blockOf, type LineageView } from './lineages.ts';
import { placeOf, referenceOf } from './reference.ts';
import { type DayEntry, type LocalStore, lastNumber, lineagesNow } from './store.ts';
import { acceptedIn, storedVersion } from './stored-version.ts';

/** The day a version is listed under: the day observed, or the Monday of the week it reports on. */
const dayOf = ({ facts }: ReportVersion): string => facts.observedDate ?? facts.week;

/** Writes one submission inside a transaction of the store, all or nothing. */
function commitInside(store: LocalStore, commitment: Commitment, accepted: readonly ReportVersion[]): Committed {
  const { receipt: asked, at } = commitment;
  const standing = store.receipts.get(asked.submissionId);
  if (standing) return { outcome: 'exists', receipt: standing };

  const number = lastNumber(store.feed) + 1;
  const block = blockOf(store.lineages.within(number - 1), accepted, number);
  if (!block) return { outcome: 'conflict' };
  store.lineages.put(number, block);
  const days = new Map<string, DayEntry[]>();
  for (const [place, version] of accepted.entries()) {
    const day = dayOf(version);
    const entry: DayEntry = [referenceOf(number, place), version.facts.property ?? null];
    const entries = days.get(day);
    if (entries) entries.push(entry);
    else days.set(day, [entry]);
  }

  const last = number === 1 ? undefined : store.feed.get(number - 1)?.receivedAt;
  const receivedAt: Instant = last !== undefined && last > at ? last : at;
  const receipt: Receipt = { ...asked, receivedAt };
  const { submissionId, department, raw } = receipt;
  for (const [day, entries] of days) store.days.put([day, department, number], entries);
  store.receipts.put(submissionId, receipt);
  store.receiptsByDepartment.put([department, number], submissionId);
  store.feed.put(number, { submissionId, department, raw, receivedAt, accepted: accepted.length });
  return { outcome: 'committed', receipt };
}

/** Whether no later version of the report was recorded by the moment asked for. */
function isLastBy(store: LocalStore, lineages: LineageView, { version }: StoredVersion, asOf: Instant): boolean {
  if (lineages.head(version.reportId)?.version === version.version) return true;
  const next = lineages.references(version.reportId)[version.version];
  if (next === undefined) return true;
  const recorded = store.feed.get(placeOf(next).commit)?.receivedAt;
  invariant(recorded, 'every reference names a commit');
  return recorded > asOf;
}

/** References in the order of day, department and commit, strictly after the position. */
function* referencesIn(store: LocalStore, filter: PullFilter, after: readonly (string | number)[] | undefined) {
  const [afterDay, afterDepartment, afterCommit, afterRow] = after ?? [];
  const from = filter.from ?? '';
  const begin =
    afterDay !== undefined && String(afterDay) >= from
      ? [String(afterDay), String(afterDepartment), Number(afterCommit)]
      : [from, '', 0];
  const start = begin as [string, string, number];
  for (const { key, value } of store.days.getRange({ start })) {
    const [day, department, commit] = key;
    if (filter.to !== undefined && day > filter.to) return;
    if (filter.department !== undefined && department !== filter.department) continue;
    for (const [reference, property] of value) {
      const seen =
        day === afterDay && department === afterDepartment && commit === afterCommit && reference <= Number(afterRow);
      if (seen || (filter.property !== undefined && property !== filter.property)) continue;
      yield { position: [day, department, commit, reference], reference };
    }
  }
}

/**
 * The report store at home; several threads may each have one on the same folder. Every read sees what any of them has committed, and every condition of a
 * commit is read inside its transaction, which LMDB gives to one thread at a time. Listed by day observed (zero reports by their Monday), department and order of commit.
 */
export function reportStore(store: LocalStore): ReportStore {
  const { root } = store;
  return {
    async receipt(id) {
      root.resetReadTxn();
      return store.receipts.get(id);
    },

    async heads(reports) {
      const lineages = lineagesNow(store);
      const heads = new Map<ReportId, ReportHead>();
      for (const id of reports) {
        const head = lineages.head(id);
        if (head) heads.set(id, head);
      }
      return heads;
    },

    async commit(commitment) {
      const accepted = acceptedIn(commitment.record);
      store.assertSound();
      // Read before the lock is taken: what others have committed meanwhile is little.
      lineagesNow(store);
      const committed = await root.transaction(() => commitInside(store, commitment, accepted));
      store.assertSound();
      return committed;
    },

    async versions(report) {
      return lineagesNow(store)
        .references(report)
        .map((reference) => storedVersion(store, reference));
    },

    async receiptsOf(department, { limit, cursor }) {
      root.resetReadTxn();
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
      const lineages = lineagesNow(store);
      const after = cursor === undefined ? undefined : decodeCursor(cursor, 4);
      if (cursor !== undefined && after === undefined) return { items: [] };
      const items: StoredVersion[] = [];
      let last: readonly (string | number)[] = [];
      for (const { position, reference } of referencesIn(store, filter, after)) {
        const stored = storedVersion(store, reference);
        if (stored.receivedAt > filter.asOf || !isLastBy(store, lineages, stored, filter.asOf)) continue;
        if (items.length === limit) return { items, cursor: encodeCursor(last) };
        items.push(stored);
        last = position;
      }
      return { items };
    },
  };
}
