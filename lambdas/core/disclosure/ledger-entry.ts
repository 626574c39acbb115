import type { Sha256 } from '../domain/ids.ts';
import type { ReleaseContent } from './released-table.ts';

/** The hash before the first entry. */
export const genesis = '0'.repeat(64) as Sha256;

/** How a table's cells become predicates again: `names` gives each dimension's common name, `time` the dimension of weeks or months, `batch` the basis it was counted on; `windowless` tables count everything received. */
export type TableFrame = {
  readonly universe: string;
  readonly batch: string;
  readonly names: Readonly<Record<string, string>>;
  readonly time?: string;
  readonly windowless?: boolean;
};

/** What the auditor needs again and nobody else may see: true counts of withheld cells and of the places behind map regions by predicate, each table's frame by query, what the attack found, and how many late records wait (by query). Sealed with the ledger, never published. */
export type SealedEvidence = {
  readonly truths: Readonly<Record<string, number>>;
  readonly verdicts: readonly unknown[];
  readonly frames: Readonly<Record<string, TableFrame>>;
  readonly heldLate: Readonly<Record<string, number>>;
  /** Net changes of released weeks by week and district that batches have published so far. */
  readonly late?: Readonly<Record<string, number>>;
};

/** One link of the release ledger, one for all channels. `hash` is the sha256 of the canonical JSON of everything else in the entry; `previous` is the hash before it. */
export type LedgerEntry = {
  readonly seq: number;
  readonly previous: Sha256;
  readonly hash: Sha256;
  readonly channel: 'briefing' | 'exhibit' | 'correction';
  readonly content: ReleaseContent;
  readonly sealed: SealedEvidence;
};
