/** Rows of a text table as cells: only those that somebody wants are decoded; all are fingerprinted, and redactions are tallied in all. */
import iconv from 'iconv-lite';
import { type Cell, isBlankText, type Selection, type SheetRow } from './cell.ts';
import type { RowFields } from './csv-fields.ts';
import { couldBeRedacted, redactionOf } from './redaction.ts';
import { hashOf, RowFingerprint } from './row-fingerprint.ts';
import { type Decode, Spellings } from './spellings.ts';
import type { TextEncoding } from './text-encoding.ts';
import { claimOf } from './withheld-tally.ts';

/** Whether a field that begins with this byte may be a redaction, and may be nothing but white space. */
const suspects = Uint8Array.from({ length: 256 }, (_, byte) => (couldBeRedacted(byte, 1) || byte >= 0x80 ? 1 : 0));
const longestRedaction = 200;
const keptClaims = 5000;

/** A field that begins with a letter is a redaction only when the word goes on like one. */
function mayBeNoValue(bytes: Buffer, start: number, end: number): boolean {
  const first = (bytes[start] ?? 0) | 32;
  const second = bytes[start + 1] ?? 0;
  if (first === letters.b) return end - start <= longestRedaction && (second <= 32 || second === 40 || second === 41);
  if (first === letters.r || first === letters.w)
    return end - start <= longestRedaction && (second | 32) === (first === letters.r ? letters.e : letters.i);
  return true;
}
const letters = { b: 98, e: 101, i: 105, r: 114, w: 119 };

const decoderOf = (encoding: TextEncoding): Decode =>
  encoding === 'windows-1252' || encoding === 'macintosh'
    ? (bytes, start, end) => iconv.decode(bytes.subarray(start, end), encoding)
    : (bytes, start, end) => bytes.toString('utf8', start, end);

export class CsvRows {
  #ready: SheetRow[] = [];
  #number = 0;
  #wanted: ReadonlySet<number> | undefined;
  #wantedAt = new Uint8Array(0);
  readonly #claims = new Map<string, string | undefined>();
  readonly #selection: Selection;
  readonly #decode: Decode;
  readonly #spellings: Spellings;
  readonly #fingerprint = new RowFingerprint();

  constructor(encoding: TextEncoding, selection: Selection) {
    this.#selection = selection;
    this.#decode = decoderOf(encoding);
    this.#spellings = new Spellings(this.#decode);
  }

  /** A redaction is spelled in a few ways and stands in millions of cells: each spelling is understood once. */
  #claimIn(text: string): string | undefined {
    if (this.#claims.has(text)) return this.#claims.get(text);
    const redaction = redactionOf(text);
    const claim = redaction && claimOf(redaction);
    if (this.#claims.size < keptClaims) this.#claims.set(text, claim);
    return claim;
  }

  take(): readonly SheetRow[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** One flag for each column; the selection may be narrowed at any row. */
  #wantedOf(count: number): Uint8Array {
    const { columns } = this.#selection;
    if (columns !== this.#wanted || this.#wantedAt.length < count) {
      this.#wanted = columns;
      this.#wantedAt = Uint8Array.from({ length: Math.max(count, 256) }, (_, at) =>
        !columns || columns.has(at) ? 1 : 0,
      );
    }
    return this.#wantedAt;
  }

  add(fields: RowFields): void {
    this.#number += 1;
    const { bytes, view, count, starts, ends, doubled } = fields;
    const { rows, withheld } = this.#selection;
    const whole = rows?.has(this.#number) === true;
    const wantedAt = this.#wantedOf(count);
    const cells: Cell[] = new Array(count);
    let filled = 0;
    let last = -1;
    let blanked = false;
    for (let column = 0; column < count; column++) {
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      if (start === end) continue;
      const suspect = suspects[bytes[start] ?? 0] === 1 && mayBeNoValue(bytes, start, end);
      const wanted = whole || wantedAt[column] === 1;
      if (suspect || wanted) {
        const text =
          doubled[column] === 1
            ? this.#decode(bytes, start, end).replaceAll('""', '"')
            : this.#spellings.text(column, bytes, start, end, hashOf(view, start, end));
        if (suspect && isBlankText(text)) {
          ends[column] = start;
          blanked = true;
          continue;
        }
        const claim = suspect && withheld && text.length <= longestRedaction ? this.#claimIn(text) : undefined;
        if (claim !== undefined) withheld?.add(column, claim);
        if (wanted) cells[column] = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
      }
      filled += 1;
      last = column;
    }
    if (filled === 0) return;
    const fingerprint = this.#fingerprint.of(fields, last, blanked);
    this.#ready.push({ number: this.#number, cells, filled, fingerprint });
  }
}
