/** Fields of a text table as texts: what is spelled alike is decoded and understood once, because agencies write the same few words into millions of cells. */
import { columnLimit } from './cell.ts';
import type { RowFields } from './csv-fields.ts';

const slots = 1 << 15;
const keptSpellings = slots / 2;
const keptBytes = 1 << 22;
/** A column that shows so many new spellings, and more of them than known ones, is one of identifiers. */
const newSpellings = 2000;

/** A field that was decoded, and what a reader noted about it. */
export type Spelling<Note> = { readonly text: string; note: Note | undefined };
type FieldBytes = Pick<RowFields, 'bytes' | 'view'>;
export type Decode = (bytes: Buffer, start: number, end: number) => string;

export class Spellings<Note> {
  readonly #decode: Decode;
  /** The place of a spelling plus one; 0 is free. */
  readonly #table = new Uint16Array(slots);
  readonly #hashes = new Int32Array(keptSpellings);
  /** Where the bytes of a spelling end; those of the next begin there. */
  readonly #ends = new Uint32Array(keptSpellings + 1);
  #bytes = new DataView(new ArrayBuffer(1 << 16));
  readonly #kept: Spelling<Note>[] = [];
  /** By column: how often a spelling was known and new. */
  readonly #known = new Uint32Array(columnLimit);
  readonly #new = new Uint32Array(columnLimit);

  constructor(decode: Decode) {
    this.#decode = decode;
  }

  /** A field of this column as text, by a hash of its bytes. Equal fields get one and the same answer while there is room for it. */
  of(column: number, { bytes, view }: FieldBytes, start: number, end: number, hash: number): Spelling<Note> {
    const fresh = this.#new[column] ?? 0;
    if (fresh > newSpellings && fresh > (this.#known[column] ?? 0)) return this.#made(bytes, start, end);
    const table = this.#table;
    let slot = (hash ^ (hash >>> 15)) & (slots - 1);
    for (let place = table[slot] ?? 0; place !== 0; place = table[slot] ?? 0) {
      if (this.#hashes[place - 1] === hash && this.#equals(place - 1, view, start, end)) {
        return this.#again(column, place - 1);
      }
      slot = (slot + 1) & (slots - 1);
    }
    this.#new[column] = fresh + 1;
    const spelling = this.#made(bytes, start, end);
    const used = this.#ends[this.#kept.length] ?? 0;
    if (this.#kept.length < keptSpellings && used + end - start <= keptBytes) {
      this.#makeRoom(used, used + end - start);
      new Uint8Array(this.#bytes.buffer).set(bytes.subarray(start, end), used);
      const place = this.#kept.push(spelling);
      this.#hashes[place - 1] = hash;
      this.#ends[place] = used + end - start;
      table[slot] = place;
    }
    return spelling;
  }

  #again(column: number, place: number): Spelling<Note> {
    this.#known[column] = (this.#known[column] ?? 0) + 1;
    return this.#kept[place] as Spelling<Note>;
  }

  #made(bytes: Buffer, start: number, end: number): Spelling<Note> {
    return { text: this.#decode(bytes, start, end), note: undefined };
  }

  #equals(place: number, view: DataView, start: number, end: number): boolean {
    const from = this.#ends[place] ?? 0;
    const length = end - start;
    if ((this.#ends[place + 1] ?? 0) - from !== length) return false;
    const held = this.#bytes;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (view.getInt32(start + at, true) !== held.getInt32(from + at, true)) return false;
    if (at === length) return true;
    if (length >= 4) return view.getInt32(end - 4, true) === held.getInt32(from + length - 4, true);
    for (; at < length; at++) if (view.getUint8(start + at) !== held.getUint8(from + at)) return false;
    return true;
  }

  #makeRoom(used: number, length: number): void {
    if (length <= this.#bytes.byteLength) return;
    const more = new Uint8Array(Math.max(this.#bytes.byteLength * 2, length));
    more.set(new Uint8Array(this.#bytes.buffer, 0, used));
    this.#bytes = new DataView(more.buffer);
  }
}
