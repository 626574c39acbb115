/** Rows of a text table as cells: only those that somebody wants are decoded; all are fingerprinted, and redactions are tallied in all. */
import iconv from 'iconv-lite';
import { type Cell, isBlankText, type Selection, type SheetRow } from './cell.ts';
import type { RowFields } from './csv-fields.ts';
import { couldBeRedacted, redactionOf } from './redaction.ts';
import { RowFingerprint } from './row-fingerprint.ts';
import { type Decode, Spellings } from './spellings.ts';
import type { TextEncoding } from './text-encoding.ts';
import { claimOf } from './withheld-tally.ts';

/** Whether a field that begins with this byte may be a redaction, and may be nothing but white space. */
const suspects = Uint8Array.from({ length: 256 }, (_, byte) => (couldBeRedacted(byte, 1) || byte >= 0x80 ? 1 : 0));
const longestRedaction = 200;

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

const decoderOf = (encoding: TextEncoding): Decode => {
  const decode: Decode =
    encoding === 'windows-1252' || encoding === 'macintosh'
      ? (bytes, start, end) => iconv.decode(bytes.subarray(start, end), encoding)
      : (bytes, start, end) => bytes.toString('utf8', start, end);
  return (bytes, start, end) => {
    const text = decode(bytes, start, end);
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  };
};

/** What a text is that may stand for no value: `blank`, or withheld under a `claim`. */
type Nature = { readonly blank: boolean; readonly claim: string | undefined };
const natureOf = (text: string): Nature => {
  if (isBlankText(text)) return { blank: true, claim: undefined };
  const redaction = text.length <= longestRedaction ? redactionOf(text) : undefined;
  return { blank: false, claim: redaction && claimOf(redaction) };
};

export class CsvRows {
  #ready: SheetRow[] = [];
  #number = 0;
  #wanted: ReadonlySet<number> | undefined;
  #wantedAt = new Uint8Array(0);
  readonly #selection: Selection;
  readonly #decode: Decode;
  readonly #spellings: Spellings<Nature>;
  readonly #fingerprint = new RowFingerprint();

  constructor(encoding: TextEncoding, selection: Selection) {
    this.#selection = selection;
    this.#decode = decoderOf(encoding);
    this.#spellings = new Spellings(this.#decode);
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
    const { bytes, count, starts, ends, doubled } = fields;
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
        const spelling =
          doubled[column] === 1
            ? { text: this.#decode(bytes, start, end).replaceAll('""', '"'), note: undefined }
            : this.#spellings.of(column, fields, start, end);
        if (suspect) {
          spelling.note ??= natureOf(spelling.text);
          if (spelling.note.blank) {
            ends[column] = start;
            blanked = true;
            continue;
          }
          if (spelling.note.claim !== undefined) withheld?.add(column, spelling.note.claim);
        }
        if (wanted) cells[column] = spelling.text;
      }
      filled += 1;
      last = column;
    }
    if (filled === 0) return;
    const fingerprint = this.#fingerprint.of(fields, last, blanked);
    this.#ready.push({ number: this.#number, cells, filled, fingerprint });
  }
}
