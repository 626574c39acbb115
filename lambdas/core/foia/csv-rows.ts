/** Rows of a text table as cells: only those that somebody wants are decoded; all are fingerprinted, and redactions are tallied in all. */
import iconv from 'iconv-lite';
import { type Cell, isBlankText, type Selection, type SheetRow } from './cell.ts';
import type { RowFields } from './csv-fields.ts';
import { couldBeRedacted, redactionOf } from './redaction.ts';
import { RowFingerprint } from './row-fingerprint.ts';
import { type Decode, Spellings } from './spellings.ts';
import type { TextEncoding } from './text-encoding.ts';
import { claimOf, type WithheldTally } from './withheld-tally.ts';

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

/** What a field is: `empty`, a `value`, or withheld under a `claim`. White space alone is empty. */
type Nature = { readonly claim: string | undefined };
const empty: Nature = { claim: undefined };
const value: Nature = { claim: undefined };
const natureOf = (text: string): Nature => {
  if (isBlankText(text)) return empty;
  const redaction = text.length <= longestRedaction ? redactionOf(text) : undefined;
  return redaction ? { claim: claimOf(redaction) } : value;
};

export class CsvRows {
  #ready: SheetRow[] = [];
  #number = 0;
  readonly #selection: Selection;
  readonly #decode: Decode;
  readonly #spellings: Spellings<Nature>;
  /** What was wanted of the row read last, and one flag for each column. */
  #wanted: ReadonlySet<number> | undefined | 'nothing' = 'nothing';
  #wantedAt = new Uint8Array(0);
  /** Its fields: what they are, their texts where somebody wants them, and the columns withheld. */
  readonly #natures: Nature[] = [];
  readonly #cells: Cell[] = [];
  readonly #fingerprint = new RowFingerprint();
  #filled = 0;
  #withheld: readonly number[] = [];
  #withheldChanged = false;

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

  /** A field that is the one above it was understood there. */
  add(fields: RowFields): void {
    this.#number += 1;
    const { count, changed, changes } = fields;
    const { columns, rows, withheld } = this.#selection;
    const wanted = rows?.has(this.#number) ? undefined : columns;
    if (wanted !== this.#wanted || count > this.#wantedAt.length) this.#want(wanted, fields);
    else for (let at = 0; at < changes; at++) this.#field(changed[at] ?? 0, fields);
    while (this.#cells.length > count) this.#leaveOut(this.#cells.length - 1);
    if (this.#filled === 0) return;
    if (withheld) this.#tally(withheld);
    const cells = this.#cells.slice();
    this.#ready.push({ number: this.#number, cells, filled: this.#filled, fingerprint: this.#fingerprint.value });
  }

  /** The selection may be narrowed at any row: every field of that row is looked at. */
  #want(wanted: ReadonlySet<number> | undefined, fields: RowFields): void {
    const length = Math.max(fields.count, 256);
    this.#wantedAt = Uint8Array.from({ length }, (_, at) => (!wanted || wanted.has(at) ? 1 : 0));
    this.#wanted = wanted;
    for (let column = 0; column < fields.count; column++) this.#field(column, fields);
  }

  #field(column: number, fields: RowFields): void {
    const { bytes, starts, ends, doubled } = fields;
    const start = starts[column] ?? 0;
    const end = ends[column] ?? 0;
    const hash = this.#fingerprint.set(column, fields);
    const suspect = suspects[bytes[start] ?? 0] === 1 && mayBeNoValue(bytes, start, end);
    let nature = start === end ? empty : value;
    let text: string | undefined;
    if (start < end && (suspect || this.#wantedAt[column] === 1)) {
      const spelling =
        doubled[column] === 1
          ? { text: this.#decode(bytes, start, end).replaceAll('""', '"'), note: undefined }
          : this.#spellings.of(column, fields, start, end, hash);
      if (suspect) nature = spelling.note ??= natureOf(spelling.text);
      if (nature === empty) this.#fingerprint.leaveOut(column);
      else if (this.#wantedAt[column] === 1) text = spelling.text;
    }
    this.#cells[column] = text;
    this.#note(column, nature);
  }

  #note(column: number, nature: Nature): void {
    const before = this.#natures[column] ?? empty;
    if (before === nature) return;
    this.#natures[column] = nature;
    if (before === empty) this.#filled += 1;
    else if (nature === empty) this.#filled -= 1;
    if (before.claim !== undefined || nature.claim !== undefined) this.#withheldChanged = true;
  }

  /** The row has fewer fields than the one above it. */
  #leaveOut(column: number): void {
    this.#cells.length = column;
    this.#fingerprint.leaveOut(column);
    this.#note(column, empty);
  }

  #tally(withheld: WithheldTally): void {
    if (this.#withheldChanged)
      this.#withheld = this.#natures.flatMap(({ claim }, column) => (claim === undefined ? [] : column));
    this.#withheldChanged = false;
    for (const column of this.#withheld) withheld.add(column, this.#natures[column]?.claim ?? '');
  }
}
