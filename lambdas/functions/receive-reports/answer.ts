/** What a client reads. Made from receipt and record alone, so that the same submission is answered with the same bytes for ever. */
import type { Violation } from '#core/domain/problem.ts';
import type { Receipt, RowVerdict, SubmissionRecord } from '#core/domain/submission.ts';
import type { StoredVersion } from '#core/ports.ts';
import { countRows, type PlannedRow } from './plan-submission.ts';

type RowAnswer = {
  readonly line: number;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly report_id?: string;
  readonly local_report_id?: string;
  readonly version?: number;
  readonly sha256?: string;
  readonly errors: readonly Violation[];
};

function storedRow(row: RowVerdict): RowAnswer {
  const { line, status, violations: errors } = row;
  if (row.status === 'accepted') {
    const { reportId, localReportId, version, sha256 } = row.report;
    return { line, status, report_id: reportId, local_report_id: localReportId, version, sha256, errors };
  }
  if (row.status === 'duplicate')
    return { line, status, report_id: row.reportId, version: row.version, sha256: row.sha256, errors };
  return { line, status, ...(row.localReportId === undefined ? {} : { local_report_id: row.localReportId }), errors };
}

function plannedRow(row: PlannedRow): RowAnswer {
  if (row.status !== 'accepted') return storedRow(row);
  const { line, status, reportId, version, report } = row;
  const { localReportId, sha256, violations } = report;
  return { line, status, report_id: reportId, local_report_id: localReportId, version, sha256, errors: violations };
}

/** The body of a receipt. `version`, `report_id` and `sha256` stand at the top when the submission is a single report. */
export function receiptAnswer(receipt: Receipt, record: SubmissionRecord): string {
  const rows = record.rows.map(storedRow);
  const [only] = rows;
  const { report_id, version, sha256 } = (rows.length === 1 && only) || {};
  return JSON.stringify({
    id: receipt.submissionId,
    submission_id: receipt.submissionId,
    report_id,
    version,
    sha256,
    received_at: receipt.receivedAt,
    mode: record.mode,
    dry_run: false,
    counts: receipt.counts,
    reports: rows,
  });
}

/** The body of a dry run: the verdicts that the same request would get now, and no receipt. */
export function dryRunAnswer(plan: readonly PlannedRow[], mode: 'strict' | 'lenient'): string {
  return JSON.stringify({ mode, dry_run: true, counts: countRows(plan), reports: plan.map(plannedRow) });
}

/** The body of a department's own report: its current version without the protected fields, which are named only, and the list of its versions. */
export function reportAnswer(versions: readonly StoredVersion[], current: StoredVersion): string {
  const { version, submissionId, receivedAt } = current;
  return JSON.stringify({
    id: version.reportId,
    report_id: version.reportId,
    local_report_id: version.localReportId,
    version: version.version,
    operation: version.operation,
    sha256: version.sha256,
    submission_id: submissionId,
    received_at: receivedAt,
    report: version.open,
    protected: version.sealed.flatMap(({ fields }) => fields),
    versions: versions.map((stored) => ({
      version: stored.version.version,
      operation: stored.version.operation,
      sha256: stored.version.sha256,
      submission_id: stored.submissionId,
      received_at: stored.receivedAt,
    })),
  });
}
