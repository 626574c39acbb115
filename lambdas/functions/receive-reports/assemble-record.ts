import type { DepartmentId, ReportId, SubmissionId } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { ReportVersion, RowVerdict, SealedFields, SubmissionRecord } from '#core/domain/submission.ts';
import type { AcceptedRow, PlannedRow } from './plan-submission.ts';
import { RecordWriter, type UnwrittenVersion } from './record-bytes.ts';

/** A sealed field of the earlier version stays where the supplement does not bring the field anew; its key and its seal are the earlier version's. */
function carriedFields(before: readonly SealedFields[], added: readonly SealedFields[]): readonly SealedFields[] {
  const anew = new Set(added.flatMap(({ fields }) => fields));
  const kept = before.map((sealed) => ({ ...sealed, fields: sealed.fields.filter((field) => !anew.has(field)) }));
  return [...kept.filter(({ fields }) => fields.length > 0), ...added];
}

function verdictOf(row: Exclude<PlannedRow, AcceptedRow>): RowVerdict {
  if (row.status === 'duplicate') return row;
  const { problem: _, ...verdict } = row;
  return verdict;
}

function versionOf(
  row: AcceptedRow,
  added: readonly SealedFields[],
  before: ReportVersion | undefined,
): UnwrittenVersion {
  const { reportId, version, report } = row;
  const { localReportId, operation, sha256 } = report;
  const begins = operation === 'create' || operation === 'zero' || operation === 'correct';
  invariant(begins || before, 'a supplement or a withdrawal follows a version');
  return {
    reportId,
    localReportId,
    version,
    operation,
    sha256,
    // A supplement or a withdrawal says no place and no time of its own: it is listed where the report was.
    facts: begins || !before ? report.facts : before.facts,
    open: row.open.json,
    sealed: operation === 'supplement' && before ? carriedFields(before.sealed, added) : added,
  };
}

/** Puts plan, sealed fields and earlier versions together into the raw object, and answers it with its bytes. `sealed` has one entry for each accepted row, in order. */
export function assembleRecord(
  submission: {
    readonly submissionId: SubmissionId;
    readonly department: DepartmentId;
    readonly mode: 'strict' | 'lenient';
  },
  plan: readonly PlannedRow[],
  sealed: readonly (readonly SealedFields[])[],
  earlier: ReadonlyMap<ReportId, ReportVersion>,
): { readonly record: SubmissionRecord; readonly bytes: Uint8Array } {
  const head = { schema: 1, ...submission } as const;
  const writer = new RecordWriter(head, plan.length);
  const latest = new Map(earlier);
  let next = 0;
  const rows = plan.map((row): RowVerdict => {
    if (row.status === 'accepted') {
      const { line, reportId } = row;
      const { violations } = row.report;
      const version = versionOf(row, sealed[next++] ?? [], latest.get(reportId));
      const report = writer.accepted(line, version, violations);
      latest.set(reportId, report);
      return { line, status: 'accepted', report, violations };
    }
    const verdict = verdictOf(row);
    writer.row(verdict);
    return verdict;
  });
  return { record: { ...head, rows }, bytes: writer.finish() };
}
