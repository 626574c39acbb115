import type { Sha256 } from '../domain/ids.ts';
import type { ReleaseContent } from './released-table.ts';

/** The hash before the first entry. */
export const genesis = '0'.repeat(64) as Sha256;

/** What the auditor needs again and nobody else may see: true counts of withheld cells and the verdicts' certificates. Sealed with the ledger, never published. */
export type SealedEvidence = {
  readonly truths: Readonly<Record<string, number>>;
  readonly verdicts: readonly unknown[];
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
