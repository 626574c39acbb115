/**
 * The lineage of every report: what is current, and where all its versions stand. A commit writes one block with an entry for each of its accepted rows, in their order, and no block ever changes. In which
 * blocks a report is spoken of is looked up in memory, in hints that each thread makes from the blocks when it is first asked, and goes on with as commits follow: 24 to
 * 48 bytes a report, a third of a second for a million. A tree of ids would be copied, written and flushed by a page for each new report, because ids are random, and nobody else may write meanwhile.
 */
import type { Database } from 'lmdb';
import type { ReportId, Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { operations, type ReportHead, type ReportVersion } from '#core/domain/submission.ts';
import { placeOf, referenceOf } from './reference.ts';
import { ReferenceHints } from './reference-hints.ts';

/** An entry: the id, the version, the place of its operation in the list, the hash, and the reference of the version before it, 0 for the first. */
const idBytes = 30;
const versionAt = idBytes;
const operationAt = versionAt + 4;
const hashAt = operationAt + 1;
const beforeAt = hashAt + 32;
const referenceBytes = 6;
const entryBytes = beforeAt + referenceBytes;

/** The letters of an id that are hashed: behind its prefix, forty bits of its name, which is random. */
const hashedFrom = 4;
const hashedTo = 12;
const hashStep = (hash: number, letter: number): number => (Math.imul(hash, 31) + letter) | 0;

function hashOf(id: ReportId): number {
  let hash = 0;
  for (let at = hashedFrom; at < hashedTo; at++) hash = hashStep(hash, id.charCodeAt(at));
  return hash >>> 0;
}

function hashAtEntry(block: Buffer, entry: number): number {
  let hash = 0;
  for (let at = entry + hashedFrom; at < entry + hashedTo; at++) hash = hashStep(hash, block[at] ?? 0);
  return hash >>> 0;
}

/** The current version of a report, where it stands and where the one before it does. */
export type Head = ReportHead & { readonly reference: number; readonly before: number };

/** How many blocks are kept at hand while a thread reads. */
const heldMax = 64;

/** Lineages as one moment shows them: what no block of that moment holds does not exist. */
export class LineageView {
  readonly #blocks: Database<Buffer, number>;
  readonly #hints: ReferenceHints;
  readonly #held = new Map<number, Buffer | undefined>();

  constructor(blocks: Database<Buffer, number>, hints: ReferenceHints) {
    this.#blocks = blocks;
    this.#hints = hints;
  }

  head(id: ReportId): Head | undefined {
    let head: Head | undefined;
    for (const reference of this.#hints.under(hashOf(id)))
      if (head === undefined || reference > head.reference) head = this.#entry(id, reference) ?? head;
    return head;
  }

  /** Of every version, oldest first; empty when there is no such report. */
  references(id: ReportId): readonly number[] {
    const references: number[] = [];
    for (let at = this.head(id); at !== undefined; at = at.before === 0 ? undefined : this.#entry(id, at.before))
      references.push(at.reference);
    return references.reverse();
  }

  /** What stands there, if it is this report's. */
  #entry(id: ReportId, reference: number): Head | undefined {
    const { commit, place } = placeOf(reference);
    const block = this.#block(commit);
    const at = place * entryBytes;
    if (block === undefined || block.toString('latin1', at, at + idBytes) !== id) return undefined;
    const operation = operations[block[at + operationAt] ?? -1];
    invariant(operation, 'an entry names an operation');
    return {
      reportId: id,
      version: block.readUInt32BE(at + versionAt),
      operation,
      sha256: block.toString('hex', at + hashAt, at + beforeAt) as Sha256,
      reference,
      before: block.readUIntBE(at + beforeAt, referenceBytes),
    };
  }

  #block(commit: number): Buffer | undefined {
    if (this.#held.has(commit)) return this.#held.get(commit);
    if (this.#held.size === heldMax) this.#held.clear();
    const block = this.#blocks.get(commit);
    this.#held.set(commit, block);
    return block;
  }
}

/** The block of a commit; undefined when a version is not the one that comes next. */
export function blockOf(view: LineageView, accepted: readonly ReportVersion[], commit: number): Buffer | undefined {
  const block = Buffer.allocUnsafeSlow(accepted.length * entryBytes);
  const own = new Map<ReportId, { readonly version: number; readonly reference: number }>();
  for (const [place, { reportId, version, operation, sha256 }] of accepted.entries()) {
    invariant(reportId.length === idBytes, 'every id of a report has the same length');
    const before = own.get(reportId) ?? view.head(reportId);
    if (version !== (before?.version ?? 0) + 1) return undefined;
    own.set(reportId, { version, reference: referenceOf(commit, place) });
    const at = place * entryBytes;
    block.write(reportId, at, 'latin1');
    block.writeUInt32BE(version, at + versionAt);
    block[at + operationAt] = operations.indexOf(operation);
    block.write(sha256, at + hashAt, 'hex');
    block.writeUIntBE(before?.reference ?? 0, at + beforeAt, referenceBytes);
  }
  return block;
}

export class Lineages {
  readonly #blocks: Database<Buffer, number>;
  readonly #hints = new ReferenceHints();
  /** The last commit whose block was taken in when it was there to stay. */
  #commit = 0;

  constructor(blocks: Database<Buffer, number>) {
    this.#blocks = blocks;
  }

  /** Outside of transactions, up to the last commit that can be seen there. */
  upTo(commit: number): LineageView {
    this.#takeIn(commit);
    this.#commit = Math.max(this.#commit, commit);
    return new LineageView(this.#blocks, this.#hints);
  }

  /** Inside a transaction, up to the last commit that it sees. What it has written itself may never come to stand, and another may take its number, so it will be taken in again. */
  within(commit: number): LineageView {
    this.#takeIn(commit);
    return new LineageView(this.#blocks, this.#hints);
  }

  /** Inside a transaction. */
  put(commit: number, block: Buffer): void {
    if (block.length > 0) this.#blocks.putSync(commit, block);
  }

  #takeIn(commit: number): void {
    for (let next = this.#commit + 1; next <= commit; next++) {
      const block = this.#blocks.get(next);
      const length = block?.length ?? 0;
      for (let at = 0, place = 0; block && at < length; at += entryBytes, place++)
        this.#hints.add(hashAtEntry(block, at), referenceOf(next, place));
    }
  }
}
