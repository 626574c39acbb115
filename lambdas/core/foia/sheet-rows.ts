/** Rows of a worksheet as its bytes go by (ECMA-376 Part 1, 18.3.1): cells that nobody asked for are counted and fingerprinted, never decoded. */
import { type Cell, CellError, isBlankText, joinLanes, type Selection, SerialDate, type SheetRow } from './cell.ts';
import { FileRefusal } from './file-refusal.ts';
import { redactionOf } from './redaction.ts';
import { nothing, redacted, type SharedStrings } from './shared-strings.ts';
import { claimOf } from './withheld-tally.ts';
import { attributesOf, nameIs, workbookText, type XmlHandler } from './xml-tokens.ts';

export type WorkbookParts = {
  readonly strings: SharedStrings;
  readonly days: readonly boolean[];
  readonly from1904: boolean;
};

const [number, shared, formula, inline, truth, fault, isoDate] = [0, 1, 2, 3, 4, 5, 6];
type Kind = number;
const kinds: Readonly<Record<string, Kind>> = {
  n: number,
  s: shared,
  str: formula,
  inlineStr: inline,
  b: truth,
  e: fault,
  d: isoDate,
};
/** Excel keeps 32,767 characters in a cell. */
const longestText = 1_000_000;
const lastColumn = 16_383;
const lastRow = 1_048_576;

export class SheetRows implements XmlHandler {
  #ready: SheetRow[] = [];
  readonly #parts: WorkbookParts;
  readonly #selection: Selection;
  #rowNumber = 0;
  #cells: Cell[] = [];
  #filled = 0;
  #high = 0;
  #low = 0;
  #column = -1;
  #kind: Kind = number;
  #style = 0;
  #wanted = true;
  #wholeRow = false;
  /** Inside `<v>`, or inside `<t>` of an inline string. */
  #inValue = false;
  #inInline = false;
  #phonetic = 0;
  #inRow = false;
  #inCell = false;
  #pieces = 0;
  #text: string | undefined;
  #value: Cell;
  #blank = true;

  constructor(parts: WorkbookParts, selection: Selection) {
    this.#parts = parts;
    this.#selection = selection;
  }

