/** Fields of a text table as texts: what is spelled alike is decoded once, because agencies write the same few words into millions of cells. */

const slots = 1 << 15;
const keptSpellings = slots / 2;
const keptBytes = 1 << 22;
/** A column that shows so many new spellings, and more of them than known ones, is one of identifiers. */
const newSpellings = 2000;

export type Decode = (bytes: Buffer, start: number, end: number) => string;

export class Spellings {
  readonly #decode: Decode;
  /** The place of a spelling plus one; 0 is free. */
  readonly #table = new Uint16Array(slots);
  readonly #hashes = new Int32Array(keptSpellings);
  readonly #ends = new Uint32Array(keptSpellings);
  #bytes = Buffer.allocUnsafe(1 << 16);
  #used = 0;
  readonly #texts: string[] = [];
  readonly #known: number[] = [];
  readonly #new: number[] = [];

  constructor(decode: Decode) {
    this.#decode = decode;
  }

  /** The text of a field of this column; `hash` is equal for equal bytes. Equal fields get one and the same string while there is room for it. */
  text(column: number, bytes: Buffer, start: number, end: number, hash: number): string {
    const fresh = this.#new[column] ?? 0;
    if (fresh > newSpellings && fresh > (this.#known[column] ?? 0)) return this.#decode(bytes, start, end);
    let slot = (hash ^ (hash >>> 15)) & (slots - 1);
    for (;;) {
      const place = this.#table[slot] ?? 0;
      if (place === 0) break;
      if (this.#hashes[place - 1] === hash && this.#equals(place - 1, bytes, start, end)) {
        this.#known[column] = (this.#known[column] ?? 0) + 1;
        return this.#texts[place - 1] ?? '';
      }
      slot = (slot + 1) & (slots - 1);
    }
    this.#new[column] = fresh + 1;
    const text = this.#decode(bytes, start, end);
    if (this.#texts.length < keptSpellings && this.#used + end - start <= keptBytes)
      this.#keep(slot, bytes, start, end, hash, text);
    return text;
  }

  #equals(place: number, bytes: Buffer, start: number, end: number): boolean {
    const from = place === 0 ? 0 : (this.#ends[place - 1] ?? 0);
    if ((this.#ends[place] ?? 0) - from !== end - start) return false;
    const held = this.#bytes;
    for (let at = start, own = from; at < end; at++, own++) if (bytes[at] !== held[own]) return false;
    return true;
  }

  #keep(slot: number, bytes: Buffer, start: number, end: number, hash: number, text: string): void {
    if (this.#used + end - start > this.#bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + end - start));
      this.#bytes.copy(more, 0, 0, this.#used);
      this.#bytes = more;
    }
    this.#used += bytes.copy(this.#bytes, this.#used, start, end);
    const place = this.#texts.push(text) - 1;
    this.#hashes[place] = hash;
    this.#ends[place] = this.#used;
    this.#table[slot] = place + 1;
  }
}
