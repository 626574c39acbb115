/** Legacy workbooks of Excel 97 to 2003 (MS-XLS, BIFF8). See decisions on the reader of legacy workbooks. Formulas give their cached values. */
import type { RandomAccess } from '../domain/random-access.ts';
import { Continued, recordsFrom, recordTypes, unpackedNumber } from './biff.ts';
import {
  type Cell,
  CellError,
  fingerprintOf,
  isBlankText,
  type Selection,
  SerialDate,
  type Sheet,
  type SheetRow,
} from './cell.ts';
import { showsDay, showsDayBuiltIn } from './cell-styles.ts';
import { type CompoundFile, openCompoundFile } from './compound-file.ts';
import { FileRefusal } from './file-refusal.ts';
import { redactionOf } from './redaction.ts';
import { claimOf } from './withheld-tally.ts';

type Workbook = {
  readonly stream: Buffer;
  readonly strings: readonly string[];
  /** One flag per cell style. */
  readonly days: readonly boolean[];
  readonly from1904: boolean;
  readonly sheets: readonly { readonly name: string; readonly at: number }[];
};

const biff8 = 0x0600;
const worksheet = 0;
const macroSheet = 1;

/** The sheets of a legacy workbook in their own order, hidden ones included. Throws FileRefusal. */
export async function openXls(content: RandomAccess): Promise<readonly Sheet[]> {
  const file = await openCompoundFile(content);
  const workbook = readWorkbook(streamOf(file));
  if (workbook.sheets.length === 0) throw new FileRefusal('NO_SHEETS');
  return workbook.sheets.map(({ name, at }) => ({ name, rows: (selection) => sheetRows(workbook, at, selection) }));
}

function streamOf(file: CompoundFile): Buffer {
  if (file.names.has('encryptedpackage')) throw new FileRefusal('ENCRYPTED');
  if (file.names.has('_vba_project_cur')) throw new FileRefusal('MACROS');
  const stream = file.stream('workbook');
  if (stream) return stream;
  throw new FileRefusal(file.names.has('book') ? 'LEGACY_WORKBOOK' : 'OTHER_DOCUMENT');
}

function readWorkbook(stream: Buffer): Workbook {
  const formats = new Map<number, boolean>();
  const styles: number[] = [];
  const sheets: { name: string; at: number }[] = [];
  const table: Buffer[] = [];
  let from1904 = false;
  let last = -1;
  let begun = false;
  for (const { type, data } of recordsFrom(stream, 0)) {
    if (!begun) {
      if (type !== recordTypes.bof) throw new FileRefusal('MALFORMED');
      if (field(data, 0) !== biff8) throw new FileRefusal('LEGACY_WORKBOOK');
      begun = true;
    }
    if (type === recordTypes.eof) break;
    if (type === recordTypes.filePass) throw new FileRefusal('ENCRYPTED');
    if (type === recordTypes.date1904) from1904 = field(data, 0) === 1;
    else if (type === recordTypes.format)
      formats.set(field(data, 0), showsDay(new Continued([data.subarray(4)]).text(field(data, 2))));
    else if (type === recordTypes.xf) styles.push(field(data, 2));
    else if (type === recordTypes.boundSheet) {
      if (data[5] === macroSheet) throw new FileRefusal('MACROS');
      const name = new Continued([data.subarray(7)]).text(data[6] ?? 0);
      if (data[5] === worksheet) sheets.push({ name, at: field(data, 0) + field(data, 2) * 0x1_0000 });
    } else if (type === recordTypes.sst || (type === recordTypes.continued && last === recordTypes.sst))
      table.push(data);
    if (type !== recordTypes.continued) last = type;
  }
  if (!begun) throw new FileRefusal('MALFORMED');
  const days = styles.map((format) => formats.get(format) ?? showsDayBuiltIn(format));
  return { stream, strings: textsIn(table), days, from1904, sheets };
}

function textsIn(pieces: readonly Buffer[]): readonly string[] {
  if (pieces.length === 0) return [];
  const bytes = new Continued(pieces);
  bytes.skip(4);
  const count = bytes.uint32();
  const texts: string[] = [];
  while (texts.length < count && !bytes.done) texts.push(bytes.text(bytes.uint16()));
  return texts;
}

