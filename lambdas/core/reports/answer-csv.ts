import Papa from 'papaparse';
import type { Answer } from '../lake/question.ts';

type Table = Pick<Answer, 'rows'> & { readonly columns: readonly { readonly name: string }[] };

/** An engine's answer as CSV (RFC 4180, UTF-8, CRLF), rows in the order of the answer. Cells that a spreadsheet would run as a formula get a leading apostrophe (OWASP ASVS 1.2.10). */
export const answerCsv = (answer: Table): Uint8Array =>
  new TextEncoder().encode(
    `${Papa.unparse({ fields: answer.columns.map(({ name }) => name), data: answer.rows.map((row) => row.map((value) => value ?? '')) }, { newline: '\r\n', escapeFormulae: true })}\r\n`,
  );
