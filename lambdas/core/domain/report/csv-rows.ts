import Papa from 'papaparse';
import { accept, type Outcome, refuse, type Violation } from '../problem.ts';
import type { BodyRow } from './body-row.ts';
import { reportOfCells } from './csv-cells.ts';
import { type CsvColumn, csvColumnOf } from './csv-columns.ts';
import { syntaxViolation } from './schema-violations.ts';

/** The delimiter that parts the header: none of the three is part of a column's name. */
function delimiterOf(text: string): string {
  const end = text.indexOf('\n');
  const header = end === -1 ? text : text.slice(0, end);
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function readHeader(cells: readonly string[]): Outcome<readonly CsvColumn[]> {
  const columns: CsvColumn[] = [];
  const violations: Violation[] = [];
  for (const [at, cell] of cells.entries()) {
    const found = csvColumnOf.get(cell.trim());
    const where = { line: 1, column: String(at + 1) };
    if (found === undefined) violations.push(syntaxViolation('E103', where));
    else if (columns.includes(found)) violations.push(syntaxViolation('E106', where));
    else columns.push(found);
  }
  return violations.length
    ? refuse('BODY_UNREADABLE', {
        detail: 'The header has a column that is unknown or stands twice; columns are counted from 1.',
        violations: violations.slice(0, 50),
      })
    : accept(columns);
}

/**
 * Reads CSV (RFC 4180; comma, semicolon or tab; any line end) into reports. A row's line is that of the file at which it begins, quoted line breaks counted.
 * Empty lines are passed over; every other row has a value or its violations.
 */
export function readCsv(source: string, rowsMax: number): Outcome<readonly BodyRow[]> {
  const text = source.replace(/\r\n?/g, '\n');
  const parsed = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), newline: '\n', preview: rowsMax * 2 + 2 });
  // More rows than were looked at, empty ones counted: what follows must not be passed over in silence.
  if (parsed.meta.truncated) return refuse('BODY_TOO_LARGE');
  const broken = new Set(parsed.errors.map(({ row }) => row));
  const rows: BodyRow[] = [];
  let columns: readonly CsvColumn[] | undefined;
  let line = 1;
  for (const [at, cells] of parsed.data.entries()) {
    const begins = line;
    line += 1;
    for (const cell of cells) for (let n = cell.indexOf('\n'); n !== -1; n = cell.indexOf('\n', n + 1)) line += 1;
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (columns === undefined) {
      const header = readHeader(cells);
      if (!header.ok) return header;
      columns = header.value;
      continue;
    }
    if (rows.length >= rowsMax) return refuse('BODY_TOO_LARGE');
    rows.push({ line: begins, ...readRow(columns, cells, begins, broken.has(at)) });
  }
  return accept(rows);
}

function readRow(columns: readonly CsvColumn[], cells: readonly string[], line: number, broken: boolean) {
  if (broken) return { violations: [syntaxViolation('E107', { line })] };
  if (cells.length !== columns.length) return { violations: [syntaxViolation('E108', { line })] };
  const read = reportOfCells(columns, cells);
  return 'value' in read ? read : { violations: read.violations.map((violation) => ({ ...violation, line })) };
}
