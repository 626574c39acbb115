/** What the service answers, as schemas for the OpenAPI document and for the tests that hold the answers against them. */
import * as z from 'zod';
import { operations } from '../submission.ts';

const reportId = z.string().regex(/^rep_[0-9a-z]{26}$/);
const submissionId = z.string().regex(/^sub_[0-9a-z]{26}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime().describe('UTC, to the millisecond.');
const version = z.int().min(1);
const open = z.record(z.string(), z.unknown());

const violation = z
  .strictObject({
    code: z.string().describe('E errors block, W warnings block unless confirmed, I infos are stored.'),
    severity: z.enum(['error', 'warning', 'info']),
    pointer: z.string().optional().describe('RFC 6901, into the report.'),
    line: z.int().optional().describe('Line of the file, from 1.'),
    column: z.string().optional().describe('Column of the CSV file.'),
    message: z.string().describe('A fixed sentence; submitted values are never repeated.'),
  })
  .describe('One rule that one place of the input broke.');

export const problemBody = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(violation).optional(),
  })
  .describe('RFC 9457.');

const counts = z
  .strictObject({ received: z.int(), accepted: z.int(), duplicates: z.int(), refused: z.int() })
  .describe('received = accepted + duplicates + refused.');
const rowAnswer = z.strictObject({
  line: z.int(),
  status: z.enum(['accepted', 'duplicate', 'refused']),
  report_id: reportId.optional(),
  local_report_id: z.string().optional(),
  version: version.optional(),
  sha256: hash
    .optional()
    .describe(
      'Of the canonical JSON (RFC 8785) of the report as submitted, `confirmed_warnings` left out: confirming a warning does not change what a report says.',
    ),
  errors: z.array(violation),
});
const mode = z.enum(['strict', 'lenient']);

export const receiptBody = z
  .strictObject({
    id: submissionId,
    submission_id: submissionId,
    report_id: reportId.optional().describe('Of a single report.'),
    version: version.optional().describe('Of a single report.'),
    sha256: hash.optional().describe('Of a single report.'),
    received_at: instant,
    mode,
    dry_run: z.literal(false),
    counts,
    reports: z.array(rowAnswer),
  })
  .describe('The receipt, answered only after the durable commit and the same for ever.');

export const dryRunBody = z
  .strictObject({ mode, dry_run: z.literal(true), counts, reports: z.array(rowAnswer) })
  .describe('The verdicts the same request would get now. Nothing is stored.');

const storedVersion = z.strictObject({
  version,
  operation: z.enum(operations),
  sha256: hash,
  submission_id: submissionId,
  received_at: instant,
});

export const storedReportBody = z
  .strictObject({
    id: reportId,
    report_id: reportId,
    local_report_id: z.string(),
    ...storedVersion.shape,
    report: open.describe('The unprotected fields as submitted, and what was derived from them.'),
    protected: z.array(z.string()).describe('Names of the sealed fields.'),
    versions: z.array(storedVersion).describe('Every version, oldest first.'),
  })
  .describe("A department's own report in its current version.");

const pulledReport = z.strictObject({
  report_id: reportId,
  version,
  operation: z.enum(operations),
  withdrawn: z.boolean(),
  zero_report: z.boolean(),
  department: z.string(),
  local_report_id: z.string(),
  property: z.string().nullable(),
  observed_from: instant.nullable(),
  observed_date: z.iso.date().nullable(),
  week: z.iso.date().describe('Monday, in the zone of the city.'),
  received_at: instant,
  submission_id: submissionId,
  sha256: hash,
  report: open,
  protected: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Only with the second scope, a purpose and a matter; each field as submitted, null when it was erased.'),
});

export const pullPageBody = z
  .strictObject({
    as_of: instant,
    count: z.int(),
    reports: z.array(pulledReport),
    cursor: z.string().optional().describe('For the next page; absent on the last.'),
  })
  .describe('Reports in their last version as of a moment.');

export const auditPageBody = z
  .strictObject({
    count: z.int(),
    records: z.array(
      z.strictObject({
        id: z.string(),
        at: instant,
        client: z.string(),
        action: z.string(),
        what: z.record(z.string(), z.string()),
        purpose: z.string().optional(),
        matter: z.string().optional(),
        count: z.int(),
      }),
    ),
    cursor: z.string().optional(),
  })
  .describe('Who read or sealed what, newest first.');

export const exhibitBody = z
  .strictObject({
    id: z.string(),
    path: z.string(),
    release_id: z.string(),
    query: z.string(),
    manifest_sha256: hash,
    files: z.array(z.string()),
  })
  .describe('The sealed bundle.');

export const tokenRequest = z
  .strictObject({
    grant_type: z.literal('client_credentials'),
    scope: z.string().optional().describe('Scopes parted by spaces; all of the client when left out.'),
    client_id: z.string().optional().describe('Only without HTTP Basic authentication.'),
    client_secret: z.string().optional(),
  })
  .describe('RFC 6749 section 4.4.');
export const tokenBody = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('Seconds.'),
  scope: z.string().optional(),
});
export const tokenProblem = z
  .strictObject({ error: z.string(), error_description: z.string().optional() })
  .describe('RFC 6749 section 5.2.');

export const healthBody = z.looseObject({ status: z.enum(['ok', 'unavailable']) });
