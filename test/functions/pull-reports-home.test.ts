import { expect, it } from 'vitest';
import { auditTrail } from '#adapters/local/audit-trail.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { sealer } from '#adapters/local/sealer.ts';
import { unsealer } from '#adapters/local/unsealer.ts';
import { guardedFields } from '#core/domain/report/protected.ts';
import type { ReportVersion, SubmissionRecord } from '#core/domain/submission.ts';
import type { AuditRecord } from '#core/ports.ts';
import { emptyHome, storeOfItsOwn } from '../adapters/local-home.ts';
import { at, canary, pullWorld, stored } from './pull-reports-ports.ts';

const why = { 'ledger-purpose': 'Motion for preliminary injunction', 'ledger-matter': '2:25-cv-05605' };

/** The app over the adapters of home, holding sealed reports of two departments, one withdrawn, and a zero report. */
async function home() {
  const dataDir = emptyHome();
  const store = storeOfItsOwn(dataDir);
  const master = await masterKey(dataDir, store);
  const reports = reportStore(store);
  const raw = rawObjects(store);
  const seal = sealer(store, master);
  const commit = async (local: string, more: Parameters<typeof stored>[1] = {}) => {
    const { version, submissionId, receivedAt } = stored(local, more);
    const fields: Readonly<Record<string, string>> = version.operation === 'zero' ? {} : { narrative: canary };
    const [sealed = []] = await seal.seal([
      { report: version.reportId, version: version.version, guarded: guardedFields(fields) },
    ]);
    const report: ReportVersion = { ...version, sealed };
    const { department } = version.facts;
    const id = submissionId.replace(/.$/, String(version.version)) as typeof submissionId;
    const rows = [{ line: 1, status: 'accepted', report, violations: [] }] as const;
    const record: SubmissionRecord = { schema: 1, submissionId: id, department, rows };
    const key = `raw/${id}-${version.sha256}`;
    await raw.putIfAbsent(key, Buffer.from(JSON.stringify(record)));
    const counts = { received: 1, accepted: 1, duplicates: 0, refused: 0 };
    const receipt = { submissionId: id, department, request: version.sha256, raw: key, counts };
    expect((await reports.commit({ receipt, record, at: receivedAt })).outcome).toBe('committed');
  };
  for (let n = 0; n < 7; n++) await commit(`lib${n}`);
  await commit('parks', { department: 'PARKS', date: '2026-03-10', receivedAt: '2026-03-11T15:00:00Z' });
  await commit('quiet', { operation: 'zero', date: '2026-03-02', open: {}, receivedAt: '2026-03-11T16:00:00Z' });
  await commit('lib0', { operation: 'withdraw', version: 2, open: {}, receivedAt: '2026-03-12T15:00:00Z' });
  const audit = auditTrail(store);
  return { ...pullWorld([], { store: reports, unsealer: unsealer(store, master), audit }), audit, commit };
}
type Body = { count: number; cursor?: string; reports: Record<string, unknown>[] };

it('pages through the store of home completely while reports come in, each report in its last version', async () => {
  const { get, commit } = await home();
  const seen: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || cursor; page++) {
    const response = await get(`/v1/reports?limit=2${cursor ? `&cursor=${cursor}` : ''}`, 'legal');
    const body = (await response.json()) as Body;
    seen.push(...body.reports.map((row) => `${row['local_report_id']}.${row['version']}`));
    await commit(`late${page}`, { receivedAt: '2026-03-20T12:00:01Z' });
    cursor = body.cursor;
  }
  const expected = ['lib0.2', 'lib1.1', 'lib2.1', 'lib3.1', 'lib4.1', 'lib5.1', 'lib6.1', 'parks.1', 'quiet.1'];
  expect(seen.toSorted()).toEqual(expected);
});

it('answers as of an earlier day what was known then', async () => {
  const { get } = await home();
  const pull = async (query: string) => ((await (await get(`/v1/reports?${query}`, 'legal')).json()) as Body).reports;
  expect(await pull('as_of=2026-03-10')).toHaveLength(7);
  expect((await pull('as_of=2026-03-11')).filter((row) => row['withdrawn'])).toEqual([]);
  expect((await pull('as_of=2026-03-12')).filter((row) => row['withdrawn'])).toHaveLength(1);
  expect(await pull('from=2026-03-10&to=2026-03-10')).toHaveLength(1);
  expect(await pull('department=PARKS')).toHaveLength(1);
  expect(await pull('property=city-hall')).toHaveLength(8);
});

it('opens sealed text only for scope, purpose and matter, and the trail of home says so', async () => {
  const { get, audit } = await home();
  for (const path of ['/v1/reports', '/v1/exports/reports'])
    expect(await (await get(path, 'counsel', why)).text()).not.toContain('CANARY');
  const opened = await (await get('/v1/exports/reports?protected=true', 'counsel', why)).text();
  expect(opened.split(canary)).toHaveLength(9);
  const { items } = await audit.list({ limit: 10 });
  const short = ({ action, count, matter }: AuditRecord) => [action, count, matter];
  expect(items.map(short)).toEqual([
    ['reports:unsealed', 9, '2:25-cv-05605'],
    ['reports:exported', 9, '2:25-cv-05605'],
    ['reports:pulled', 9, '2:25-cv-05605'],
  ]);
  expect(items[0]?.at).toBe(at('2026-03-20T12:00:00Z'));
});
