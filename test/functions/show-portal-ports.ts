import { readFile } from 'node:fs/promises';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import type { FoiaCustody, FoiaOrder, FoiaPreview } from '#core/domain/foia-custody.ts';
import { type DepartmentId, type ReleaseId, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { Principal } from '#core/domain/principal.ts';
import { accept, refuse } from '#core/domain/problem.ts';
import type { Receipt } from '#core/domain/submission.ts';
import type { AuditRecord } from '#core/ports.ts';
import type { ShowPortalPorts } from '#functions/show-portal/ports.ts';
import { showPortal } from '#functions/show-portal/show-portal.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { regimes } from '../fixtures/regimes.ts';
import { requestLogInMemory } from '../fixtures/request-log.ts';
import { at, stored } from './pull-reports-ports.ts';

const root = new URL('../../', import.meta.url);
const bytes = (text: string) => new TextEncoder().encode(text);
const library = 'LIB' as DepartmentId;

const briefingStyle = 'h1{color:#1f4e5f}body{font-family:system-ui}';
const styleHash = Buffer.from(sha256(briefingStyle), 'hex').toString('base64');
/** A page with its own policy for its own style, as the briefing has. */
const briefing = (words: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'"><title>Briefing</title><style>${briefingStyle}</style></head><body><h1>${words}</h1><p>41 incidents were reported in this week.</p></body></html>`;

const shelfFiles = new Map<string, Uint8Array>(
  ['week-2026-02-23', 'week-2026-03-02'].flatMap((id, n) => [
    [`${id}/briefing.html`, bytes(briefing(`Briefing ${n + 1}`))],
    [`${id}/briefing.es.html`, bytes(briefing(`Informe ${n + 1}`))],
    [`${id}/briefing.pdf`, bytes('%PDF-1.7')],
    [`${id}/map.svg`, bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [`${id}/incidents_by_week_area_v1.csv`, bytes('week,area,released_count\r\n')],
    [`${id}/datapackage.json`, bytes(`{"title":"t","created":"2026-03-0${n * 7 + 2}T14:00:00.000Z"}`)],
  ]),
);

/** A receipt of a department with four rows: accepted, a warning, a duplicate and a refusal. */
export function receiptOf(department: string, key: string, receivedAt: string): Receipt {
  const submissionId = submissionIdOf(department as DepartmentId, key);
  return {
    submissionId,
    department: department as DepartmentId,
    request: sha256(key),
    raw: `raw/${submissionId}`,
    receivedAt: at(receivedAt),
    counts: { received: 4, accepted: 2, duplicates: 1, refused: 1 },
  };
}

const rules = {
  late: { code: 'W610', severity: 'warning', message: 'The report came more than 24 hours after the event' },
  zone: {
    code: 'E330',
    severity: 'error',
    pointer: '/access_result',
    message: 'A non-public area needs an access result',
  },
} as const;
const { version } = stored('a');
const verdictRows = [
  { line: 2, status: 'accepted', report: version, violations: [] },
  { line: 3, status: 'accepted', report: version, violations: [rules.late] },
  { line: 4, status: 'duplicate', reportId: version.reportId, version: 1, sha256: version.sha256, violations: [] },
  { line: 5, status: 'refused', localReportId: 'x', violations: [rules.zone] },
];

const rowsOf = (read: number, accepted: number, refused: number) => ({
  read,
  accepted,
  refused,
  quarantined: read - accepted - refused,
});
export const custody: FoiaCustody[] = [
  {
    sha256: sha256('file'),
    bytes: 1_204_551,
    names: ['I-213 Northern Sector 2025.xlsx', 'copy of <b>I-213</b>.xlsx'],
    arrivals: [{ name: 'I-213 Northern Sector 2025.xlsx', sender: 'counsel', at: at('2026-03-03T16:20:00Z') }],
    receivedAt: at('2026-03-03T16:20:00Z'),
    release: 'foia-20260303-3b9c358f',
    reading: 1,
    readAt: at('2026-03-03T16:20:00Z'),
    format: 'xlsx',
    status: 'taken',
    rows: rowsOf(12_480, 12_101, 6),
    sheets: [
      {
        name: 'Arrests',
        table: 1,
        layout: 'cbp-i213-2025',
        headerRow: 7,
        rows: rowsOf(12_480, 12_101, 6),
        preambleRows: 4,
        identicalRows: 40,
        likelyDuplicates: 3,
        notMappable: 17,
        headers: ['APPR_DT_TIME', 'SECTOR', 'STATUS_WHEN_FOUND', 'Landmark'],
        columns: { eventDate: 'A', area: 'B', category: 'C' },
        withheld: { D: { '(b)(7)(E)': 12_000 } },
        months: { first: '2025-01', last: '2025-12' },
        recordKind: 'arrest',
        unmappedColumns: ['Landmark'],
        reasons: { event_date_unreadable: 373, footnote_row: 6 },
      },
    ],
  },
];

export const orders: FoiaOrder[] = [];
const preview: FoiaPreview = {
  sheets: [
    {
      name: 'Arrests',
      rows: [{ row: 7, cells: ['APPR_DT_TIME', '<script>alert(1)</script>'] }],
      aside: [{ table: 1, row: 9, column: 'A', reason: 'event_date_unreadable', cells: ['10/5'] }],
    },
  ],
};

const liaison: Principal = { clientId: 'dept-lib', department: library, scopes: ['reports/read-own'] };
const parks: Principal = { clientId: 'dept-parks', department: 'PARKS' as DepartmentId, scopes: ['reports/read-own'] };
const legal: Principal = {
  clientId: 'legal',
  scopes: ['reports/pull', 'foia/read', 'foia/review', 'requests/read', 'requests/write', 'audit/read'],
};
const mayor: Principal = { clientId: 'mayor', scopes: ['requests/read'] };
const privacy: Principal = { clientId: 'privacy', scopes: ['releases/review', 'audit/read'] };
const principals = [liaison, parks, legal, mayor, privacy];

/** The portal over a small world in memory. The secret of every client is `secret`. */
export function portalWorld(more: Partial<ShowPortalPorts> = {}) {
  const receipts = [
    receiptOf('LIB', 'one', '2026-03-02T17:00:00Z'),
    receiptOf('LIB', 'two', '2026-03-04T18:30:00Z'),
    receiptOf('PARKS', 'three', '2026-03-05T09:00:00Z'),
  ];
  const records: AuditRecord[] = [];
  const faults: string[] = [];
  let names = 0;
  const ports: ShowPortalPorts = {
    city: fixtureCity(),
    clock: { now: () => at('2026-03-20T12:00:00Z') },
    ids: { random: () => `random-${names++}` },
    log: { info: () => {}, warn: () => {}, error: (event) => void faults.push(event) },
    tokens: {
      verify: async (header) => {
        if (!header) return refuse('AUTH_MISSING');
        const principal = principals.find(({ clientId }) => header === `Bearer token-of-${clientId}`);
        return principal ? accept(principal) : refuse('AUTH_INVALID');
      },
    },
    signIn: async (client, secret) => (secret === 'secret' ? `token-of-${client}` : undefined),
    audit: {
      append: async (record) => void records.push(record),
      list: async ({ limit }) => ({ items: [...records].reverse().slice(0, limit) }),
    },
    store: {
      receipt: async (id) => receipts.find(({ submissionId }) => submissionId === id),
      receiptsOf: async (department, { limit }) => {
        const own = receipts.filter((receipt) => receipt.department === department).reverse();
        return { items: own.slice(0, limit), ...(own.length > limit && { cursor: 'next' }) };
      },
    },
    raw: {
      get: async (key) => {
        const receipt = receipts.find(({ raw }) => raw === key);
        if (!receipt) return undefined;
        const { submissionId, department } = receipt;
        return bytes(JSON.stringify({ schema: 1, submissionId, department, rows: verdictRows }));
      },
    },
    foia: {
      list: async () => custody,
      find: async (file) => custody.find(({ sha256: known }) => known === file),
      preview: async () => preview,
      statements: async () => [],
      order: async (order) => void orders.push(order),
    },
    shelf: {
      read: async (key) => shelfFiles.get(key),
      releases: async () =>
        ['week-2026-02-23', 'week-2026-03-02'].map((id) => ({
          id: id as ReleaseId,
          files: [...shelfFiles.keys()]
            .filter((key) => key.startsWith(`${id}/`))
            .map((key) => key.slice(id.length + 1)),
        })),
    },
    ledger: { records: async () => [] },
    assets: { bytes: (path) => readFile(new URL(path, root)) },
    requests: requestLogInMemory(),
    regimes,
    typesetter: typesetter({ bytes: (path) => readFile(new URL(path, root)) }),
    openApi: () => ({ openapi: '3.1.0' }),
    checks: { store: async () => 1, ledger: async () => [] },
    ...more,
  };
  const app = showPortal(ports);
  const get = (path: string, client?: string) =>
    app.request(path, { headers: client ? { cookie: `ledger=token-of-${client}` } : {} });
  return { app, get, ports, records, receipts, faults };
}
