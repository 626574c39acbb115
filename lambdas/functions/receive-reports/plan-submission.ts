/** What each row of a submission would become, given what is current. Pure: the same rows and heads give the same plan, so a plan can be made again after a conflict. */
import type { ReportId, Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { ProblemCode, Violation } from '#core/domain/problem.ts';
import { mergeSupplement, supplementConflicts } from '#core/domain/report/merge-supplement.ts';
import { type AcceptedReport, type OpenFields, openFields } from '#core/domain/report/read-report.ts';
import type { ReportHead, ReportVersion, RowCounts } from '#core/domain/submission.ts';

/** A row after reading: a report that may be stored as far as it alone can tell, or the reasons why not. */
export type ReadRow = { readonly line: number } & (
  | { readonly report: AcceptedReport; readonly reportId: ReportId }
  | { readonly localReportId?: string; readonly violations: readonly Violation[] }
);

export type AcceptedRow = {
  readonly line: number;
  readonly status: 'accepted';
  readonly reportId: ReportId;
  readonly version: number;
  readonly report: AcceptedReport;
  /** The open fields of the new version; for a supplement, those of the version before with its own. */
  readonly open: OpenFields;
};
type DuplicateRow = {
  readonly line: number;
  readonly status: 'duplicate';
  readonly reportId: ReportId;
  readonly version: number;
  readonly sha256: Sha256;
  readonly violations: readonly Violation[];
};
/** `problem` is what a single report is answered with; in a batch the violations say it. */
export type RefusedRow = {
  readonly line: number;
  readonly status: 'refused';
  readonly localReportId?: string;
  readonly violations: readonly Violation[];
  readonly problem: ProblemCode;
};
export type PlannedRow = AcceptedRow | DuplicateRow | RefusedRow;

type Conflict = {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly problem: ProblemCode;
};

/** Conflicts between a row and what is stored already. */
const conflicts = {
  versionMissing: {
    code: 'E403',
    pointer: '/expected_version',
    message: 'a change must name the version it was made against',
    problem: 'REPORT_VERSION_MISSING',
  },
  taken: {
    code: 'E402',
    pointer: '/local_report_id',
    message: 'this local report id already names a report with another content; send a correction instead',
    problem: 'REPORT_CONFLICT',
  },
  unknown: {
    code: 'E404',
    pointer: '/local_report_id',
    message: 'there is no report with this local report id to change',
    problem: 'REPORT_REFUSED',
  },
  stale: {
    code: 'E405',
    pointer: '/expected_version',
    message: 'the report has changed since the expected version',
    problem: 'REPORT_VERSION_STALE',
  },
  withdrawn: {
    code: 'E406',
    pointer: '/operation',
    message: 'the report was withdrawn; report it anew under another local report id',
    problem: 'REPORT_CONFLICT',
  },
} as const satisfies Record<string, Conflict>;

/** The stored version that already says exactly this, or the conflict, or undefined when the row may be stored next. */
function against(report: AcceptedReport, head: ReportHead | undefined): Conflict | 'duplicate' | undefined {
  const { operation, expectedVersion, sha256 } = report;
  const begins = operation === 'create' || operation === 'zero';
  if (!head) return begins ? undefined : conflicts.unknown;
  const repeats = head.sha256 === sha256 && head.operation === operation;
  if (begins) return repeats ? 'duplicate' : conflicts.taken;
  if (expectedVersion === undefined) return conflicts.versionMissing;
  if (repeats && expectedVersion === head.version - 1) return 'duplicate';
  if (expectedVersion !== head.version) return conflicts.stale;
  return head.operation === 'withdraw' ? conflicts.withdrawn : undefined;
}

function refusedRow(
  line: number,
  report: AcceptedReport,
  problem: ProblemCode,
  violations: readonly Violation[],
): RefusedRow {
  const all = [...report.violations, ...violations];
  return { line, status: 'refused', localReportId: report.localReportId, violations: all, problem };
}

function headOf({ reportId, version, report: { operation, sha256 } }: AcceptedRow): ReportHead {
  return { reportId, version, operation, sha256 };
}

/** Plans the rows in their order; a later row sees what an earlier row of the same submission does. `earlier` holds the current version of what is supplemented. */
export function planSubmission(
  rows: readonly ReadRow[],
  stored: ReadonlyMap<ReportId, ReportHead>,
  earlier: ReadonlyMap<ReportId, ReportVersion>,
): readonly PlannedRow[] {
  const planned = new Map<ReportId, AcceptedRow>();
  return rows.map((row): PlannedRow => {
    const { line } = row;
    if (!('report' in row)) return { ...row, status: 'refused', problem: 'REPORT_REFUSED' };
    const { report, reportId } = row;
    const { operation, sha256 } = report;
    const before = planned.get(reportId);
    const head = before ? headOf(before) : stored.get(reportId);
    const found = against(report, head);
    if (found === 'duplicate' && head)
      return { line, status: 'duplicate', reportId, version: head.version, sha256, violations: report.violations };
    if (found !== undefined && found !== 'duplicate') {
      const { problem, ...violation } = found;
      return refusedRow(line, report, problem, [{ ...violation, severity: 'error' }]);
    }

    let { open } = report;
    if (operation === 'supplement') {
      const fields = before?.open.fields ?? earlier.get(reportId)?.open;
      invariant(fields, 'the version that a supplement adds to was read');
      const changed = supplementConflicts(fields, open.fields);
      if (changed.length) return refusedRow(line, report, 'REPORT_REFUSED', changed);
      open = openFields(Buffer.from(JSON.stringify(mergeSupplement(fields, open.fields))));
    }
    const version = (head?.version ?? 0) + 1;
    const accepted: AcceptedRow = { line, status: 'accepted', reportId, version, report, open };
    planned.set(reportId, accepted);
    return accepted;
  });
}

/** received = accepted + duplicates + refused. */
export function countRows(rows: readonly { readonly status: 'accepted' | 'duplicate' | 'refused' }[]): RowCounts {
  const counts = { received: rows.length, accepted: 0, duplicates: 0, refused: 0 };
  for (const { status } of rows) {
    if (status === 'accepted') counts.accepted++;
    else if (status === 'duplicate') counts.duplicates++;
    else counts.refused++;
  }
  return counts;
}
