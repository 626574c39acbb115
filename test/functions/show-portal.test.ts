import { describe, expect, it } from 'vitest';
import { custody, portalWorld, receiptOf } from './show-portal-ports.ts';

const own = 'http://localhost';
const form = (fields: Record<string, string>, headers: Record<string, string> = { origin: own }) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
});
const credentials = { client_id: 'dept-lib', client_secret: 'secret' };

describe('the public page', () => {
  it('lists the releases newest first, shows the latest briefing and links every file', async () => {
    const { get } = portalWorld();
    const page = await (await get('/')).text();
    expect(page.indexOf('Week of March 2, 2026')).toBeGreaterThan(0);
    expect(page.indexOf('Week of March 2, 2026')).toBeLessThan(page.indexOf('Week of February 23, 2026'));
    expect(page).toContain('<iframe src="/releases/week-2026-03-02/briefing.html"');
    for (const link of page.matchAll(/href="(\/releases\/[^"]+)"/g))
      expect((await get(link[1] ?? '')).status).toBe(200);
  });
  it('shows the agency files with rows that add up', async () => {
    const page = await (await portalWorld().get('/')).text();
    for (const text of ['I-213 Northern Sector 2025.xlsx', '12,480', '12,101', '373']) expect(page).toContain(text);
  });
  it('speaks the other language of the city', async () => {
    const page = await (await portalWorld().get('/?lang=es')).text();
    expect(page).toContain('<html lang="es">');
    expect(page).toContain('Semana del 2 de marzo de 2026');
    expect(page).toContain('/releases/week-2026-03-02/briefing.es.html');
  });
  it('says plainly that nothing was released yet', async () => {
    const world = portalWorld({
      shelf: { read: async () => undefined, releases: async () => [] },
      foia: {
        list: async () => [],
        find: async () => undefined,
        preview: async () => undefined,
        statements: async () => [],
        order: async () => undefined,
      },
    });
    const page = await (await world.get('/')).text();
    expect(page).toContain('Nothing has been released yet');
    expect(page).toContain('No agency file has been received yet');
  });
});

