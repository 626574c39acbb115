/**
 * One embedded ACID environment (LMDB) for everything that must not be lost at home. A promise of a write resolves after fsync.
 * Writes become durable in the order in which they were queued, so a write that need only be durable before a later one is queued and not awaited.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { DepartmentId, SubmissionId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Receipt, ReportVersion } from '#core/domain/submission.ts';
import type { AuditRecord } from '#core/ports.ts';
import { Lineages, type LineageView } from './lineages.ts';
import type { TextCipher } from './sealed-text.ts';

type FeedEntry = {
  readonly submissionId: SubmissionId;
  readonly department: DepartmentId;
  readonly raw: string;
  readonly receivedAt: Instant;
  /** How many report versions the commit stored. */
  readonly accepted: number;
};
/** One row of a day's index: the reference of a stored version and its property. */
export type DayEntry = readonly [reference: number, property: string | null];

/** Data keys, at most a hundred, hidden under a key of their own that the master key wraps; a place of nothing but zeros is a destroyed key. */
type KeyEntry = { readonly wrapped: Buffer; readonly hidden: Buffer; readonly cipher?: TextCipher };

export type LocalStore = {
  readonly root: RootDatabase<unknown, string>;
  readonly receipts: Database<Receipt, string>;
  /** What is current for a report, and where all its versions stand. */
  readonly lineages: Lineages;
  /** The records of commits that were read last, by feed number (see `stored-version.ts`). */
  readonly recent: Map<number, readonly ReportVersion[]>;
  /** [day, department, feed number] → the rows of that commit that fall on that day. */
  readonly days: Database<readonly DayEntry[], [string, string, number]>;
  /** Every commit in order, from 1: the feed of receipts and the event of acceptance. */
  readonly feed: Database<FeedEntry, number>;
  /** [department, feed number] → submission. */
  readonly receiptsByDepartment: Database<SubmissionId, [string, number]>;
  readonly raw: Database<Buffer, string>;
  readonly keys: Database<KeyEntry, string>;
  readonly audit: Database<AuditRecord, number>;
  readonly cursors: Database<number, string>;
  readonly meta: Database<string, string>;
  /** Queues a write that must be durable no later than the next awaited one. If it fails, every later commit fails until the store is opened again. */
  queue(write: Promise<unknown>): void;
  /** Throws the fault of a queued write that failed. */
  assertSound(): void;
  close(): Promise<void>;
};

/** How the databases are laid out. Another layout is another number: read as if it were this one, it would give one report's rows for another's. */
const layout = '5';

/**
 * No raw object is as large as this, so none is compressed; what earlier versions compressed is read all the same. Half of an object is ciphertext, which no compression
 * makes smaller: it took a tenth of all the work of a batch to save half a kilobyte of a report.
 */
const compressedFrom = 2 ** 31 - 1;

/** Thrown when the store was laid out by another version of the program. */
export class StoreLayoutError extends Error {
  override name = 'StoreLayoutError';
}

/** Opens (or makes) the store under a data directory. Hold `lockData` first: one process at a time writes. Throws StoreLayoutError. */
export function openStore(dataDir: string): LocalStore {
  const path = join(dataDir, 'store');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  // overlappingSync would resolve promises before the flush; without it a resolved commit is on the disk.
  const root = open<unknown, string>({ path, maxDbs: 16, overlappingSync: false });
  const json = { encoding: 'json' } as const;
  let failure: unknown;
  const meta = root.openDB<string, string>('meta', { encoding: 'string' });
  const feed = root.openDB<FeedEntry, number>('feed', { ...json, keyEncoding: 'uint32' });
  if (meta.get('layout') !== layout) {
    if (lastNumber(feed) > 0) {
      void root.close();
      throw new StoreLayoutError('the store was laid out by another version of this program');
    }
    meta.putSync('layout', layout);
  }
  return {
    root,
    receipts: root.openDB('receipts', json),
    lineages: new Lineages(root.openDB('lineage-blocks', { encoding: 'binary', keyEncoding: 'uint32' })),
    recent: new Map(),
    days: root.openDB('days', { encoding: 'msgpack' }),
    feed,
    receiptsByDepartment: root.openDB('receipts-by-department', { encoding: 'string' }),
    raw: root.openDB('raw', { encoding: 'binary', compression: { threshold: compressedFrom } }),
    keys: root.openDB('keys', { encoding: 'msgpack' }),
    audit: root.openDB('audit', { ...json, keyEncoding: 'uint32' }),
    cursors: root.openDB('cursors', json),
    meta,
    queue: (write) => {
      write.catch((cause: unknown) => {
        failure ??= cause;
      });
    },
    assertSound: () => {
      if (failure !== undefined) throw new Error('an earlier write of the store failed', { cause: failure });
    },
    close: () => root.close(),
  };
}

/** The greatest number in use in a numbered database, 0 when it is empty. Inside a transaction it sees that transaction. */
export function lastNumber(numbered: Database<unknown, number>): number {
  for (const number of numbered.getKeys({ reverse: true, limit: 1 })) return number;
  return 0;
}

/** The lineages that can be seen now, outside of transactions. */
export function lineagesNow({ root, feed, lineages }: LocalStore): LineageView {
  root.resetReadTxn();
  return lineages.upTo(lastNumber(feed));
}
