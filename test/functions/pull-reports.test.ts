import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canary, pullWorld, stored } from './pull-reports-ports.ts';

const four = () => [
  stored('a'),
  stored('b', { department: 'PARKS', date: '2026-03-06' }),
  stored('c', { operation: 'zero', date: '2026-03-02', open: {} }),
  stored('d', { operation: 'withdraw', version: 2, open: { change_reason: 'duplicate_of' } }),
];
const many = (count: number) => Array.from({ length: count }, (_, n) => stored(`r${n}`));
type Pulled = { count: number; as_of: string; cursor?: string; reports: Record<string, unknown>[] };
const bodyOf = async (response: Response) => (await response.json()) as Pulled;

describe('who may pull', () => {
  for (const path of ['/v1/reports', '/v1/exports/reports', '/v1/audit']) {
    it(`answers 401 without a token and 403 without the scope at ${path}`, async () => {
      const { get, records } = pullWorld(four());
      expect((await get(path)).status).toBe(401);
      expect((await get(path, 'nobody')).status).toBe(401);
      expect((await get(path, 'dept-lib')).status).toBe(403);
      expect(records).toEqual([]);
    });
  }
  it('refuses protected fields to a token without the second scope, before it speaks of a purpose', async () => {
    const { get, records, order } = pullWorld(four());
    const response = await get('/v1/reports?protected=true&purpose=Motion&matter=25-1', 'legal');
    expect(response.status).toBe(403);
    expect([records, order]).toEqual([[], []]);
  });
});

describe('a pull', () => {
  it('answers each report once with its id, version, receipt and hash', async () => {
    const { get } = pullWorld(four());
    const body = await bodyOf(await get('/v1/reports', 'legal'));
    expect(body.count).toBe(4);
    const [row] = (await bodyOf(await get('/v1/reports?department=PARKS', 'legal'))).reports;
    expect(row).toMatchObject({ department: 'PARKS', local_report_id: 'b', version: 1, operation: 'create' });
    expect(row).toMatchObject({ property: 'city-hall', received_at: '2026-03-05T15:00:00.000Z' });
    expect(row?.['report_id']).toMatch(/^rep_/);
    expect(row?.['submission_id']).toMatch(/^sub_/);
    expect(row?.['sha256']).toMatch(/^[0-9a-f]{64}$/);
  });
  it('shows a withdrawn report as a tombstone and lets zero reports be chosen', async () => {
    const { get } = pullWorld(four());
    const all = (await bodyOf(await get('/v1/reports', 'legal'))).reports;
    expect(all.filter((row) => row['withdrawn']).map((row) => row['local_report_id'])).toEqual(['d']);
    const zero = await bodyOf(await get('/v1/reports?kind=zero', 'legal'));
    expect(zero.reports.map((row) => row['local_report_id'])).toEqual(['c']);
    expect((await bodyOf(await get('/v1/reports?kind=incident', 'legal'))).count).toBe(3);
  });
  it('says nothing of sealed fields unless they are asked for', async () => {
    const { get, order } = pullWorld(four());
    const answers = [await get('/v1/reports', 'legal'), await get('/v1/exports/reports', 'counsel')];
    for (const answer of answers) expect(await answer.text()).not.toContain(canary.slice(0, 11));
    expect(order).not.toContain('unseal');
  });
  it('answers as of a day of the city: its last millisecond counts, the next one does not', async () => {
    const versions = [
      stored('a', { receivedAt: '2026-03-08T05:00:00.000Z' }),
      stored('a', { version: 2, operation: 'correct', receivedAt: '2026-03-09T03:59:59.999Z' }),
      stored('b', { receivedAt: '2026-03-09T04:00:00.000Z' }),
    ];
    const { get } = pullWorld(versions);
    const versionsAt = async (asOf: string) =>
      (await bodyOf(await get(`/v1/reports?as_of=${asOf}`, 'legal'))).reports.map((row) => row['version']);
    expect(await versionsAt('2026-03-07')).toEqual([]);
    // The clocks of the fixture city go forward on the 8th: that day ends at 04:00 UTC, an hour earlier than the day before.
    expect((await bodyOf(await get('/v1/reports?as_of=2026-03-08', 'legal'))).as_of).toBe('2026-03-09T03:59:59.999Z');
    expect(await versionsAt('2026-03-08')).toEqual([2]);
    expect(await versionsAt('2026-03-08T12:00:00-04:00')).toEqual([1]);
  });
  for (const query of [
    'department=NOPE',
    'property=nope',
    'from=2026-13-01',
    'from=2026-03-05&to=2026-03-04',
    'limit=0',
    'limit=501',
    'limit=ten',
    'as_of=yesterday',
    'as_of=2026-03-21',
    'as_of=2026-03-20T12:00:01Z',
    'cursor=abc',
    'kind=other',
    'protected=yes',
    'departmnt=LIB',
    'department=LIB&department=PARKS',
    'purpose=%3Cscript%3E',
  ]) {
    it(`refuses ${query} without echoing it`, async () => {
      const { get, records } = pullWorld(four());
      const response = await get(`/v1/reports?${query}`, 'legal');
      expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
      const text = await response.text();
      expect(text).toContain('PARAMETER_INVALID');
      for (const value of ['NOPE', 'nope', 'yesterday', 'script', 'departmnt']) expect(text).not.toContain(value);
      expect(records).toEqual([]);
    });
  }
});

