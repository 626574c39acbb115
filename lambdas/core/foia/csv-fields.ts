/**
 * Text tables as bytes (RFC 4180, leniently): delimiters, quotes and line ends are ASCII in every encoding this reads, so fields are cut before anything is decoded.
 * A quote inside a field that does not begin with one is a character like any other; a doubled quote inside a quoted field is one.
 */
import { FileRefusal } from './file-refusal.ts';

const [quote, lineFeed, carriageReturn] = [34, 10, 13];
/** A single row longer than this is a quote that was never closed. */
const rowLimit = 16 * 1024 * 1024;
/** As many columns as a workbook can have. */
const fieldLimit = 16_384;

/** Fields of one row: field `i` lies in `bytes` from `starts[i]` to `ends[i]`, without its quotes; `doubled[i]` when quotes in it are doubled. Holds only during the call. */
export type RowFields = {
  readonly bytes: Buffer;
  /** The same bytes. */
  readonly view: DataView;
  readonly delimiter: number;
  /** Whether a field of the row stands in quotes. */
  readonly quoted: boolean;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly doubled: Uint8Array;
};

export class CsvFields {
  readonly #delimiter: number;
  readonly #take: (row: RowFields) => void;
  #rest: Buffer | undefined;
  readonly #starts = new Uint32Array(fieldLimit);
  readonly #ends = new Uint32Array(fieldLimit);
  readonly #doubled = new Uint8Array(fieldLimit);

  constructor(delimiter: number, take: (row: RowFields) => void) {
    this.#delimiter = delimiter;
    this.#take = take;
  }

  write(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    const used = this.#rows(bytes, false);
    if (bytes.length - used > rowLimit) throw new FileRefusal('MALFORMED');
    this.#rest = used < bytes.length ? Buffer.from(bytes.subarray(used)) : undefined;
  }

  /** The last row, which needs no line end. Throws FileRefusal when a quote was never closed. */
  end(): void {
    if (this.#rest) this.#rows(this.#rest, true);
    this.#rest = undefined;
  }

  /** Hands over whole rows and answers where the first that is not whole begins. */
  #rows(bytes: Buffer, last: boolean): number {
    const delimiter = this.#delimiter;
    const { length } = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    const starts = this.#starts;
    const ends = this.#ends;
    const doubled = this.#doubled;
    let row = 0;
    let quoted = false;
    let count = 0;
    let at = 0;
    while (at < length || (last && count > 0)) {
      if (count === fieldLimit) throw new FileRefusal('MALFORMED');
      let start = at;
      let end: number;
      doubled[count] = 0;
      if (at < length && bytes[at] === quote) {
        start = at + 1;
        end = -1;
        quoted = true;
        for (let from = start; ; ) {
          const found = bytes.indexOf(quote, from);
          if (found < 0) break;
          const next = bytes[found + 1];
          if (next === quote) {
            doubled[count] = 1;
            from = found + 2;
          } else if (next === undefined) {
            if (last) end = found;
            break;
          } else if (next === delimiter || next === lineFeed || next === carriageReturn) {
            end = found;
            break;
          } else from = found + 1;
        }
        if (end < 0) {
          if (last) throw new FileRefusal('TRUNCATED');
          return row;
        }
        at = end + 1;
      } else {
        while (at < length) {
          const byte = bytes[at];
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
          at++;
        }
        end = at;
      }
      starts[count] = start;
      ends[count] = end;
      count += 1;
      const byte = bytes[at];
      if (byte === delimiter) {
        at += 1;
        continue;
      }
      if (byte === undefined && !last) return row;
      if (byte === carriageReturn) {
        // The line feed of a pair may still be to come.
        if (at + 1 === length && !last) return row;
        if (bytes[at + 1] === lineFeed) at += 1;
      }
      at += 1;
      this.#take({ bytes, view, delimiter, quoted, count, starts, ends, doubled });
      count = 0;
      quoted = false;
      row = at;
      if (byte === undefined) break;
    }
    return last ? length : row;
  }
}