  /** The rows that are complete since the last call. */
  take(): readonly SheetRow[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(bytes: Buffer, start: number, end: number, tagEnd: number): void {
    if (end - start === 1) {
      const letter = bytes[start];
      if (letter === 99) this.#openCell(bytes, end, tagEnd);
      else if (letter === 118) this.#inValue = this.#inCell && this.#kind !== inline;
      else if (letter === 116) this.#inValue = this.#inInline && this.#phonetic === 0;
    } else if (nameIs(bytes, start, end, 'row')) this.#openRow(bytes, end, tagEnd);
    else if (nameIs(bytes, start, end, 'is')) this.#inInline = this.#inCell;
    else if (nameIs(bytes, start, end, 'rPh')) this.#phonetic += 1;
  }

  close(bytes: Buffer, start: number, end: number): void {
    if (end - start === 1) {
      const letter = bytes[start];
      if (letter === 99) this.#closeCell();
      else if (letter === 118 || letter === 116) this.#inValue = false;
    } else if (nameIs(bytes, start, end, 'row')) this.#closeRow();
    else if (nameIs(bytes, start, end, 'is')) this.#inInline = false;
    else if (nameIs(bytes, start, end, 'rPh')) this.#phonetic -= 1;
  }

  text(bytes: Buffer, start: number, end: number, raw: boolean): void {
    if (!this.#inValue) return;
    this.#pieces += 1;
    let high = this.#high;
    let low = this.#low;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      high = Math.imul(high ^ byte, 0x0100_0193);
      low = Math.imul(low ^ byte, 0x5bd1_e995) ^ (low >>> 15);
    }
    this.#high = high;
    this.#low = low;
    const kind = this.#kind;
    if (kind === shared || kind === number || kind === truth) {
      if (this.#pieces > 1) throw new FileRefusal('MALFORMED');
      this.#blank = false;
      if (kind === shared) {
        const index = digits(bytes, start, end);
        const nature = this.#parts.strings.nature(index);
        this.#blank = nature === nothing;
        if (nature === redacted) this.#selection.withheld?.add(this.#column, this.#parts.strings.claim(index));
        if (this.#wanted) this.#value = this.#parts.strings.get(index);
      } else if (this.#wanted) this.#value = kind === truth ? bytes[start] === 49 : this.#number(bytes, start, end);
      return;
    }
    const text = bytes.toString('utf8', start, end);
    this.#text = (this.#text ?? '') + (raw ? text : workbookText(text));
    if (this.#text.length > longestText) throw new FileRefusal('MALFORMED');
  }

  #openRow(bytes: Buffer, end: number, tagEnd: number): void {
    const named = attributesOf(bytes, end, Math.min(tagEnd, end + 200)).get('r');
    const next = named === undefined ? this.#rowNumber + 1 : Number(named);
    if (!Number.isInteger(next) || next <= this.#rowNumber || next > lastRow) throw new FileRefusal('MALFORMED');
    this.#rowNumber = next;
    this.#inRow = true;
    this.#wholeRow = this.#selection.rows?.has(next) ?? false;
    this.#cells = [];
    this.#filled = 0;
    this.#high = 0x811c_9dc5 | 0;
    this.#low = 0x1234_5678;
    this.#column = -1;
  }

  #closeRow(): void {
    if (this.#filled > 0)
      this.#ready.push({
        number: this.#rowNumber,
        cells: this.#cells,
        filled: this.#filled,
        fingerprint: joinLanes(this.#high, this.#low),
      });
    this.#inRow = false;
  }

  #openCell(bytes: Buffer, nameEnd: number, tagEnd: number): void {
    if (!this.#inRow) throw new FileRefusal('MALFORMED');
    let column = this.#column + 1;
    this.#style = 0;
    this.#kind = number;
    for (let at = nameEnd; at < tagEnd; ) {
      while (at < tagEnd && (bytes[at] ?? 0) <= 32) at++;
      const name = at;
      while (at < tagEnd && bytes[at] !== 61) at++;
      let nameStop = at;
      while (nameStop > name && (bytes[nameStop - 1] ?? 0) <= 32) nameStop--;
      at++;
      while (at < tagEnd && (bytes[at] ?? 0) <= 32) at++;
      const held = bytes[at];
      const value = at + 1;
      at = value;
      while (at < tagEnd && bytes[at] !== held) at++;
      if (nameStop - name === 1) {
        const letter = bytes[name];
        if (letter === 114) column = columnOf(bytes, value, at);
        else if (letter === 115) this.#style = digits(bytes, value, at);
        else if (letter === 116) {
          const kind = at - value === 1 && bytes[value] === 115 ? shared : kinds[bytes.toString('latin1', value, at)];
          if (kind === undefined) throw new FileRefusal('MALFORMED');
          this.#kind = kind;
        }
      }
      at++;
    }
    if (column <= this.#column || column > lastColumn) throw new FileRefusal('MALFORMED');
    this.#column = column;
    this.#inCell = true;
    this.#wanted = this.#wholeRow || this.#selection.columns === undefined || this.#selection.columns.has(column);
    this.#pieces = 0;
    this.#text = undefined;
    this.#value = undefined;
    this.#blank = true;
  }

  #closeCell(): void {
    this.#inCell = false;
    if (this.#text !== undefined) {
      this.#blank = isBlankText(this.#text);
      const redaction = this.#selection.withheld && redactionOf(this.#text);
      if (redaction) this.#selection.withheld?.add(this.#column, claimOf(redaction));
      if (this.#kind === fault) this.#value = new CellError(this.#text);
      else this.#value = this.#text;
    }
    if (this.#blank) return;
    this.#high = Math.imul(this.#high ^ (this.#column + 0x100), 0x0100_0193);
    this.#low = Math.imul(this.#low ^ (this.#column + 0x100 + this.#kind * 0x10000), 0x5bd1_e995);
    this.#filled += 1;
    if (!this.#wanted) return;
    while (this.#cells.length < this.#column && this.#column < 1024) this.#cells.push(undefined);
    this.#cells[this.#column] = this.#value;
  }

  #number(bytes: Buffer, start: number, end: number): Cell {
    const value = decimal(bytes, start, end);
    if (Number.isNaN(value)) throw new FileRefusal('MALFORMED');
    return this.#parts.days[this.#style] ? new SerialDate(value, this.#parts.from1904) : value;
  }
}

/** A whole number of plain digits; NaN for anything else. */
function digits(bytes: Buffer, start: number, end: number): number {
  let value = start < end ? 0 : Number.NaN;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return decimal(bytes, start, end);
    value = value * 10 + digit;
  }
  return value;
}

const powersOfTen = Array.from({ length: 23 }, (_, power) => 10 ** power);

/** A decimal number as Number() reads it. Up to 15 digits are exact as an integer and one division by an exact power of ten rounds once, as it should. */
function decimal(bytes: Buffer, start: number, end: number): number {
  let mantissa = 0;
  let decimals = -1;
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + byte - 48;
      count += 1;
      if (decimals >= 0) decimals += 1;
    } else if (byte === 46 && decimals < 0) decimals = 0;
    else {
      count = 99;
      break;
    }
  }
  if (count > 0 && count <= 15) return decimals > 0 ? mantissa / (powersOfTen[decimals] ?? 1) : mantissa;
  const text = bytes.toString('latin1', start, end).trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** The 0-based column of a reference such as `AB12`. */
function columnOf(bytes: Buffer, start: number, end: number): number {
  let column = 0;
  let at = start;
  for (; at < end; at++) {
    const letter = (bytes[at] ?? 0) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (column === 0 || at - start > 3) throw new FileRefusal('MALFORMED');
  return column - 1;
}
