import { accept, type Outcome, refuse } from '../problem.ts';
import type { BodyRow } from './body-row.ts';
import { decodeText } from './body-text.ts';
import { readCsv } from './csv-rows.ts';
import { readJson } from './json-shape.ts';
import { syntaxViolation } from './schema-violations.ts';

export const bodyBytesMax = 6 * 1024 * 1024;
const bodyRowsMax = 10_000;

const mediaTypes = ['application/json', 'application/x-ndjson', 'text/csv'] as const;

/**
 * Opens a request body into rows: one JSON object, an array of them, `{"reports": [...]}`, NDJSON or CSV. A row that cannot be read does not spoil the others.
 * Refuses the whole with BODY_MISSING, BODY_TOO_LARGE (6 MB, 10,000 rows), MEDIA_TYPE_UNSUPPORTED or BODY_UNREADABLE. Never throws, never echoes.
 */
export function readBody(bytes: Uint8Array, contentType: string | undefined): Outcome<readonly BodyRow[]> {
  const named = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const type = mediaTypes.find((known) => known === named);
  if (type === undefined)
    return refuse('MEDIA_TYPE_UNSUPPORTED', { detail: `Send ${mediaTypes.join(', ')} with its Content-Type header.` });
  if (bytes.length === 0) return refuse('BODY_MISSING');
  if (bytes.length > bodyBytesMax) return refuse('BODY_TOO_LARGE');
  const text = decodeText(bytes, contentType ?? '');
  if (!text.ok) return text;
  if (text.value.trim() === '') return refuse('BODY_MISSING');
  const rows =
    type === 'text/csv'
      ? readCsv(text.value, bodyRowsMax)
      : type === 'application/json'
        ? readJsonBody(text.value)
        : accept(readNdjson(text.value));
  if (!rows.ok) return rows;
  if (rows.value.length === 0) return refuse('BODY_MISSING', { detail: 'The body holds no report.' });
  if (rows.value.length > bodyRowsMax) return refuse('BODY_TOO_LARGE');
  return rows;
}

function readJsonBody(text: string): Outcome<readonly BodyRow[]> {
  const read = readJson(text);
  if ('fault' in read)
    return refuse('BODY_UNREADABLE', {
      detail: {
        unreadable: 'The body is not JSON.',
        'too deep': 'The JSON nests more than 32 deep.',
        twice: 'A JSON object names the same field twice.',
      }[read.fault],
      ...(read.fault === 'twice' ? { violations: [syntaxViolation('E106')] } : {}),
    });
  const { value } = read;
  if (Array.isArray(value)) return accept(numbered(value));
  if (typeof value === 'object' && value !== null) {
    if (!('reports' in value)) return accept([{ line: 1, value }]);
    if (Array.isArray(value.reports) && Object.keys(value).length === 1) return accept(numbered(value.reports));
    return refuse('BODY_UNREADABLE', { detail: 'A batch is an array, or an object whose only field reports is one.' });
  }
  return refuse('BODY_UNREADABLE', { detail: 'The body is neither a JSON object nor an array of them.' });
}

const numbered = (values: readonly unknown[]): BodyRow[] => values.map((value, at) => ({ line: at + 1, value }));

function readNdjson(text: string): BodyRow[] {
  const rows: BodyRow[] = [];
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const read = readJson(line);
    const code = 'value' in read ? undefined : read.fault === 'twice' ? 'E106' : 'E107';
    rows.push(
      'value' in read
        ? { line: at + 1, value: read.value }
        : { line: at + 1, violations: [syntaxViolation(code ?? 'E107', { line: at + 1 })] },
    );
    if (rows.length > bodyRowsMax) break;
  }
  return rows;
}
