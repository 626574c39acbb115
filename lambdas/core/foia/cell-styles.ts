/** Which cell styles show a number as a day (ECMA-376 Part 1, 18.8.30). */
import { attributesOf, nameIs, type XmlHandler } from './xml-tokens.ts';

/** Built-in formats that show a day, the East Asian ones included; pure times of day and durations are numbers. */
const builtin = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Whether a built-in format shows a day. */
export const showsDayBuiltIn = (format: number): boolean => builtin.has(format);

/** Whether a format code shows a day: year, day or month letters outside quotes, escapes, colours and conditions. */
export function showsDay(code: string): boolean {
  const bare = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    // An elapsed time such as `[h]` stays a time; colours, locales and conditions go.
    .replace(/\[([hms])\1*\]/gi, 'h')
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/general/.test(bare)) return false;
  if (/[ydeg]/.test(bare.replace(/[0#?]\.?[0#?]*e[+-]/g, ''))) return true;
  return /mmm/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
}

export class CellStyles implements XmlHandler {
  readonly #custom = new Map<number, boolean>();
  readonly #formats: number[] = [];
  #inCellFormats = false;

  /** One flag per cell style, in the order cells name them. */
  get days(): readonly boolean[] {
    return this.#formats.map((format) => this.#custom.get(format) ?? showsDayBuiltIn(format));
  }
  open(bytes: Buffer, start: number, end: number, tagEnd: number): void {
    if (nameIs(bytes, start, end, 'cellXfs')) this.#inCellFormats = true;
    else if (nameIs(bytes, start, end, 'numFmt')) {
      const attributes = attributesOf(bytes, end, tagEnd);
      this.#custom.set(Number(attributes.get('numFmtId')), showsDay(attributes.get('formatCode') ?? ''));
    } else if (this.#inCellFormats && nameIs(bytes, start, end, 'xf'))
      this.#formats.push(Number(attributesOf(bytes, end, tagEnd).get('numFmtId') ?? 0));
  }
  text(): void {}
  close(bytes: Buffer, start: number, end: number): void {
    if (nameIs(bytes, start, end, 'cellXfs')) this.#inCellFormats = false;
  }
}
