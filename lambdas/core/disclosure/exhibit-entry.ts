/**
 * An exhibit of a released table adds nothing to what is known, and stands in the ledger all the same: one ledger for all channels (docs/METHODS.md §3.9).
 */
import { canonicalJson } from '../domain/canonical-json.ts';
import { type ExhibitId, type ReleaseId, type Sha256, sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import { chained } from './ledger-chain.ts';
import type { LedgerEntry, LedgerRecord } from './ledger-entry.ts';

export type ExhibitOf = {
  readonly exhibit: ExhibitId;
  /** The ledger's number of the release, and the question whose table is shown again. */
  readonly seq: number;
  readonly query: string;
  readonly approvedAt: Instant;
  readonly code: Sha256;
};

/** The entry that follows `records` and shows a table of one of them again, cell by cell. A table that no release holds is a bug: it would have to be attacked first. */
export function exhibitEntry(
  records: readonly LedgerRecord[],
  { exhibit, seq, query, approvedAt, code }: ExhibitOf,
): LedgerEntry {
  const source = records.find((record) => record.seq === seq);
  const table = source?.content.tables.find((candidate) => candidate.query === query);
  const last = records.at(-1);
  invariant(source && table && last, 'an exhibit shows a table that was released');
  const { late: _, ...content } = source.content;
  return chained({
    seq: last.seq + 1,
    previous: last.hash,
    channels: ['exhibit'],
    content: { ...content, id: String(exhibit) as ReleaseId, approvedAt, tables: [] },
    code,
    reproduces: { exhibit, seq, query, table: sha256(canonicalJson(table)) },
    sealed: { truths: {}, verdicts: [], frames: {}, heldLate: {} },
  });
}

/** What is wrong with an exhibit's entry, or undefined: the table that it names must stand, unchanged, in an earlier entry. */
export function reproductionFault(record: LedgerRecord, records: readonly LedgerRecord[]): string | undefined {
  const { reproduces } = record;
  if (!reproduces) return undefined;
  const source = records.find(({ seq }) => seq === reproduces.seq && seq < record.seq);
  const table = source?.content.tables.find(({ query }) => query === reproduces.query);
  if (!table || sha256(canonicalJson(table)) !== reproduces.table)
    return `entry ${record.seq} says that its exhibit shows a table of entry ${reproduces.seq}, which does not hold it`;
  return undefined;
}
