/** Fingerprints of rows in text: 53 bits that are equal when the cells are, however the row is quoted and however many empty fields end it. */
import { joinLanes } from './cell.ts';
import type { RowFields } from './csv-fields.ts';

/** The bytes from `start` to `end`, four a step; what is left over is a word with its length. */
export function hashOf(view: DataView, start: number, end: number): number {
  let hash = 0x811c_9dc5 | 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x85eb_ca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ restOf(view, at, end), 0x85eb_ca6b);
  return hash ^ (hash >>> 15);
}

function restOf(view: DataView, from: number, end: number): number {
  let rest = end - from;
  for (let at = from; at < end; at++) rest = (rest << 8) | view.getUint8(at);
  return rest;
}

const quote = 34;
/** What stands for a delimiter inside a field: a byte that no text holds. */
const inside = 0;

export class RowFingerprint {
  #plain = new Uint8Array(1 << 12);
  #view = new DataView(this.#plain.buffer);

  /** `last` is the last field that holds something; `blanked` says that a field of white space was emptied, whose bytes still stand in the row. */
  of(row: RowFields, last: number, blanked: boolean): number {
    const { view, quoted, starts, ends } = row;
    if (!quoted && !blanked) return lanesOf(view, starts[0] ?? 0, ends[last] ?? 0);
    const length = this.#spelledOut(row, last, blanked);
    return lanesOf(this.#view, 0, length);
  }

  /** The row as it would stand without quotes, and how long that is. A delimiter inside a field is told from one between fields. */
  #spelledOut({ bytes, delimiter, starts, ends, doubled }: RowFields, last: number, blanked: boolean): number {
    const longest = (ends[last] ?? 0) - (starts[0] ?? 0) + 1;
    if (this.#plain.length < longest) {
      this.#plain = new Uint8Array(longest * 2);
      this.#view = new DataView(this.#plain.buffer);
    }
    const plain = this.#plain;
    let to = 0;
    const copy = (start: number, end: number) => {
      if (end <= start) return;
      plain.set(bytes.subarray(start, end), to);
      to += end - start;
    };
    /** From here on the row stands as it is, delimiters included. */
    let from = (starts[0] ?? 0) - (opened(bytes, starts[0] ?? 0) ? 1 : 0);
    for (let column = 0; column <= last; column++) {
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      const inQuotes = opened(bytes, start);
      if (!inQuotes && (start !== end || !blanked)) continue;
      copy(from, inQuotes ? start - 1 : start);
      const pairs = doubled[column] === 1;
      for (let at = start; at < end; at++) {
        const byte = bytes[at] ?? 0;
        plain[to++] = byte === delimiter ? inside : byte;
        if (pairs && byte === quote) at++;
      }
      // Of a field that was emptied only the beginning is known: it goes on with the delimiter before the next.
      const next = starts[column + 1] ?? 0;
      from = column === last ? end : next - (opened(bytes, next) ? 2 : 1);
    }
    copy(from, ends[last] ?? 0);
    return to;
  }
}

const opened = (bytes: Buffer, start: number): boolean => start > 0 && bytes[start - 1] === quote;

/** Two lanes that know nothing of each other, joined to 53 bits. */
function lanesOf(view: DataView, start: number, end: number): number {
  let high = 0x811c_9dc5 | 0;
  let low = 0x1234_5678;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true);
    high = Math.imul(high ^ word, 0x85eb_ca6b);
    high ^= high >>> 15;
    low = Math.imul(low ^ word, 0x5bd1_e995);
    low = (low << 13) | (low >>> 19);
  }
  const rest = restOf(view, at, end);
  high = Math.imul(high ^ rest, 0x85eb_ca6b);
  low = Math.imul(low ^ rest, 0x5bd1_e995);
  return joinLanes(high ^ (high >>> 15), low ^ (low >>> 13));
}
