/**
 * The commit of a submission: validate → raw object if absent → one conditional transaction → answer from the receipt. Every step may be repeated after a
 * lost response or a crash: what stands already is read back, compared and used, so a retry ends where the first try did.
 */
import type { CityIndex } from '#core/domain/city-index.ts';
import {
  type DepartmentId,
  type ReportId,
  reportIdOf,
  type Sha256,
  type SubmissionId,
  sha256,
} from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { accept, type Outcome, type ProblemCode, refuse, type Violation } from '#core/domain/problem.ts';
import { readBody } from '#core/domain/report/body.ts';
import { nearDuplicates } from '#core/domain/report/near-duplicates.ts';
import { type RefusedReport, readReport } from '#core/domain/report/read-report.ts';
import type { Receipt, ReportHead, ReportVersion, SubmissionRecord } from '#core/domain/submission.ts';
import type { Clock, RawObjects, ReportStore, Sealer } from '#core/ports.ts';
import { assembleRecord } from './assemble-record.ts';
import { countRows, type PlannedRow, planSubmission, type ReadRow, type RefusedRow } from './plan-submission.ts';

export type CommitPorts = {
  readonly store: ReportStore;
  readonly raw: RawObjects;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly city: CityIndex;
};

/** One request, opened: `request` is the hash of everything that a retry must repeat. */
export type Submission = {
  readonly submissionId: SubmissionId;
  readonly department: DepartmentId;
  readonly request: Sha256;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly mode: 'strict' | 'lenient';
  /** From If-Match; for a single report only. */
  readonly expectedVersion?: number;
};

export type Stored = { readonly receipt: Receipt; readonly record: SubmissionRecord; readonly replayed: boolean };

/** How often a submission is planned anew when another one takes its versions in between. */
const plansMax = 5;

function refusedRow(line: number, { localReportId, violations }: RefusedReport): ReadRow {
  return { line, violations, ...(localReportId === undefined ? {} : { localReportId }) };
}

/** Reads every row; a body that cannot be read as its type is refused as a whole. */
function readRows(
  city: CityIndex,
  submission: Omit<Submission, 'submissionId' | 'request'>,
  now: Instant,
): Outcome<readonly ReadRow[]> {
  const { department } = submission;
  const context = { city, department, now, submission: nearDuplicates() };
  const { expectedVersion: matched } = submission;
  let contradicted = false;
  const rows = readBody(submission.bytes, submission.contentType, (row): ReadRow => {
    if (!('value' in row)) return row;
    const { line } = row;
    const read = readReport(row.value, context);
    if (!read.ok) return refusedRow(line, read);
    const expectedVersion = read.expectedVersion ?? matched;
    if (matched !== undefined && expectedVersion !== matched) contradicted = true;
    const reportId = reportIdOf(department, read.localReportId);
    return { line, reportId, report: expectedVersion === undefined ? read : { ...read, expectedVersion } };
  });
  if (!rows.ok) return rows;
  if (matched !== undefined && rows.value.length > 1)
    return refuse('PARAMETER_INVALID', {
      detail: 'If-Match goes with a single report; a row names its expected_version',
    });
  return contradicted
    ? refuse('PARAMETER_INVALID', { detail: 'If-Match and expected_version name different versions' })
    : rows;
}

/** Whether the plan may be committed in this mode; if not, the problem with every row's violations. */
function refusalOf(plan: readonly PlannedRow[], mode: Submission['mode']): Outcome<void> {
  const refused = plan.filter((row): row is RefusedRow => row.status === 'refused');
  if (refused.length === 0 || (mode === 'lenient' && refused.length < plan.length)) return accept(undefined);
  const violations: Violation[] = [];
  for (const { line, violations: found } of refused)
    for (const violation of found) violations.push({ line, ...violation });
  const [only] = refused;
  const code: ProblemCode = plan.length === 1 && only ? only.problem : 'REPORT_REFUSED';
  return refuse(code, { violations });
}

type Planned = { readonly plan: readonly PlannedRow[]; readonly earlier: ReadonlyMap<ReportId, ReportVersion> };

