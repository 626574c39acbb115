/** Tables in text: comma, semicolon, tab or pipe; any line ends; quoted line breaks. Everything comes as text, nothing is guessed to be a number or a date. */
import iconv from 'iconv-lite';
import { blocksOf, type RandomAccess } from '../domain/random-access.ts';
import { isBlankText, type Selection, type Sheet } from './cell.ts';
import { CsvFields } from './csv-fields.ts';
import { CsvRows } from './csv-rows.ts';
import { FileRefusal } from './file-refusal.ts';
import { encodingOf, type TextEncoding } from './text-encoding.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const sampleBytes = 1 << 17;
/** Rows are handed over before they are many, because what lives shortly is cheap to forget. */
const batchBytes = 1 << 16;

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
  // Lines that end in what is no line end of text tables would all stand in the header, and the file would have no row.
  if (!/[\r\n]/.test(text) && /\u2028|\u2029|\u0085/.test(sample.toString('utf8'))) throw new FileRefusal('MALFORMED');
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
  for await (const bytes of plainBytes(content, encoding))
    for (let from = 0, to = 0; from < bytes.length; from = to) {
      to = from + Math.max(batchBytes, fields.held);
      fields.write(bytes.subarray(from, to));
      const ready = rows.take();
      if (ready.length > 0) yield ready;
    }
  fields.end();
  yield rows.take();
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