describe('files of a release', () => {
  it('come with their type and a policy that leaves the briefing its own style', async () => {
    const { get } = portalWorld();
    const briefing = await get('/releases/week-2026-03-02/briefing.html');
    expect(briefing.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = briefing.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'none'");
    expect(policy).not.toMatch(/style-src|default-src/);
    const types: string[] = [];
    for (const file of ['briefing.pdf', 'map.svg', 'datapackage.json', 'incidents_by_week_area_v1.csv'])
      types.push((await get(`/releases/week-2026-03-02/${file}`)).headers.get('content-type')?.split(';')[0] ?? '');
    expect(types).toEqual(['application/pdf', 'image/svg+xml', 'application/json', 'text/csv']);
  });
  it('answer 304 to a reader who has them', async () => {
    const { app, get } = portalWorld();
    const path = '/releases/week-2026-03-02/map.svg';
    const tag = (await get(path)).headers.get('etag') ?? '';
    expect((await app.request(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });
  for (const path of [
    '/releases/week-2026-03-02/nothing.html',
    '/releases/week-2026-03-02/..%2Fweek-2026-02-23%2Fbriefing.html',
    '/releases/..%2F..%2Fcredentials.json/x',
    '/releases/../credentials.json',
    '/releases/week-2026-03-02/%2e%2e%2f%2e%2e%2fcredentials.json',
    '/releases/week-2026-03-02%2Fbriefing.html/',
    '/releases/week-2026-03-02/briefing.html%00',
    '/assets/..%2Fportal.css',
    '/assets/portal.js',
    '/assets/%2e%2e/%2e%2e/package.json',
  ])
    it(`are named exactly: ${path} is not there`, async () => {
      const asked: string[] = [];
      const { get, ports } = portalWorld();
      const read = ports.shelf.read;
      ports.shelf.read = (key) => {
        asked.push(key);
        return read(key);
      };
      expect((await get(path)).status).toBe(404);
      expect(asked).toEqual([]);
    });
});

describe('signing in', () => {
  it('keeps the token in a strict, script-proof cookie and leads to the first page it opens', async () => {
    const { app } = portalWorld();
    const answer = await app.request('/sign-in', form(credentials));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/receipts']);
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const attribute of ['ledger=token-of-dept-lib', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Secure');
    const https = await app.request(
      'https://city.example/sign-in',
      form(credentials, { origin: 'https://city.example' }),
    );
    expect(https.headers.get('set-cookie')).toMatch(/^__Host-ledger=.*Secure/);
  });
  it('leads only to our own pages', async () => {
    const { app } = portalWorld();
    const legal = { client_id: 'legal', client_secret: 'secret' };
    const to = async (next: string) =>
      (await app.request('/sign-in', form({ ...legal, next }))).headers.get('location');
    expect(await to('/audit')).toBe('/audit');
    expect(await to('https://evil.example/')).toBe('/files');
    expect(await to('//evil.example')).toBe('/files');
    expect(await (await app.request('/sign-in?next=//evil.example')).text()).not.toContain('evil');
  });
  it('says the same for a wrong secret as for an unknown client, and echoes neither', async () => {
    const { app } = portalWorld();
    for (const fields of [
      { ...credentials, client_secret: 'wr0ng"><script>' },
      { client_id: '', client_secret: '' },
    ]) {
      const answer = await app.request('/sign-in', form(fields));
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
      const page = await answer.text();
      expect(page).toContain('role="alert"');
      expect(page).not.toContain('wr0ng');
    }
  });
  it('takes no form from elsewhere', async () => {
    const { app } = portalWorld();
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const path of ['/sign-in', '/sign-out'])
      for (const headers of elsewhere) {
        const answer = await app.request(path, form(credentials, headers));
        expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
      }
  });
  it('takes no body but a small form', async () => {
    const { app } = portalWorld();
    const json = { method: 'POST', headers: { origin: own, 'content-type': 'application/json' }, body: '{}' };
    expect((await app.request('/sign-in', json)).status).toBe(415);
    expect((await app.request('/sign-in', form({ client_id: 'x'.repeat(9000) }))).status).toBe(413);
  });
  it('ends with the cookie gone', async () => {
    const answer = await portalWorld().app.request('/sign-out', form({}));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toMatch(/^ledger=;.*Max-Age=0/);
  });
});

describe('private pages', () => {
  for (const path of [
    '/receipts',
    '/files',
    '/audit',
    `/receipts/${receiptOf('LIB', 'one', '2026-03-02T17:00:00Z').submissionId}`,
  ])
    it(`answer 401 with the sign-in form at ${path} when nobody signed in`, async () => {
      const { get, records } = portalWorld();
      const answer = await get(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([401, 'no-store']);
      expect(await answer.text()).toContain('client_secret');
      expect((await get(path, 'nobody')).status).toBe(401);
      expect(records).toEqual([]);
    });
  it('answer 403 to a token without the scope', async () => {
    const { get, records } = portalWorld();
    const refusals = [
      await get('/files', 'dept-lib'),
      await get('/audit', 'dept-lib'),
      await get('/receipts', 'legal'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(records).toEqual([]);
  });
  it('show a department its own receipts and no other', async () => {
    const { get, receipts, records } = portalWorld();
    const page = await (await get('/receipts', 'dept-lib')).text();
    const [one, two, three] = receipts.map(({ submissionId }) => submissionId);
    expect([page.includes(`${one}`), page.includes(`${two}`), page.includes(`${three}`)]).toEqual([true, true, false]);
    expect(records).toMatchObject([
      { action: 'receipts:read', client: 'dept-lib', what: { department: 'LIB' }, count: 2 },
    ]);
    expect((await get(`/receipts/${three}`, 'dept-lib')).status).toBe(404);
    expect((await get(`/receipts/${one}`, 'dept-parks')).status).toBe(404);
    expect((await get('/receipts/anything', 'dept-lib')).status).toBe(404);
    expect(records).toHaveLength(1);
  });
  it('show the verdict on each row of a submission', async () => {
    const { get, receipts, records } = portalWorld();
    const page = await (await get(`/receipts/${receipts[0]?.submissionId}`, 'dept-lib')).text();
    for (const text of ['W610', 'E330', 'refused', 'duplicate', 'A non-public area needs an access result'])
      expect(page).toContain(text);
    expect(page).not.toContain('ICE_ERO');
    expect(records).toMatchObject([{ action: 'receipts:read', count: 4 }]);
  });
  it('show custody of the agency files, escaped, with sums and reasons', async () => {
    const { get, records } = portalWorld();
    const page = await (await get('/files', 'legal')).text();
    for (const text of [
      'cbp-i213-2025',
      'event date unreadable: 373',
      'Landmark',
      custody[0]?.sha256 ?? '?',
      'every row is accounted for',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('event_date');
    expect(page).toContain('copy of &lt;b&gt;I-213&lt;/b&gt;.xlsx');
    expect(records).toMatchObject([{ action: 'foia:read', client: 'legal', count: 1 }]);
  });
  it('show the audit trail, and the showing is in it', async () => {
    const { get, records } = portalWorld();
    await get('/files', 'legal');
    const page = await (await get('/audit', 'privacy')).text();
    expect(page).toContain('foia:read');
    expect(page).not.toContain('audit:read');
    expect(await (await get('/audit', 'privacy')).text()).toContain('audit:read');
    expect(records.map(({ action, client }) => `${client} ${action}`)).toEqual([
      'legal foia:read',
      'privacy audit:read',
      'privacy audit:read',
    ]);
  });
  it('show nothing when the audit record cannot be written', async () => {
    const audit = { append: () => Promise.reject(new Error('full')), list: async () => ({ items: [] }) };
    const { get, receipts, faults } = portalWorld({ audit });
    for (const [path, client] of [
      ['/receipts', 'dept-lib'],
      [`/receipts/${receipts[0]?.submissionId}`, 'dept-lib'],
      ['/files', 'legal'],
      ['/audit', 'legal'],
    ] as const) {
      const answer = await get(path, client);
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toMatch(/sub_|I-213/);
    }
    expect(faults).toHaveLength(4);
  });
});

it('puts the safety headers on every answer and no script on any page', async () => {
  const { get } = portalWorld();
  const paths = ['/', '/sign-in', '/receipts', '/nothing', '/healthz', '/openapi.json', '/assets/portal.css'];
  for (const path of paths) {
    const answer = await get(path, 'dept-lib');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/<script|<style| style=| on[a-z]+="/);
  }
});

it('links each page only to style sheets that are there', async () => {
  const { get } = portalWorld();
  for (const [path, client] of [
    ['/', 'legal'],
    ['/files', 'legal'],
    ['/requests', 'legal'],
    ['/audit', 'privacy'],
    ['/protection', 'privacy'],
  ] as const) {
    const sheets = [...(await (await get(path, client)).text()).matchAll(/<link rel="stylesheet" href="([^"]+)"/g)];
    expect(sheets.length).toBeGreaterThanOrEqual(path === '/audit' ? 3 : 4);
    for (const [, sheet = ''] of sheets)
      expect([sheet, (await get(sheet)).headers.get('content-type')]).toEqual([sheet, 'text/css; charset=utf-8']);
  }
});

it('says that it is not ready when a check fails, without saying why', async () => {
  expect(await (await portalWorld().get('/healthz')).json()).toEqual({
    status: 'ok',
    checks: { store: 'ok', ledger: 'ok' },
  });
  const broken = { store: async () => 1, ledger: () => Promise.reject(new Error('secret path')) };
  const answer = await portalWorld({ checks: broken }).get('/healthz');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unavailable', checks: { store: 'ok', ledger: 'failed' } });
});
