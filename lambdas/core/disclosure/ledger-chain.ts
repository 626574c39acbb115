/** The chain of the release ledger: each entry's hash covers everything else in it, the previous hash included. */
import { canonicalJson } from '../domain/canonical-json.ts';
import { type Sha256, sha256 } from '../domain/ids.ts';
import { genesis, type LedgerEntry } from './ledger-entry.ts';

export function hashOf(entry: Omit<LedgerEntry, 'hash'>): Sha256 {
  const { seq, previous, channel, content, sealed } = entry;
  return sha256(canonicalJson({ seq, previous, channel, content, sealed }));
}

/** What is wrong with the chain, or undefined when every link holds: numbers run from 1, each names the hash before it, each hash is its own. */
export function chainFault(entries: readonly LedgerEntry[]): string | undefined {
  let previous = genesis;
  for (const [at, entry] of entries.entries()) {
    if (entry.seq !== at + 1) return `entry ${at + 1} of the release ledger is missing or out of order`;
    if (entry.previous !== previous)
      return `entry ${entry.seq} of the release ledger does not follow the one before it`;
    if (hashOf(entry) !== entry.hash)
      return `entry ${entry.seq} of the release ledger was changed after it was written`;
    previous = entry.hash;
  }
  return undefined;
}
