/** A complete, valid example of every answer in JSON, by the name of its schema, made from the example reports: what the documented requests would be answered with. */
import { canonicalJson } from '../canonical-json.ts';
import { exhibitRequestExample } from '../exhibit.ts';
import { sha256 } from '../ids.ts';
import { reportsToCsv } from './csv-export.ts';
import { reportExamples } from './examples.ts';
import { protectedFields } from './protected.ts';

const { create } = reportExamples;
const guarded: ReadonlySet<string> = new Set(protectedFields);
const fields = Object.entries(create);
const open = {
  ...Object.fromEntries(fields.filter(([name]) => !guarded.has(name))),
  derived: { week: '2026-06-08', late: false, district: 'W2', boundary_vintage: '2021' },
};
const opened = Object.fromEntries(fields.filter(([name]) => guarded.has(name)));

const ids = {
  submission_id: 'sub_0a1b2c3d4e5f6g7h8j9kamnpqr',
  report_id: 'rep_0a1b2c3d4e5f6g7h8j9kamnpqr',
} as const;
const hash = sha256(canonicalJson(create));
const received_at = '2026-06-09T15:41:04.118Z';
const counts = { received: 1, accepted: 1, duplicates: 0, refused: 0 };
const accepted = {
  line: 1,
  status: 'accepted',
  report_id: ids.report_id,
  local_report_id: create.local_report_id,
  version: 1,
  sha256: hash,
  errors: [],
};
const refused = {
  line: 2,
  status: 'refused',
  local_report_id: 'LIB-2026-0043',
  errors: [{ code: 'E101', severity: 'error', pointer: '/activities', message: 'A required field is missing' }],
};

const version = { version: 1, operation: 'create', sha256: hash, submission_id: ids.submission_id, received_at };
const pulled = {
  report_id: ids.report_id,
  version: 1,
  operation: 'create',
  withdrawn: false,
  zero_report: false,
  department: create.department_id,
  local_report_id: create.local_report_id,
  property: 'central-library',
  observed_from: '2026-06-09T13:10:00.000Z',
  observed_date: '2026-06-09',
  week: '2026-06-08',
  received_at,
  submission_id: ids.submission_id,
  sha256: hash,
  report: open,
};

export const answerExamples = {
  Receipt: {
    id: ids.submission_id,
    ...ids,
    version: 1,
    sha256: hash,
    received_at,
    mode: 'strict',
    dry_run: false,
    counts,
    reports: [accepted],
  },
  DryRun: {
    mode: 'lenient',
    dry_run: true,
    counts: { ...counts, received: 2, refused: 1 },
    reports: [accepted, refused],
  },
  StoredReport: {
    id: ids.report_id,
    report_id: ids.report_id,
    local_report_id: create.local_report_id,
    ...version,
    report: open,
    protected: Object.keys(opened),
    versions: [version],
  },
  PullPage: {
    as_of: '2026-06-30T06:59:59.999Z',
    count: 1,
    reports: [{ ...pulled, protected: opened }],
    cursor: 'eyJhc09mIjoiMjAyNi0wNi0zMFQwNjo1OTo1OS45OTlaIn0.bmV4dA',
  },
  AuditPage: {
    count: 1,
    records: [
      {
        id: 'c3f1a9d27be04a558e1d6f30b2a94c77',
        at: '2026-07-01T16:20:11.904Z',
        client: 'legal',
        action: 'reports:unsealed',
        what: { as_of: '2026-06-30T06:59:59.999Z', department: create.department_id, limit: '100', page: 'first' },
        purpose: exhibitRequestExample.purpose,
        matter: exhibitRequestExample.matter,
        count: 1,
      },
    ],
  },
  Exhibit: {
    id: 'exh_5b3c1f0e9a7d42688c0b1f2e3d',
    path: 'sealed/exh_5b3c1f0e9a7d42688c0b1f2e3d',
    release_id: exhibitRequestExample.release_id,
    query: exhibitRequestExample.query,
    manifest_sha256: sha256('manifest'),
    files: ['exhibit.pdf', 'manifest.json', 'manifest.sha256', 'query.sql', 'release.json', 'table.csv', 'verify.md'],
  },
  Token: {
    access_token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl',
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'reports/submit reports/read-own',
  },
  TokenProblem: { error: 'invalid_client' },
  Health: { status: 'ok', checks: { store: 'ok', ledger: 'ok' } },
} as const;

/** The same page as a file: what an export answers. */
export const exportExamples = {
  csv: reportsToCsv([
    {
      reportId: ids.report_id,
      version: 1,
      submissionId: ids.submission_id,
      receivedAt: received_at,
      sha256: hash,
      fields: open,
    },
  ]),
  ndjson: `${JSON.stringify(pulled)}\n`,
} as const;
