import { describe, expect, it } from 'vitest';
import { invariant } from '#core/domain/invariant.ts';
import { custody, orders, portalWorld } from './show-portal-ports.ts';

const [known] = custody;
invariant(known, 'a file of the fixture');
const address = `/files/${known.sha256}`;
const unknown = {
  ...known,
  sheets: known.sheets.map((sheet) => ({
    ...sheet,
    layout: '',
    headers: ['Apprehension Date', 'Facility AOR', 'Something'],
    rows: { read: 4, accepted: 0, refused: 0, quarantined: 4 },
    columns: {},
  })),
};
const waiting = () => {
  const world = portalWorld();
  const foia = { list: async () => [unknown], find: async () => unknown };
  return portalWorld({ foia: { ...world.ports.foia, ...foia } });
};
const send = (app: ReturnType<typeof portalWorld>['app'], form: Record<string, string>, client = 'legal') =>
  app.request(address, {
    method: 'POST',
    headers: {
      cookie: `ledger=token-of-${client}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form),
  });

describe('the page of an agency file', () => {
  it('shows custody, sums, mapping, what was withheld, and the file itself, escaped', async () => {
    const { get, records } = portalWorld();
    const page = await (await get(address, 'legal')).text();
    for (const text of [
      known.sha256,
      known.release,
      'counsel',
      'every row is accounted for',
      'eventDate ← A',
      '(b)(7)(E): 12,000',
      'event date unreadable',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('<script>');
    expect(records).toMatchObject([{ action: 'foia:read', what: { file: known.sha256, shown: 'content' } }]);
  });

  it('shows no content of the file to a client that may not review, and nothing of a file that is not there', async () => {
    const { get } = portalWorld();
    expect((await get(address, 'mayor')).status).toBe(403);
    expect((await get(`/files/${'0'.repeat(64)}`, 'legal')).status).toBe(404);
    expect((await get('/files/..%2Fx', 'legal')).status).toBe(404);
  });

  it('looks again while the file is read, and says how far it is', async () => {
    const reading = { ...known, status: 'reading', done: 0.42, rows: { ...known.rows, read: 25_000 } } as const;
    const world = portalWorld();
    const { get } = portalWorld({ foia: { ...world.ports.foia, find: async () => reading } });
    const answer = await get(address, 'legal');
    expect(answer.headers.get('refresh')).toBe('3');
    expect(await answer.text()).toContain('42 % of the file, 25,000 rows so far');
    expect((await get(`${address}?ordered=yes`, 'legal')).headers.get('refresh')).toBe(`3; url=${address}`);
    expect((await get('/files', 'legal')).headers.get('refresh')).toBeNull();
    const listed = portalWorld({ foia: { ...world.ports.foia, list: async () => [known, reading] } });
    expect((await listed.get('/files', 'legal')).headers.get('refresh')).toBe('3');
  });

  it('proposes a mapping for an unknown header, and orders what the person confirms', async () => {
    const { get, app, records } = waiting();
    expect(await (await get('/files', 'legal')).text()).toContain('1 table without a reviewed mapping');
    const page = await (await get(address, 'legal')).text();
    expect(page).toContain('Waits for a person');
    expect(page).toMatch(/name="eventDate">.*<option value="0" selected>Apprehension Date/s);
    orders.length = 0;
    const form = { order: 'map', table: '0', kind: 'arrest', agency: 'ICE', level: 'aor', eventDate: '0', area: '1' };
    const answer = await send(app, form);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${address}?ordered=yes`]);
    expect(orders).toMatchObject([
      {
        order: 'map',
        by: 'legal',
        file: known.sha256,
        layout: {
          recordKind: 'arrest',
          fields: { eventDate: ['apprehension date'], area: ['facility aor'] },
          exactHeaders: ['apprehension date', 'facility aor', 'something'],
          area: { level: 'aor', list: 'areasOfResponsibility' },
          notTaken: ['something'],
        },
      },
    ]);
    expect(records.at(-1)).toMatchObject({ action: 'foia:ordered', what: { order: 'map' } });
  });

  it('orders nothing from a form that lacks a date, comes from elsewhere, or is sent by another client', async () => {
    const { app } = waiting();
    orders.length = 0;
    const form = { order: 'map', table: '0', kind: 'arrest', agency: 'ICE', level: 'none', area: '1' };
    expect((await send(app, form)).status).toBe(422);
    expect((await send(app, { order: 'supersede', replacedBy: 'the other', why: 'x' })).status).toBe(422);
    expect((await send(app, { order: 'withdraw', why: 'x' }, 'mayor')).status).toBe(403);
    const elsewhere = await app.request(address, {
      method: 'POST',
      headers: { cookie: 'ledger=token-of-legal', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ order: 'withdraw', why: 'x' }),
    });
    expect(elsewhere.status).toBe(403);
    expect(orders).toEqual([]);
    expect((await send(app, { order: 'withdraw', why: 'a letter' })).status).toBe(303);
    expect(orders).toMatchObject([{ order: 'withdraw', why: 'a letter' }]);
  });
});