/** Plans against what is current, and gives the versions that supplements and withdrawals build upon. */
async function planNow({ store }: CommitPorts, rows: readonly ReadRow[]): Promise<Planned> {
  const named = new Set<ReportId>();
  const builtUpon = new Set<ReportId>();
  for (const row of rows) {
    if (!('report' in row)) continue;
    const { reportId, report } = row;
    named.add(reportId);
    if (report.operation === 'supplement' || report.operation === 'withdraw') builtUpon.add(reportId);
  }
  const earlier = new Map<ReportId, ReportVersion>();
  const heads = new Map<ReportId, ReportHead>(await store.heads([...named]));
  for (const id of builtUpon) {
    const last = (await store.versions(id)).at(-1)?.version;
    if (!last) continue;
    const { version, operation, sha256 } = last;
    // Head and content must be of the same moment.
    heads.set(id, { reportId: id, version, operation, sha256 });
    earlier.set(id, last);
  }
  return { plan: planSubmission(rows, heads, earlier), earlier };
}

/** What would become of each row if it were sent now; nothing is stored. */
export async function tryOut(
  ports: CommitPorts,
  submission: Omit<Submission, 'submissionId' | 'request'>,
): Promise<Outcome<readonly PlannedRow[]>> {
  const rows = readRows(ports.city, submission, ports.clock.now());
  return rows.ok ? accept((await planNow(ports, rows.value)).plan) : rows;
}

type Placed = { readonly raw: string; readonly record: SubmissionRecord };

/** Writes the raw object, or takes the one that stands under the same plan: a lost first try may have left it, and its keys with it. */
async function placeRecord(ports: CommitPorts, submission: Submission, { plan, earlier }: Planned): Promise<Placed> {
  const verdicts = plan.map((row) =>
    row.status === 'refused' ? [row.line, row.status] : [row.line, row.status, row.version],
  );
  const raw = `raw/${submission.submissionId}-${sha256(JSON.stringify([submission.request, verdicts]))}`;
  const items = [];
  for (const row of plan)
    if (row.status === 'accepted')
      items.push({ report: row.reportId, version: row.version, guarded: row.report.guarded });
  const { submissionId, department, mode } = submission;
  const sealed = await ports.sealer.seal(items);
  const { record, bytes } = assembleRecord({ submissionId, department, mode }, plan, sealed, earlier);
  const standing = await ports.raw.putIfAbsent(raw, bytes);
  return { raw, record: standing ? readRecord(standing) : record };
}

/** Everything before the commit: reads, plans against what is current, seals and writes; or refuses. */
async function prepare(ports: CommitPorts, submission: Submission, now: Instant): Promise<Outcome<Placed>> {
  const rows = readRows(ports.city, submission, now);
  if (!rows.ok) return rows;
  const planned = await planNow(ports, rows.value);
  const refusal = refusalOf(planned.plan, submission.mode);
  return refusal.ok ? accept(await placeRecord(ports, submission, planned)) : refusal;
}

const readRecord = (bytes: Uint8Array): SubmissionRecord =>
  JSON.parse(Buffer.from(bytes).toString('utf8')) as SubmissionRecord;

/** The record behind a receipt. A receipt without its raw object is a fault: the commit promised both. */
export async function recordOf(ports: Pick<CommitPorts, 'raw'>, receipt: Receipt): Promise<SubmissionRecord> {
  const bytes = await ports.raw.get(receipt.raw);
  if (!bytes) throw new Error('the raw object of a receipt is missing');
  return readRecord(bytes);
}

async function replay(ports: CommitPorts, submission: Submission, receipt: Receipt): Promise<Outcome<Stored>> {
  if (receipt.request !== submission.request) return refuse('IDEMPOTENCY_KEY_REUSED');
  return accept({ receipt, record: await recordOf(ports, receipt), replayed: true });
}

/** Stores a submission once, for ever, whoever sends it again; a refused submission leaves nothing behind, not even its key. */
export async function commitSubmission(ports: CommitPorts, submission: Submission): Promise<Outcome<Stored>> {
  const { submissionId, department, request } = submission;
  const known = await ports.store.receipt(submissionId);
  if (known) return replay(ports, submission, known);

  const now = ports.clock.now();
  for (let attempt = 1; attempt <= plansMax; attempt++) {
    // Read anew each time: what was read of a body is many times as large as the body, and would be kept while the commit waits.
    const placed = await prepare(ports, submission, now);
    if (!placed.ok) {
      // The twin of a submission that has just been stored sees its own reports as conflicts.
      const late = await ports.store.receipt(submissionId);
      return late ? replay(ports, submission, late) : placed;
    }
    const { raw, record } = placed.value;
    const receipt = { submissionId, department, request, raw, counts: countRows(record.rows) };
    const committed = await ports.store.commit({ receipt, record, at: ports.clock.now() });
    if (committed.outcome === 'committed') return accept({ receipt: committed.receipt, record, replayed: false });
    if (committed.outcome === 'exists') return replay(ports, submission, committed.receipt);
  }
  return refuse('UNAVAILABLE');
}
