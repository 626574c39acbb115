/** The chain of the release ledger: each link's hash covers everything else in it, the previous hash and the hashes of what is sealed included. */
import { canonicalJson } from '../domain/canonical-json.ts';
import { type Sha256, sha256 } from '../domain/ids.ts';
import { genesis, type LedgerEntry, type LedgerRecord } from './ledger-entry.ts';

function hashOf(entry: LedgerRecord | LedgerEntry): Sha256 {
  const { hash: _, ...link } = entry;
  if (!('sealed' in link)) return sha256(canonicalJson(link));
  const { sealed: __, ...open } = link;
  return sha256(canonicalJson(open));
}

/** The link as it stands in the ledger: the sealed part gives its hash, the whole its own. */
export function chained(link: Omit<LedgerEntry, 'hash' | 'evidence'>): LedgerEntry {
  const { sealed, ...open } = link;
  const unsealed = { ...open, evidence: sha256(canonicalJson(sealed)), hash: genesis };
  return { ...unsealed, hash: hashOf(unsealed), sealed };
}

/** Whether a link, sealed part included where it is at hand, is as it was written. */
export function isIntact(entry: LedgerRecord | LedgerEntry): boolean {
  if ('sealed' in entry && sha256(canonicalJson(entry.sealed)) !== entry.evidence) return false;
  return hashOf(entry) === entry.hash;
}

/** What is wrong with the chain, or undefined when every link holds: numbers run from 1, each names the hash before it, each hash is its own, and what is sealed is what was sealed. */
export function chainFault(entries: readonly (LedgerRecord | LedgerEntry)[]): string | undefined {
  let previous = genesis;
  for (const [at, entry] of entries.entries()) {
    if (entry.seq !== at + 1) return `entry ${at + 1} of the release ledger is missing or out of order`;
    if (entry.evidence === undefined || entry.channels === undefined)
      return `entry ${entry.seq} of the release ledger is of an earlier version of the program; begin a new data folder`;
    if (entry.previous !== previous)
      return `entry ${entry.seq} of the release ledger does not follow the one before it`;
    if (!isIntact(entry)) return `entry ${entry.seq} of the release ledger was changed after it was written`;
    previous = entry.hash;
  }
  return undefined;
}
