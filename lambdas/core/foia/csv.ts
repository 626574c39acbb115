/** Tables in text: comma, semicolon, tab or pipe; any line ends; quoted line breaks. Everything comes as text, nothing is guessed to be a number or a date. */
import iconv from 'iconv-lite';
import type { RandomAccess } from '../domain/random-access.ts';
import { type Cell, isBlankText, joinLanes, type Selection, type Sheet, type SheetRow } from './cell.ts';
import { CsvFields, type RowFields } from './csv-fields.ts';
import { FileRefusal } from './file-refusal.ts';
import { couldBeRedacted, redactionOf } from './redaction.ts';
import { blocksOf, encodingOf, type TextEncoding } from './text-encoding.ts';
import { claimOf } from './withheld-tally.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const sampleBytes = 1 << 17;

/** A text table as one sheet without a name. Throws FileRefusal. */
export async function openCsv(content: RandomAccess): Promise<readonly Sheet[]> {
  const encoding = await encodingOf(content);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const bytes of plainBytes(content, encoding)) {
    pieces.push(bytes);
    length += bytes.length;
    if (length >= sampleBytes) break;
  }
  const sample = Buffer.concat(pieces).subarray(0, sampleBytes);
  const text = sample.toString('latin1');
  if (isBlankText(sample.toString('utf8'))) throw new FileRefusal('EMPTY');
  if (/^\s*<(!doctype|html|\?xml|table)/i.test(text)) throw new FileRefusal('MARKUP');
  const delimiter = delimiterOf(sample, length < sampleBytes);
  return [{ name: '', rows: (selection) => csvRows(content, encoding, delimiter, selection) }];
}

/** The delimiter that cuts the most rows into the same number of fields; more fields win a tie. */
function delimiterOf(sample: Buffer, whole: boolean): number {
  let best = { delimiter: 44, score: 0 };
  for (const character of delimiters) {
    const delimiter = character.charCodeAt(0);
    const tally = new Map<number, number>();
    const fields = new CsvFields(delimiter, ({ count }) => {
      if (count > 1) tally.set(count, (tally.get(count) ?? 0) + 1);
    });
    fields.write(sample);
    // A last row without a line end counts; a quote that stays open under this delimiter does not.
    if (whole) endOf(fields);
    for (const [count, rows] of tally) {
      const score = rows + Math.min(count, 200) / 1000;
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

function endOf(fields: CsvFields): void {
  try {
    fields.end();
  } catch (cause) {
    if (!(cause instanceof FileRefusal)) throw cause;
  }
}

async function* csvRows(content: RandomAccess, encoding: TextEncoding, delimiter: number, selection: Selection) {
  const rows = new CsvRows(encoding, selection);
  const fields = new CsvFields(delimiter, (row) => rows.add(row));
  for await (const bytes of plainBytes(content, encoding)) {
    fields.write(bytes);
    const ready = rows.take();
    if (ready.length > 0) yield ready;
  }
  fields.end();
  yield rows.take();
}

const keptClaims = 5000;

/** Rows as cells: only those that somebody wants are decoded; all are fingerprinted. */
class CsvRows {
  #ready: SheetRow[] = [];
  #number = 0;
  readonly #claims = new Map<string, string | undefined>();
  readonly #selection: Selection;
  readonly #decode: (bytes: Buffer, start: number, end: number) => string;

  constructor(encoding: TextEncoding, selection: Selection) {
    this.#selection = selection;
    const single = encoding === 'windows-1252' || encoding === 'macintosh';
    this.#decode = single
      ? (bytes, start, end) => iconv.decode(bytes.subarray(start, end), encoding)
      : (bytes, start, end) => bytes.toString('utf8', start, end);
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

  add({ bytes, count, starts, ends, doubled }: RowFields): void {
    this.#number += 1;
    const { columns, rows, withheld } = this.#selection;
    const whole = columns === undefined || (rows?.has(this.#number) ?? false);
    const cells: Cell[] = new Array(count);
    let filled = 0;
    let high = 0x811c_9dc5 | 0;
    let low = 0x1234_5678;
    for (let column = 0; column < count; column++) {
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      if (start === end) continue;
      const first = bytes[start] ?? 0;
      const edge = first <= 32 || first >= 0x80;
      if (edge && isBlankText(this.#decode(bytes, start, end))) continue;
      filled += 1;
      for (let at = start; at < end; at++) {
        const byte = bytes[at] ?? 0;
        high = Math.imul(high ^ byte, 0x0100_0193);
        low = Math.imul(low ^ byte, 0x5bd1_e995) ^ (low >>> 15);
      }
      high = Math.imul(high ^ (column + 0x100), 0x0100_0193);
      low = Math.imul(low ^ (column + 0x100), 0x5bd1_e995);
      const wanted = whole || columns?.has(column) === true;
      const suspicious = withheld !== undefined && mayBeRedacted(bytes, start, end);
      if (!wanted && !suspicious) continue;
      const decoded = this.#decode(bytes, start, end);
      const text = doubled[column] === 1 ? decoded.replaceAll('""', '"') : decoded;
      const claim = suspicious ? this.#claimIn(text) : undefined;
      if (claim !== undefined) withheld?.add(column, claim);
      if (wanted) cells[column] = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    }
    if (filled > 0) this.#ready.push({ number: this.#number, cells, filled, fingerprint: joinLanes(high, low) });
  }
}

/** A redaction begins with a bracket or a letter, and most words that begin alike go on otherwise. */
function mayBeRedacted(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] ?? 0;
  if (first !== 40 && first > 32 && !couldBeRedacted(first, end - start)) return false;
  return (
    end - start <= 200 &&
    (first <= 32 ||
      first === 40 ||
      first === 91 ||
      first === 42 ||
      /^(?:b\s*\)?\s*\(|redacted|withheld)/i.test(bytes.toString('latin1', start, Math.min(end, start + 12))))
  );
}

/** The bytes in an encoding whose delimiters, quotes and line ends are ASCII, without byte-order mark: UTF-16 becomes UTF-8, the others stay as they are. */
async function* plainBytes(content: RandomAccess, encoding: TextEncoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = iconv.getDecoder(encoding);
    for await (const block of blocksOf(content)) yield Buffer.from(decoder.write(block));
    yield Buffer.from(decoder.end() ?? '');
    return;
  }
  let first = true;
  for await (const block of blocksOf(content)) {
    const mark = first && block.length >= 3 && block.readUIntBE(0, 3) === 0xef_bbbf;
    first = false;
    yield mark ? block.subarray(3) : block;
  }
}
