/**
 * Text tables as bytes (RFC 4180, leniently): delimiters, quotes and line ends are ASCII in every encoding this reads, so fields are cut before anything is decoded.
 * A quote inside a field that does not begin with one is a character like any other; a doubled quote inside a quoted field is one.
 */
import { columnLimit } from './cell.ts';
import { FileRefusal } from './file-refusal.ts';

const [quote, lineFeed, carriageReturn] = [34, 10, 13];
/** The same byte four times. */
const [ones, eights, highBits, topBits] = [0x0101_0101, 0x0808_0808, 0xf8f8_f8f8 | 0, 0x8080_8080 | 0];
/** A single row longer than this is a quote that was never closed. */
const rowLimit = 16 * 1024 * 1024;

/** Fields of one row: field `i` lies in `bytes` from `starts[i]` to `ends[i]`, without its quotes. Holds only during the call. */
export type RowFields = {
  readonly bytes: Buffer;
  /** The same bytes. */
  readonly view: DataView;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 1 when quotes in the field are doubled. */
  readonly doubled: Uint8Array;
  /** The columns whose fields may differ from those above; the others are the same. Agencies write the same few words down whole columns. */
  readonly changed: Uint16Array;
  readonly changes: number;
};

export class CsvFields {
  readonly #take: (row: RowFields) => void;
  /** One row after the other: an object for each would cost more than finding its fields. */
  readonly #delimiter: number;
  /** Where each field of the row begins, its quote included, and where the one after the last would. */
  readonly #begins = new Uint32Array(columnLimit + 1);
  readonly #row: { -readonly [Key in keyof RowFields]: RowFields[Key] };
  #held = 0;

  constructor(delimiter: number, take: (row: RowFields) => void) {
    this.#take = take;
    const bytes = Buffer.allocUnsafeSlow(1 << 16);
    this.#row = {
      bytes,
      view: new DataView(bytes.buffer),
      count: 0,
      starts: new Uint32Array(columnLimit),
      ends: new Uint32Array(columnLimit),
      doubled: new Uint8Array(columnLimit),
      changed: new Uint16Array(columnLimit),
      changes: 0,
    };
    this.#delimiter = delimiter;
  }

  /** Bytes of a row that is not whole yet, which the next chunk goes through once more. */
  get held(): number {
    return this.#held;
  }

  write(chunk: Buffer): void {
    const length = this.#held + chunk.length;
    this.#makeRoom(length + 1);
    chunk.copy(this.#row.bytes, this.#held);
    const used = this.#rows(length, false);
    this.#held = length - used;
    if (this.#held > rowLimit) throw new FileRefusal('MALFORMED');
    this.#row.bytes.copyWithin(0, used, length);
  }

  /** The last row, which needs no line end. Throws FileRefusal when a quote was never closed. */
  end(): void {
    if (this.#held > 0) this.#rows(this.#held, true);
    this.#held = 0;
  }

  #makeRoom(length: number): void {
    const { bytes } = this.#row;
    if (length <= bytes.length) return;
    const more = Buffer.allocUnsafeSlow(length + (length >> 2));
    bytes.copy(more, 0, 0, this.#held);
    this.#row.bytes = more;
    this.#row.view = new DataView(more.buffer);
  }

  /** Hands over whole rows and answers where the first that is not whole begins. */
  #rows(length: number, last: boolean): number {
    const fields = this.#row;
    const { bytes, view, starts, ends, doubled, changed } = fields;
    const begins = this.#begins;
    const delimiter = this.#delimiter;
    const delimiters = Math.imul(delimiter, ones);
    // Every field ends at the latest here, so that its end need not be looked for twice.
    bytes[length] = lineFeed;
    let row = 0;
    // So many fields of the row above still lie where they were found. Its last one ends otherwise than with a delimiter.
    let above = 0;
    let count = 0;
    let changes = 0;
    let at = 0;
    while (at < length || (last && count > 0)) {
      if (count + 1 < above) {
        const from = begins[count] ?? 0;
        const alike = alikeFrom(view, at, from, Math.min(length - at, (begins[above - 1] ?? 0) - from));
        const shift = at - from;
        for (let next = begins[count + 1] ?? 0; next - from <= alike; next = begins[count + 1] ?? 0) {
          begins[count] = at;
          starts[count] = (starts[count] ?? 0) + shift;
          ends[count] = (ends[count] ?? 0) + shift;
          at = next + shift;
          count += 1;
          if (count + 1 === above) break;
        }
      }
      if (count === columnLimit) throw new FileRefusal('MALFORMED');
      let start = at;
      let byte = bytes[at];
      begins[count] = at;
      changed[changes++] = count;
      doubled[count] = 0;
      if (byte === quote && at < length) {
        start = at + 1;
        at = start;
        for (;;) {
          while (at < length && bytes[at] !== quote) at++;
          if (at + 1 >= length) break;
          byte = bytes[at + 1];
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
          if (byte === quote) {
            doubled[count] = 1;
            at += 2;
          } else at += 1;
        }
        if (at + 1 >= length) {
          if (!last) return row;
          if (at >= length) throw new FileRefusal('TRUNCATED');
          byte = lineFeed;
        }
        ends[count] = at;
        at += 1;
      } else {
        if (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
          // Four bytes together: taking one from a zero byte borrows from its top bit, and zero is, after an exclusive or, what equals a delimiter or is from 8 to 15, as line ends are.
          // The least byte is the first of the four, so that the first mark is a true one.
          for (at += 1; at + 4 <= length; at += 4) {
            const word = view.getInt32(at, true);
            const given = word ^ delimiters;
            const control = (word & highBits) ^ eights;
            const marks = (((given - ones) & ~given) | ((control - ones) & ~control)) & topBits;
            if (marks === 0) continue;
            at += (31 - Math.clz32(marks & -marks)) >> 3;
            break;
          }
          byte = bytes[at];
          while (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) byte = bytes[++at];
        }
        if (at >= length && !last) return row;
        ends[count] = at;
      }
      starts[count] = start;
      count += 1;
      if (byte === delimiter) {
        at += 1;
        continue;
      }
      if (byte === carriageReturn) {
        // The line feed of a pair may still be to come.
        if (at + 1 === length && !last) return row;
        if (at + 1 < length && bytes[at + 1] === lineFeed) at += 1;
      }
      const over = at >= length;
      at += 1;
      fields.count = count;
      fields.changes = changes;
      this.#take(fields);
      above = count;
      count = 0;
      changes = 0;
      row = at;
      if (over) break;
    }
    return last ? length : row;
  }
}

/** How many bytes from `at` are those from `from`, `most` at most. */
function alikeFrom(view: DataView, at: number, from: number, most: number): number {
  let alike = 0;
  for (; alike + 4 <= most; alike += 4) {
    const other = view.getInt32(at + alike, true) ^ view.getInt32(from + alike, true);
    if (other !== 0) return alike + ((31 - Math.clz32(other & -other)) >> 3);
  }
  while (alike < most && view.getUint8(at + alike) === view.getUint8(from + alike)) alike++;
  return alike;
}
