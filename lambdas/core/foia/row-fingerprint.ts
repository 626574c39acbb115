/**
 * Fingerprints of rows in text: 53 bits that are equal when the cells are, however the row is quoted and however many empty fields end it. Each field has two hashes that know nothing of each
 * other, salted with its column; those of a row are their sums, so that only fields that changed since the row above are hashed.
 */
import { columnLimit, joinLanes } from './cell.ts';
import type { RowFields } from './csv-fields.ts';

export class RowFingerprint {
  /** By column; zero where the row has nothing. */
  readonly #highs = new Int32Array(columnLimit);
  readonly #lows = new Int32Array(columnLimit);
  #high = 0;
  #low = 0;

  /** The fingerprint of the row as its fields were set. */
  get value(): number {
    return joinLanes(this.#high, this.#low);
  }

  /** Puts the field of a column in place of the one that was there, and answers a hash of its bytes alone. */
  set(column: number, { bytes, view, starts, ends, doubled }: RowFields): number {
    const start = starts[column] ?? 0;
    const end = ends[column] ?? 0;
    if (doubled[column] !== 1) return this.#hash(column, view, start, end);
    const plain = Buffer.from(bytes.toString('latin1', start, end).replaceAll('""', '"'), 'latin1');
    return this.#hash(column, new DataView(plain.buffer, plain.byteOffset, plain.length), 0, plain.length);
  }

  leaveOut(column: number): void {
    this.#put(column, 0, 0);
  }

  /** Four bytes a step; the last step may take some bytes again. */
  #hash(column: number, view: DataView, start: number, end: number): number {
    const length = end - start;
    let high = length ^ 0x811c_9dc5;
    let low = length ^ 0x1234_5678;
    for (let at = start; at < end; at += 4) {
      const word =
        at + 4 <= end ? view.getInt32(at, true) : length >= 4 ? view.getInt32(end - 4, true) : shortWord(view, at, end);
      high = Math.imul(high ^ word, 0x85eb_ca6b);
      high ^= high >>> 15;
      low = Math.imul(low ^ word, 0x5bd1_e995);
      low = (low << 13) | (low >>> 19);
    }
    if (length === 0) this.#put(column, 0, 0);
    else
      this.#put(
        column,
        scattered(high + Math.imul(column, 0x9e37_79b1)),
        scattered(low + Math.imul(column, 0x27d4_eb2f)),
      );
    return high;
  }

  #put(column: number, high: number, low: number): void {
    this.#high = (this.#high + high - (this.#highs[column] ?? 0)) | 0;
    this.#low = (this.#low + low - (this.#lows[column] ?? 0)) | 0;
    this.#highs[column] = high;
    this.#lows[column] = low;
  }
}

function shortWord(view: DataView, from: number, end: number): number {
  let word = 0;
  for (let at = from; at < end; at++) word = (word << 8) | view.getUint8(at);
  return word;
}

/** Spreads every bit over all (the finalizer of MurmurHash3): sums of what is alike are not. */
function scattered(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85eb_ca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}