describe('pages', () => {
  it('are complete and disjoint for any page size, and stay so while reports come in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }), async (count, limit) => {
        const versions = many(count);
        const { get } = pullWorld(versions);
        const seen: unknown[] = [];
        let path: string | undefined = `/v1/reports?limit=${limit}`;
        for (let page = 0; path; page++) {
          const response: Response = await get(path, 'legal');
          const body = await bodyOf(response);
          expect(body.count).toBe(body.reports.length);
          seen.push(...body.reports.map((row) => row['local_report_id']));
          versions.push(stored(`late${page}`, { receivedAt: '2026-03-20T12:00:00.001Z' }));
          versions.push(stored('r0', { version: page + 2, receivedAt: '2026-03-20T12:00:00.001Z' }));
          const link = response.headers.get('link');
          expect(link === null).toBe(body.cursor === undefined);
          path = link === null ? undefined : `/v1/reports${/^<(.+)>; rel="next"$/.exec(link)?.[1]}`;
        }
        expect(seen).toHaveLength(count);
        expect(new Set(seen)).toEqual(new Set(many(count).map(({ version }) => version.localReportId)));
      }),
      { numRuns: 40 },
    );
  });
  it('refuse a cursor beside another question', async () => {
    const { get } = pullWorld(many(3));
    const { cursor } = await bodyOf(await get('/v1/reports?limit=1&department=LIB', 'legal'));
    expect((await get(`/v1/reports?limit=2&department=LIB&cursor=${cursor}`, 'legal')).status).toBe(200);
    expect((await get(`/v1/reports?limit=1&cursor=${cursor}`, 'legal')).status).toBe(400);
    expect((await get(`/v1/audit?cursor=${cursor}`, 'legal')).status).toBe(400);
  });
});

describe('the audit record', () => {
  it('says who, when, what, why and how many', async () => {
    const { get, records } = pullWorld(four());
    await get('/v1/reports?from=2026-03-01&to=2026-03-05&department=LIB', 'legal', {
      'ledger-matter': '2:25-cv-05605',
    });
    expect(records).toEqual([
      {
        id: 'random-0',
        at: '2026-03-20T12:00:00.000Z',
        client: 'legal',
        action: 'reports:pulled',
        what: {
          from: '2026-03-01',
          to: '2026-03-05',
          department: 'LIB',
          as_of: '2026-03-20T12:00:00.000Z',
          limit: '100',
          page: 'first',
        },
        matter: '2:25-cv-05605',
        count: 3,
      },
    ]);
  });
  it('stands before anything is unsealed or answered', async () => {
    const { get, order } = pullWorld(four());
    const why = { 'ledger-purpose': 'Motion for preliminary injunction', 'ledger-matter': '2:25-cv-05605' };
    expect((await get('/v1/reports?protected=true&department=PARKS', 'counsel', why)).status).toBe(200);
    expect(order).toEqual(['pull', 'audit', 'unseal']);
  });
  for (const path of [
    '/v1/reports',
    '/v1/exports/reports',
    '/v1/reports?protected=true',
    '/v1/exports/reports?protected=true',
  ])
    it(`lets nothing out at ${path} when it cannot be written`, async () => {
      const audit = { append: () => Promise.reject(new Error('the disk is full')), list: async () => ({ items: [] }) };
      const { get, order } = pullWorld(four(), { audit });
      const response = await get(path, 'counsel', { 'ledger-purpose': 'Motion', 'ledger-matter': '25-1' });
      expect(response.status).toBe(500);
      const text = await response.text();
      for (const secret of ['rep_', 'LIB', 'disk', canary]) expect(text).not.toContain(secret);
      expect(order).not.toContain('unseal');
    });
  it('is itself read page by page, and that reading is recorded too', async () => {
    const { get, records } = pullWorld(four());
    for (let n = 0; n < 3; n++) await get('/v1/reports', 'legal');
    const first = (await (await get('/v1/audit?limit=2', 'legal')).json()) as {
      records: { id: string }[];
      cursor: string;
    };
    expect(first.records.map(({ id }) => id)).toEqual(['random-2', 'random-1']);
    const next = await get(`/v1/audit?limit=2&cursor=${first.cursor}`, 'legal');
    expect(((await next.json()) as typeof first).records.map(({ id }) => id)).toEqual(['random-0']);
    expect(records.map(({ action }) => action).slice(3)).toEqual(['audit:read', 'audit:read']);
  });
});

describe('protected fields', () => {
  for (const headers of [{}, { 'ledger-purpose': 'Motion' }, { 'ledger-matter': '25-1' }] as Record<string, string>[])
    it(`need a purpose and a matter: only ${Object.keys(headers).join() || 'neither'} is refused`, async () => {
      const { get, order } = pullWorld(four());
      const response = await get('/v1/reports?protected=true', 'counsel', headers);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('PURPOSE_MISSING');
      expect(order).toEqual([]);
    });
  it('come with scope, purpose and matter; an erased one comes as null', async () => {
    const versions = four();
    const erased = stored('e');
    versions.push({
      ...erased,
      version: { ...erased.version, sealed: [{ fields: ['narrative'], key: 'destroyed', text: '' }] },
    });
    const { get, records } = pullWorld(versions);
    const { reports } = await bodyOf(await get('/v1/reports?protected=true&purpose=Motion&matter=25-1', 'counsel'));
    const opened = Object.fromEntries(reports.map((row) => [row['local_report_id'], row['protected']]));
    expect(opened).toMatchObject({ a: { narrative: canary }, c: {}, e: { narrative: null } });
    expect(records[0]).toMatchObject({ action: 'reports:unsealed', purpose: 'Motion', matter: '25-1', count: 5 });
  });
});
