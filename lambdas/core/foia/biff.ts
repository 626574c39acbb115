/** Records of a legacy workbook (MS-XLS, BIFF8), and texts that go on over the edge of a record. */
import { FileRefusal } from './file-refusal.ts';

export type BiffRecord = { readonly type: number; readonly data: Buffer; readonly at: number };

export const recordTypes = {
  formula: 0x06,
  eof: 0x0a,
  date1904: 0x22,
  continued: 0x3c,
  filePass: 0x2f,
  boundSheet: 0x85,
  mulRk: 0xbd,
  dbCell: 0xd7,
  xf: 0xe0,
  sst: 0xfc,
  labelSst: 0xfd,
  number: 0x203,
  label: 0x204,
  boolErr: 0x205,
  string: 0x207,
  rk: 0x27e,
  rString: 0xd6,
  format: 0x41e,
  bof: 0x809,
} as const;

/** The records from a place of the stream on, without those that go on (CONTINUE) unless asked for. Throws FileRefusal when one is cut off. */
export function* recordsFrom(stream: Buffer, from: number): Generator<BiffRecord> {
  for (let at = from; at + 4 <= stream.length; ) {
    const length = stream.readUInt16LE(at + 2);
    if (at + 4 + length > stream.length) throw new FileRefusal('TRUNCATED');
    yield { type: stream.readUInt16LE(at), data: stream.subarray(at + 4, at + 4 + length), at };
    at += 4 + length;
  }
}

/** Bytes spread over a record and the ones that continue it. A text that crosses an edge says anew, in one byte, how wide its characters are. */
export class Continued {
  readonly #pieces: readonly Buffer[];
  #piece = 0;
  #at = 0;
  constructor(pieces: readonly Buffer[]) {
    this.#pieces = pieces;
  }

  get done(): boolean {
    this.#settle();
    return this.#piece >= this.#pieces.length;
  }

  uint8(): number {
    this.#settle();
    const byte = this.#pieces[this.#piece]?.[this.#at];
    if (byte === undefined) throw new FileRefusal('TRUNCATED');
    this.#at += 1;
    return byte;
  }
  uint16(): number {
    const low = this.uint8();
    return low | (this.uint8() << 8);
  }
  uint32(): number {
    const low = this.uint16();
    return low + this.uint16() * 0x1_0000;
  }

  skip(length: number): void {
    for (let left = length; left > 0; ) {
      this.#settle();
      const held = this.#pieces[this.#piece];
      if (!held) throw new FileRefusal('TRUNCATED');
      const step = Math.min(left, held.length - this.#at);
      this.#at += step;
      left -= step;
    }
  }

  /** A text of `length` characters (XLUnicodeRichExtendedString without its length). */
  text(length: number): string {
    const flags = this.uint8();
    const runs = flags & 8 ? this.uint16() : 0;
    const extra = flags & 4 ? this.uint32() : 0;
    let wide = (flags & 1) === 1;
    let text = '';
    for (let left = length; left > 0; ) {
      let held = this.#pieces[this.#piece];
      if (held && this.#at >= held.length) {
        this.#piece += 1;
        this.#at = 0;
        held = this.#pieces[this.#piece];
        wide = ((held?.[0] ?? 0) & 1) === 1;
        this.#at = 1;
      }
      if (!held) throw new FileRefusal('TRUNCATED');
      const step = Math.min(left, (held.length - this.#at) >> (wide ? 1 : 0));
      if (step === 0) throw new FileRefusal('MALFORMED');
      const end = this.#at + (wide ? step * 2 : step);
      text += held.toString(wide ? 'utf16le' : 'latin1', this.#at, end);
      this.#at = end;
      left -= step;
    }
    this.skip(runs * 4 + extra);
    return text;
  }

  #settle(): void {
    for (;;) {
      const held = this.#pieces[this.#piece];
      if (!held || this.#at < held.length) return;
      this.#piece += 1;
      this.#at = 0;
    }
  }
}

const scratch = Buffer.alloc(8);

/** A number packed in 30 bits (MS-XLS 2.5.217): an integer or the upper half of a double, perhaps times one hundred. */
export function unpackedNumber(rk: number): number {
  let value = rk >> 2;
  if ((rk & 2) === 0) {
    scratch.writeInt32LE(rk & ~3, 4);
    value = scratch.readDoubleLE(0);
  }
  return (rk & 1) === 1 ? value / 100 : value;
}
