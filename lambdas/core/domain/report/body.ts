import { accept, type Outcome, type Refused, refuse } from '../problem.ts';
import type { BodyRow } from './body-row.ts';
import { decodeText } from './body-text.ts';
import { readCsv } from './csv-rows.ts';
import { type JsonFault, readJson, readJsonItems } from './json-shape.ts';
import { syntaxViolation } from './schema-violations.ts';

export const bodyBytesMax = 6 * 1024 * 1024;
const bodyRowsMax = 10_000;

const mediaTypes = ['application/json', 'application/x-ndjson', 'text/csv'] as const;

/** What becomes of a row as soon as it is opened. */
type RowReader<Row> = (row: BodyRow) => Row;

/**
 * Opens a request body into rows and reads each: one JSON object, an array of them, `{"reports": [...]}`, NDJSON or CSV. A row that cannot be read does not spoil the others. The rows of an array are
 * opened a few at a time, so that what `read` leaves of them is all that stays in memory.
 * Refuses the whole with BODY_MISSING, BODY_TOO_LARGE (6 MB, 10,000 rows), MEDIA_TYPE_UNSUPPORTED or BODY_UNREADABLE. Never throws, never echoes.
 */
export function readBody<Row>(
  bytes: Uint8Array,
  contentType: string | undefined,
  read: RowReader<Row>,
): Outcome<readonly Row[]> {
  const named = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const type = mediaTypes.find((known) => known === named);
  if (type === undefined)
    return refuse('MEDIA_TYPE_UNSUPPORTED', { detail: `Send ${mediaTypes.join(', ')} with its Content-Type header.` });
  if (bytes.length === 0) return refuse('BODY_MISSING');
  if (bytes.length > bodyBytesMax) return refuse('BODY_TOO_LARGE');
  const text = decodeText(bytes, contentType ?? '');
  if (!text.ok) return text;
  if (text.value.trim() === '') return refuse('BODY_MISSING');
  const rows = readers[type](text.value, read);
  if (!rows.ok) return rows;
  if (rows.value.length === 0) return refuse('BODY_MISSING', { detail: 'The body holds no report.' });
  return rows;
}

function readCsvBody<Row>(text: string, read: RowReader<Row>): Outcome<readonly Row[]> {
  const rows = readCsv(text, bodyRowsMax);
  return rows.ok ? accept(rows.value.map(read)) : rows;
}

const unreadableJson = {
  unreadable: 'The body is not JSON.',
  'too deep': 'The JSON nests more than 32 deep.',
  twice: 'A JSON object names the same field twice.',
} as const;

function refusedJson(fault: JsonFault): Refused {
  if (fault === 'too many') return refuse('BODY_TOO_LARGE');
  return refuse('BODY_UNREADABLE', {
    detail: unreadableJson[fault],
    ...(fault === 'twice' ? { violations: [syntaxViolation('E106')] } : {}),
  });
}

function readJsonBody<Row>(text: string, read: RowReader<Row>): Outcome<readonly Row[]> {
  const rows: Row[] = [];
  const take = (value: unknown) => rows.push(read({ line: rows.length + 1, value }));
  const items = readJsonItems(text, bodyRowsMax, take);
  if (items !== undefined) return items.fault === undefined ? accept(rows) : refusedJson(items.fault);
  const whole = readJson(text);
  if ('fault' in whole) return refusedJson(whole.fault);
  const { value } = whole;
  if (typeof value !== 'object' || value === null)
    return refuse('BODY_UNREADABLE', { detail: 'The body is neither a JSON object nor an array of them.' });
  if (!('reports' in value)) {
    take(value);
    return accept(rows);
  }
  if (!Array.isArray(value.reports) || Object.keys(value).length !== 1)
    return refuse('BODY_UNREADABLE', { detail: 'A batch is an array, or an object whose only field reports is one.' });
  if (value.reports.length > bodyRowsMax) return refuse('BODY_TOO_LARGE');
  value.reports.forEach(take);
  return accept(rows);
}

function readNdjson<Row>(text: string, read: RowReader<Row>): Outcome<readonly Row[]> {
  const rows: Row[] = [];
  for (const [at, written] of text.split(/\r\n|\n|\r/).entries()) {
    if (written.trim() === '') continue;
    if (rows.length === bodyRowsMax) return refuse('BODY_TOO_LARGE');
    const line = at + 1;
    const found = readJson(written);
    const code = 'fault' in found && found.fault === 'twice' ? 'E106' : 'E107';
    rows.push(
      read('value' in found ? { line, value: found.value } : { line, violations: [syntaxViolation(code, { line })] }),
    );
  }
  return accept(rows);
}

const readers = { 'application/json': readJsonBody, 'application/x-ndjson': readNdjson, 'text/csv': readCsvBody };
