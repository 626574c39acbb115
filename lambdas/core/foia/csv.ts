/** Tables in text: comma, semicolon, tab or pipe; any line ends; quoted line breaks. Everything comes as text, nothing is guessed to be a number or a date. */
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import type { RandomAccess } from '../domain/random-access.ts';
import { type Cell, isBlankText, joinLanes, type Selection, type Sheet, type SheetRow } from './cell.ts';
import { FileRefusal } from './file-refusal.ts';
import { blocksOf, encodingOf } from './text-encoding.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const sampleLength = 1 << 17;
/** A single row longer than this is a quote that was never closed. */
const rowLimit = 16 * 1024 * 1024;

/** A text table as one sheet without a name. Throws FileRefusal. */
export async function openCsv(content: RandomAccess): Promise<readonly Sheet[]> {
  const encoding = await encodingOf(content);
  let sample = '';
  for await (const text of linesOf(content, encoding)) {
    sample += text;
    if (sample.length >= sampleLength) break;
  }
  if (isBlankText(sample)) throw new FileRefusal('EMPTY');
  if (/^\s*<(!doctype|html|\?xml|table)/i.test(sample)) throw new FileRefusal('MARKUP');
  const delimiter = delimiterOf(sample.slice(0, sampleLength));
  return [{ name: '', rows: (selection) => csvRows(content, encoding, delimiter, selection) }];
}

/** The delimiter that cuts the most rows into the same number of fields; more fields win a tie. */
function delimiterOf(sample: string): string {
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const rows = parse(sample, delimiter, true).data;
    const tally = new Map<number, number>();
    for (const row of rows) if (row.length > 1) tally.set(row.length, (tally.get(row.length) ?? 0) + 1);
    for (const [fields, count] of tally) {
      const score = count + Math.min(fields, 200) / 1000;
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

async function* csvRows(content: RandomAccess, encoding: string, delimiter: string, selection: Selection) {
  let rest = '';
  let number = 0;
  for await (const text of linesOf(content, encoding)) {
    rest = rest === '' ? text : rest + text;
    const { data, cursor } = parse(rest, delimiter, true);
    rest = rest.slice(cursor);
    if (rest.length > rowLimit) throw new FileRefusal('MALFORMED');
    yield rowsOf(data, number, selection);
    number += data.length;
  }
  if (rest !== '') {
    const { data, unclosed } = parse(rest, delimiter, false);
    if (unclosed) throw new FileRefusal('TRUNCATED');
    yield rowsOf(data, number, selection);
  }
}

type Parsed = {
  readonly data: readonly (readonly string[])[];
  readonly cursor: number;
  readonly unclosed: boolean;
};

function parse(text: string, delimiter: string, more: boolean): Parsed {
  const result: Papa.ParseResult<string[]> = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' }).parse(
    text,
    0,
    more,
  );
  const unclosed = result.errors.some(({ code }) => code === 'MissingQuotes');
  return { data: result.data, cursor: result.meta.cursor, unclosed };
}

function rowsOf(data: Parsed['data'], before: number, selection: Selection): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  const { columns } = selection;
  for (const [index, fields] of data.entries()) {
    const cells: Cell[] = new Array(fields.length);
    let filled = 0;
    let high = 0x811c_9dc5 | 0;
    let low = 0x1234_5678;
    for (let column = 0; column < fields.length; column++) {
      const field = fields[column] ?? '';
      if (field === '' || isBlankText(field)) continue;
      filled += 1;
      for (let at = 0; at < field.length; at++) {
        const unit = field.charCodeAt(at);
        high = Math.imul(high ^ unit, 0x0100_0193);
        low = Math.imul(low ^ unit, 0x5bd1_e995) ^ (low >>> 15);
      }
      high = Math.imul(high ^ (column + 0x100), 0x0100_0193);
      low = Math.imul(low ^ (column + 0x100), 0x5bd1_e995);
      if (columns === undefined || columns.has(column)) cells[column] = field;
    }
    if (filled > 0) rows.push({ number: before + index + 1, cells, filled, fingerprint: joinLanes(high, low) });
  }
  return rows;
}

/** The text in blocks, decoded across their edges, without byte-order mark, every line end as `\n`. */
async function* linesOf(content: RandomAccess, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let pendingReturn = false;
  for await (const block of blocksOf(content)) {
    let text = decoder.write(block);
    if (pendingReturn) text = `\r${text}`;
    pendingReturn = text.endsWith('\r');
    if (pendingReturn) text = text.slice(0, -1);
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    if (text !== '') yield text;
  }
  const last = `${pendingReturn ? '\n' : ''}${decoder.end() ?? ''}`;
  if (last !== '') yield last;
}
