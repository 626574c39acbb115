/**
 * The text table of a workbook, kept as UTF-8 in one buffer: a million texts cost their bytes and four more each, and become strings only when asked for.
 */
import { isBlankText } from './cell.ts';
import { FileRefusal } from './file-refusal.ts';
import { couldBeRedacted, redactionOf } from './redaction.ts';
import { claimOf } from './withheld-tally.ts';
import { nameIs, workbookText, type XmlHandler } from './xml-tokens.ts';

const keptStrings = 1 << 15;
/** A million texts of 256 characters. */
const textLimit = 256 * 1024 * 1024;
export const [nothing, redacted, something] = [1, 2, 3] as const;

export class SharedStrings implements XmlHandler {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #used = 0;
  #ends = new Uint32Array(1 << 12);
  #count = 0;
  #natures = new Uint8Array(0);
  readonly #kept: (string | undefined)[] = [];
  #inText = false;
  #phonetic = 0;
  #item = false;

  get(index: number): string {
    const kept = index < keptStrings ? this.#kept[index] : undefined;
    if (kept !== undefined) return kept;
    const [start, end] = this.#range(index);
    const text = this.#bytes.toString('utf8', start, end);
    if (index < keptStrings) this.#kept[index] = text;
    return text;
  }

  /** Whether a text is nothing, a redaction, or anything else: asked for every cell, found out once for every text. */
  nature(index: number): typeof nothing | typeof redacted | typeof something {
    if (this.#natures.length < this.#count) this.#natures = new Uint8Array(this.#count);
    const known = this.#natures[index];
    if (known === nothing || known === redacted || known === something) return known;
    const [start, end] = this.#range(index);
    const first = this.#bytes[start] ?? 0;
    let nature: typeof nothing | typeof redacted | typeof something = something;
    if (start === end) nature = nothing;
    else if (first <= 32 || first >= 0xc2)
      nature = isBlankText(this.#bytes.toString('utf8', start, end)) ? nothing : something;
    if (nature === something && couldBeRedacted(first, end - start) && redactionOf(this.get(index))) nature = redacted;
    this.#natures[index] = nature;
    return nature;
  }

  /** The exemptions that a redacted text claims. */
  claim(index: number): string {
    const redaction = redactionOf(this.get(index));
    return redaction ? claimOf(redaction) : '';
  }

  #range(index: number): readonly [number, number] {
    if (!(index >= 0 && index < this.#count)) throw new FileRefusal('MALFORMED');
    return [index === 0 ? 0 : (this.#ends[index - 1] ?? 0), this.#ends[index] ?? 0];
  }

  open(bytes: Buffer, start: number, end: number): void {
    if (nameIs(bytes, start, end, 'si')) this.#item = true;
    else if (nameIs(bytes, start, end, 'rPh')) this.#phonetic += 1;
    else if (nameIs(bytes, start, end, 't')) this.#inText = this.#item && this.#phonetic === 0;
  }

  text(bytes: Buffer, start: number, end: number, raw: boolean): void {
    if (!this.#inText) return;
    let plain = raw;
    if (!plain) {
      plain = true;
      for (let at = start; at < end; at++) {
        const byte = bytes[at];
        if (byte === 38 || byte === 13 || (byte === 95 && bytes[at + 1] === 120)) {
          plain = false;
          break;
        }
      }
    }
    if (plain) {
      this.#reserve(end - start);
      bytes.copy(this.#bytes, this.#used, start, end);
      this.#used += end - start;
      return;
    }
    const text = workbookText(bytes.toString('utf8', start, end));
    this.#reserve(Buffer.byteLength(text));
    this.#used += this.#bytes.write(text, this.#used);
  }

  close(bytes: Buffer, start: number, end: number): void {
    this.#inText = false;
    if (nameIs(bytes, start, end, 'rPh')) this.#phonetic -= 1;
    if (!nameIs(bytes, start, end, 'si')) return;
    this.#item = false;
    if (this.#count === this.#ends.length) {
      const more = new Uint32Array(Math.ceil(this.#ends.length * 1.5));
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    if (this.#used + length > textLimit) throw new FileRefusal('TOO_LARGE');
    const more = Buffer.allocUnsafeSlow(Math.max(Math.ceil(this.#bytes.length * 1.5), this.#used + length));
    this.#bytes.copy(more, 0, 0, this.#used);
    this.#bytes = more;
  }
}
