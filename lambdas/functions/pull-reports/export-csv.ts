import Papa from 'papaparse';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { PulledRow } from './pulled-row.ts';

const envelope = [
  'report_id',
  'version',
  'operation',
  'withdrawn',
  'zero_report',
  'department',
  'local_report_id',
  'property',
  'observed_from',
  'observed_date',
  'week',
  'received_at',
  'submission_id',
  'sha256',
  'report',
] as const satisfies readonly (keyof PulledRow)[];

/** What a spreadsheet would run as a formula, white space and full-width twins included (OWASP ASVS 1.2.10). */
const formula = /^[\s\0]*[=+\-@＝＋－＠\t\r\0]/;

const cell = (value: unknown): unknown =>
  value !== null && typeof value === 'object' ? canonicalJson(value) : (value ?? '');

const lines = (table: unknown[][]): string =>
  `${Papa.unparse(table, { newline: '\r\n', quotes: false, escapeFormulae: formula })}\r\n`;

const columns = (unsealed: boolean): readonly (keyof PulledRow)[] => (unsealed ? [...envelope, 'protected'] : envelope);

/** The header line of an export, RFC 4180, CRLF. */
export const csvHeader = (unsealed: boolean): string => lines([[...columns(unsealed)]]);

/**
 * Rows of an export as RFC 4180 lines, CRLF; empty text for no rows. `report` and `protected` are canonical JSON in one cell.
 * A text that a spreadsheet would run gets a leading apostrophe.
 */
export const csvRows = (rows: readonly PulledRow[], unsealed: boolean): string =>
  rows.length ? lines(rows.map((row) => columns(unsealed).map((name) => cell(row[name])))) : '';
