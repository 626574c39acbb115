import type { ExportedReport } from '#core/domain/report/csv-export.ts';
import type { ProtectedField } from '#core/domain/report/protected.ts';
import type { StoredVersion, Unsealer } from '#core/ports.ts';
import type { Kind } from './pull-question.ts';

/** One report as legal sees it: its last version by the as-of moment. `withdrawn` marks a tombstone; `protected` stands only in an unsealed pull, null for a field that was erased. */
export type PulledRow = {
  readonly report_id: string;
  readonly version: number;
  readonly operation: string;
  readonly withdrawn: boolean;
  readonly zero_report: boolean;
  readonly department: string;
  readonly local_report_id: string;
  readonly property: string | null;
  readonly observed_from: string | null;
  readonly observed_date: string | null;
  readonly week: string;
  readonly received_at: string;
  readonly submission_id: string;
  readonly sha256: string;
  readonly report: Readonly<Record<string, unknown>>;
  readonly protected?: Readonly<Record<string, unknown>>;
};

export const isOfKind = (stored: StoredVersion, kind: Kind): boolean =>
  kind === 'all' || (stored.version.operation === 'zero') === (kind === 'zero');

/** The unprotected part of a stored version; sealed fields never pass through here. */
export function pulledRow({ version, submissionId, receivedAt }: StoredVersion): PulledRow {
  return {
    report_id: version.reportId,
    version: version.version,
    operation: version.operation,
    withdrawn: version.operation === 'withdraw',
    zero_report: version.operation === 'zero',
    department: version.facts.department,
    local_report_id: version.localReportId,
    property: version.facts.property ?? null,
    observed_from: version.facts.observedFrom ?? null,
    observed_date: version.facts.observedDate ?? null,
    week: version.facts.week,
    received_at: receivedAt,
    submission_id: submissionId,
    sha256: version.sha256,
    report: version.open,
  };
}

/** Protected fields that are not text; they were sealed as JSON. */
const structured: ReadonlySet<string> = new Set<ProtectedField>(['point', 'unlisted_property', 'vehicle_plates']);

function openedField(name: string, text: string | undefined): unknown {
  if (text === undefined) return null;
  return structured.has(name) ? JSON.parse(text) : text;
}

/** The row with its protected fields opened. Call it only after the audit record of this read is durable. */
export async function unsealedRow(stored: StoredVersion, unsealer: Unsealer): Promise<PulledRow> {
  const { reportId, version, sealed } = stored.version;
  const opened = sealed.length ? await unsealer.unseal(reportId, version, sealed) : {};
  const fields = Object.entries(opened).map(([name, text]) => [name, openedField(name, text)] as const);
  return { ...pulledRow(stored), protected: Object.fromEntries(fields) };
}

/** The row as a line of the CSV export. What the ledger knows stands also where a withdrawal or supplement did not repeat it. */
export const exportedReport = (row: PulledRow): ExportedReport => ({
  reportId: row.report_id,
  version: row.version,
  submissionId: row.submission_id,
  receivedAt: row.received_at,
  sha256: row.sha256,
  fields: {
    ...row.report,
    ...row.protected,
    operation: row.operation,
    department_id: row.department,
    local_report_id: row.local_report_id,
    ...(row.property !== null && { property_id: row.property }),
  },
});
