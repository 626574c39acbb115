/**
 * `foia.xlsx`, `foia.xlsx.rss` and `foia.xlsx.1m.rss`: generated workbooks of 300,000 and 1,000,000 rows and 25 columns from the drop folder to Parquet, `foia.csv`, a text
 * table of 600,000 rows and 23 columns on the same way: hashed, kept, encoding and layout found, every row judged with its lineage, every identifier of a person keyed, redactions tallied,
 * written to Parquet and flushed, sums concluded; `foia.csv.records` is the reading alone. Each runs in a process of its own; the reference of text is papaparse over the same file.
 */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ZipFile } from 'yazl';
import { randomOf } from '../../bin/sample/random.ts';
import { escaped, workbookParts } from '../../bin/sample/workbook-parts.ts';
import { type Figure, figure } from './figure.ts';
import { generateTable } from './foia-csv.ts';

const rowCount = 300_000;
const manyRows = 1_000_000;
const textRows = 600_000;
const headers =
  'Apprehension Date,Apprehension Type,State,County,TOA Current Duty AOR,Apprehension Final Program,Arresting Agency,Apprehension Method,Apprehension Criminality,Case Status,Case Category,Departure Country,Final Order Yes No,Birth Date,Birth Year,Citizenship Country,Gender,Departed Date,Final Order Date,Apprehension Site Landmark,Operation,TOA Current Duty Site,Case Criminality,Case Threat Level,Anonymized Identifier'.split(
    ',',
  );
const letters = headers.map((_, at) => String.fromCharCode(65 + at));

/** The column-wise recipe: `d` a date with time, `n` a number, `u` a text of its own, or a list of repeating texts. */
const recipes: readonly ('d' | 'n' | 'u' | readonly string[])[] = headers.map((header) => {
  if (/Date$/.test(header)) return 'd';
  if (/Year|Level/.test(header)) return 'n';
  if (header === 'Anonymized Identifier') return 'u';
  if (header.endsWith('AOR')) return ['Los Angeles Area of Responsibility', 'San Diego Area of Responsibility'];
  if (header === 'Apprehension Method') return ['CAP Local Incarceration', 'Non-Custodial Arrest', 'Located'];
  if (/Landmark|Site/.test(header))
    return Array.from({ length: 1200 }, (_, at) => `GENERAL AREA, NON-SPECIFIC – ${at}`);
  return Array.from({ length: 40 }, (_, at) => `${header} & ${at} ñ`);
});

/** Writes the workbook as a stream: the worksheet first, its text table (about 300,000 texts) after it. */
export async function generateWorkbook(path: string, rows: number): Promise<void> {
  const random = randomOf('bench', rows);
  const strings = new Map<string, number>();
  const stringAt = (text: string) => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    strings.set(text, strings.size);
    return strings.size - 1;
  };
  let identifiers = 0;
  const fixed = headers.map((header) => stringAt(header));
  const listed = recipes.map((recipe) => (typeof recipe === 'string' ? [] : recipe.map(stringAt)));
  const firstIdentifier = strings.size;
  function* worksheet(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
    yield `<row r="1">${fixed.map((at, column) => `<c r="${letters[column]}1" t="s"><v>${at}</v></c>`).join('')}</row>`;
    for (let row = 2; row <= rows + 1; row++) {
      const cells = recipes.map((recipe, column) => {
        const at = `r="${letters[column]}${row}"`;
        if (recipe === 'd') return `<c ${at} s="1"><v>${(44_000 + random.next() * 1900).toFixed(10)}</v></c>`;
        if (recipe === 'n') return `<c ${at}><v>${random.whole(1, 2008)}</v></c>`;
        if (recipe === 'u') return `<c ${at} t="s"><v>${firstIdentifier + identifiers++}</v></c>`;
        return `<c ${at} t="s"><v>${random.pick(listed[column] ?? [])}</v></c>`;
      });
      yield `<row r="${row}" spans="1:25">${cells.join('')}</row>`;
    }
    yield '</sheetData></worksheet>';
  }
  function* texts(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
    for (const text of strings.keys()) yield `<si><t>${escaped(text)}</t></si>`;
    const chance = randomOf('identifiers');
    for (let at = 0; at < identifiers; at++) {
      let text = '';
      while (text.length < 40) text += chance.whole(0, 0xffff).toString(16).padStart(4, '0');
      yield `<si><t>${text}</t></si>`;
    }
    yield '</sst>';
  }
  const zip = new ZipFile();
  const streamed: Record<string, () => Generator<string>> = {
    'xl/worksheets/sheet1.xml': worksheet,
    'xl/sharedStrings.xml': texts,
  };
  for (const { path: part, content } of workbookParts([{ name: 'Arrests', xml: '' }], [])) {
    const make = streamed[part];
    if (make)
      zip.addReadStreamLazy(part, (answer) => answer(null, Readable.from(blocks(make()), { objectMode: false })));
    else zip.addBuffer(Buffer.from(content), part);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

function* blocks(texts: Iterable<string>): Generator<Buffer> {
  let block: string[] = [];
  let length = 0;
  for (const text of texts) {
    block.push(text);
    length += text.length;
    if (length < 1 << 18) continue;
    yield Buffer.from(block.join(''));
    block = [];
    length = 0;
  }
  yield Buffer.from(block.join(''));
}

type Run = { readonly rows: number; readonly seconds: number; readonly rssMb: number };

export async function benchFoia(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-bench-'));
  try {
    const program = join(folder, 'program.mjs');
    // Split as the function is: what reads PDFs is loaded when one comes.
    await build({
      entryPoints: { program: 'test/bench/foia-program.ts', keys: 'bin/local/key-worker.ts' },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const workbook = join(folder, 'bench.xlsx');
    await generateWorkbook(workbook, rowCount);
    const run = async (...task: string[]): Promise<Run> =>
      JSON.parse((await promisify(execFile)(process.execPath, [program, ...task])).stdout) as Run;
    const empty = await run('empty');
    const bare = await run('parse', workbook);
    const path = await run('receive', workbook, join(folder, 'data'));
    const large = join(folder, 'large.xlsx');
    await generateWorkbook(large, manyRows);
    const many = await run('receive', large, join(folder, 'data'));
    const text = join(folder, 'bench.csv');
    await generateTable(text, textRows);
    const bareText = await run('parse-csv', text);
    const records = await run('read', text);
    const table = await run('receive', text, join(folder, 'data'));
    return [
      figure('foia.xlsx', path.rows / path.seconds, 'rows/s', bare.rows / bare.seconds),
      figure('foia.xlsx.rss', path.rssMb, 'MB', empty.rssMb),
      figure('foia.xlsx.1m.rss', many.rssMb, 'MB', empty.rssMb),
      figure('foia.csv', table.rows / table.seconds, 'rows/s', bareText.rows / bareText.seconds),
      figure('foia.csv.records', records.rows / records.seconds, 'rows/s', bareText.rows / bareText.seconds),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
