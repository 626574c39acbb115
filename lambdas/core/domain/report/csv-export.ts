import Papa from 'papaparse';
import { cellsOfReport, guardCell } from './csv-cells.ts';
import { csvColumns } from './csv-columns.ts';

/** One version of a report for an export: what the ledger knows of it and its fields, with the opened protected ones where they were asked for. */
export type ExportedReport = {
  readonly reportId: string;
  readonly version: number;
  readonly submissionId: string;
  readonly receivedAt: string;
  readonly sha256: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** What an export puts before the columns of the report. */
const exportColumns = ['report_id', 'version', 'submission_id', 'received_at', 'sha256'] as const;

const written = (rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `${Papa.unparse(
        rows.map((row) => row.map(guardCell)),
        { newline: '\r\n', quotes: false },
      )}\r\n`;

export const exportHeader = (): string => written([[...exportColumns, ...csvColumns.map(({ name }) => name)]]);

/** RFC 4180 lines without a header, so that an export can be streamed page by page; no cell begins as a formula does (ASVS 1.2.10). */
export const exportLines = (reports: readonly ExportedReport[]): string =>
  written(
    reports.map(({ reportId, version, submissionId, receivedAt, sha256, fields }) => [
      reportId,
      String(version),
      submissionId,
      receivedAt,
      sha256,
      ...cellsOfReport(fields),
    ]),
  );

/** A whole export: header and lines. */
export const reportsToCsv = (reports: readonly ExportedReport[]): string => exportHeader() + exportLines(reports);

/** Reports as a file that the intake reads again: the columns of `csvColumns` that any of them fills. */
export function submissionCsv(reports: readonly Readonly<Record<string, unknown>>[]): string {
  const rows = [csvColumns.map(({ name }) => name), ...reports.map(cellsOfReport)];
  const used = csvColumns.map((_, at) => rows.slice(1).some((row) => row[at] !== ''));
  return written(rows.map((row) => row.filter((_, at) => used[at])));
}