async function* sheetRows(workbook: Workbook, at: number, selection: Selection): AsyncGenerator<readonly SheetRow[]> {
  if (at >= workbook.stream.length) throw new FileRefusal('TRUNCATED');
  let block = new Map<number, Cell[]>();
  let latest = -1;
  let awaited: readonly [row: number, column: number] | undefined;
  const put = (row: number, column: number, cell: Cell) => {
    if (row <= latest) throw new FileRefusal('MALFORMED');
    const cells = block.get(row);
    if (cells) cells[column] = cell;
    else {
      const made: Cell[] = [];
      made[column] = cell;
      block.set(row, made);
    }
  };
  const flush = (): readonly SheetRow[] => {
    const numbers = [...block.keys()].sort((a, b) => a - b);
    const rows = numbers.flatMap((number) => rowOf(number + 1, block.get(number) ?? [], selection) ?? []);
    latest = numbers.at(-1) ?? latest;
    block = new Map();
    return rows;
  };
  let depth = 0;
  for (const { type, data } of recordsFrom(workbook.stream, at)) {
    // Charts stand inside a sheet with a beginning and an end of their own.
    if (type === recordTypes.bof) depth += 1;
    else if (type === recordTypes.eof) depth -= 1;
    if (depth === 0) break;
    if (depth > 1) continue;
    const [row, column, style] = data.length >= 6 ? [field(data, 0), field(data, 2), field(data, 4)] : [0, 0, 0];
    if (type === recordTypes.labelSst) {
      const text = workbook.strings[data.length >= 10 ? data.readUInt32LE(6) : -1];
      if (text === undefined) throw new FileRefusal('MALFORMED');
      put(row, column, text);
    } else if (type === recordTypes.number) put(row, column, numeric(workbook, style, double(data, 6)));
    else if (type === recordTypes.rk) put(row, column, numeric(workbook, style, packed(data, 6)));
    else if (type === recordTypes.mulRk)
      for (let at = 4; at + 8 <= data.length; at += 6)
        put(row, column + (at - 4) / 6, numeric(workbook, field(data, at), packed(data, at + 2)));
    else if (type === recordTypes.label || type === recordTypes.rString)
      put(row, column, new Continued([data.subarray(8)]).text(field(data, 6)));
    else if (type === recordTypes.boolErr) put(row, column, truth(data[6] ?? 0, data[7] === 1));
    else if (type === recordTypes.formula) {
      const special = field(data, 12) === 0xffff ? data[6] : undefined;
      if (special === 0) awaited = [row, column];
      else if (special === 1 || special === 2) put(row, column, truth(data[8] ?? 0, special === 2));
      else if (special === undefined) put(row, column, numeric(workbook, style, double(data, 6)));
    } else if (type === recordTypes.string && awaited) {
      put(...awaited, new Continued([data.subarray(2)]).text(field(data, 0)));
      awaited = undefined;
    } else if (type === recordTypes.dbCell) yield flush();
  }
  if (depth > 0) throw new FileRefusal('TRUNCATED');
  yield flush();
}

function rowOf(number: number, cells: readonly Cell[], selection: Selection): SheetRow | undefined {
  const { columns, rows, withheld } = selection;
  const kept = Array.from(cells, (cell) => (typeof cell === 'string' && isBlankText(cell) ? undefined : cell));
  const filled = kept.reduce<number>((sum, cell) => (cell === undefined ? sum : sum + 1), 0);
  if (filled === 0) return undefined;
  if (withheld)
    for (const [column, cell] of kept.entries()) {
      const redaction = typeof cell === 'string' ? redactionOf(cell) : undefined;
      if (redaction) withheld.add(column, claimOf(redaction));
    }
  const all = columns === undefined || rows?.has(number);
  return {
    number,
    cells: all ? kept : kept.map((cell, column) => (columns?.has(column) ? cell : undefined)),
    filled,
    fingerprint: fingerprintOf(kept),
  };
}

const field = (data: Buffer, at: number): number => {
  if (at + 2 > data.length) throw new FileRefusal('MALFORMED');
  return data.readUInt16LE(at);
};
const double = (data: Buffer, at: number): number => {
  if (at + 8 > data.length) throw new FileRefusal('MALFORMED');
  return data.readDoubleLE(at);
};
const packed = (data: Buffer, at: number): number => {
  if (at + 4 > data.length) throw new FileRefusal('MALFORMED');
  return unpackedNumber(data.readInt32LE(at));
};
const numeric = ({ days, from1904 }: Workbook, style: number, value: number): Cell =>
  days[style] ? new SerialDate(value, from1904) : value;

const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};
const truth = (value: number, fault: boolean): Cell => (fault ? new CellError(errors[value] ?? '#N/A') : value === 1);
