import type { WithheldTally } from './withheld-tally.ts';

/** As many columns as a workbook can have; a text table with more is refused. */
export const columnLimit = 16_384;

/** A day and time of day as the workbook holds it: days since the workbook's epoch, no zone. */
export class SerialDate {
  readonly serial: number;
  readonly from1904: boolean;
  constructor(serial: number, from1904: boolean) {
    this.serial = serial;
    this.from1904 = from1904;
  }
}
/** What a formula or the sheet answered instead of a value, such as `#N/A`. */
export class CellError {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}
/** A cell as the file holds it; undefined when it is empty or nobody asked for its column. Text is never trimmed here. */
export type Cell = string | number | boolean | SerialDate | CellError | undefined;

/**
 * One row that has something in it. `number` is the row of the sheet, 1-based; `filled` counts the cells that are not blank, asked for or not; `fingerprint`
 * (53 bits) is equal for rows whose cells are equal.
 */
export type SheetRow = {
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly filled: number;
  readonly fingerprint: number;
};

/** Which columns somebody wants, 0-based; all of them until it is narrowed. May be narrowed while rows are being read. `rows` (1-based) are wanted whole; redacted cells are tallied whether their column is wanted or not. */
export type Selection = {
  columns: ReadonlySet<number> | undefined;
  readonly rows?: ReadonlySet<number>;
  readonly withheld?: WithheldTally;
};

export type Sheet = { readonly name: string; rows(selection: Selection): AsyncIterable<readonly SheetRow[]> };

/** White space of every kind, no-break space and zero-width marks included, is nothing. */
export const isBlankText = (text: string): boolean => /^[\s\u200b\ufeff]*$/.test(text);

/** A cell as one line of plain text, trimmed and single-spaced; empty for an empty cell. For headers and closed vocabularies, not for dates. */
export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
  if (cell instanceof SerialDate) return String(cell.serial);
  return cell instanceof CellError ? cell.code : String(cell);
}

/** Two independent 32-bit lanes of FNV-1a kind, joined to 53 bits. */
export const joinLanes = (high: number, low: number): number => (high >>> 0) * 0x20_0000 + (low >>> 11);

/** The fingerprint of a row whose cells are all there. */
export function fingerprintOf(cells: readonly Cell[]): number {
  let high = 0x811c_9dc5 | 0;
  let low = 0x1234_5678;
  for (const [column, cell] of cells.entries()) {
    if (cell === undefined) continue;
    const text = `${typeof cell}${cellText(cell)}`;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 0x0100_0193);
      low = Math.imul(low ^ text.charCodeAt(at), 0x5bd1_e995) ^ (low >>> 15);
    }
    high = Math.imul(high ^ (column + 0x100), 0x0100_0193);
    low = Math.imul(low ^ (column + 0x100), 0x5bd1_e995);
  }
  return joinLanes(high, low);
}
