import { describe, expect, it } from 'vitest';
import { requestIdOf } from '#core/domain/ids.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { logOf } from '../fixtures/matters.ts';
import { requestLogInMemory } from '../fixtures/request-log.ts';
import { portalWorld } from './show-portal-ports.ts';

const id = requestIdOf('page');
const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };

async function world(reasons = {}, laws = fixtureCity().requests.regimes) {
  const requests = requestLogInMemory();
  const log = logOf(
    [
      { kind: 'sent', on: '2026-02-02', channel: 'email' },
      { kind: 'acknowledged', on: '2026-02-04', number: '2026-ICFO_00417', note: '<b>bold</b> & plain' },
    ],
    reasons,
    id,
  );
  for (const entry of log) await requests.append(entry);
  const city = fixtureCity();
  const portal = portalWorld({ requests, city: { ...city, requests: { ...city.requests, regimes: laws } } });
  const post = (
    path: string,
    form: Record<string, string | string[]>,
    client = 'legal',
    headers: Record<string, string> = own,
  ) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
    return portal.app.request(`http://localhost${path}`, {
      method: 'POST',
      headers: { ...headers, cookie: `ledger=token-of-${client}` },
      body: body.toString(),
    });
  };
  const text = async (path: string, client = 'legal') => (await portal.get(path, client)).text();
  return { ...portal, requests, post, text };
}

describe('the pages of requests', () => {
  it('list requests by their next deadline, for those who may read, after the audit record', async () => {
    const { text, get, records } = await world();
    const page = await text('/requests', 'mayor');
    expect(page).toContain('Enforcement activity in the city');
    expect(page).toContain('Determination: <time datetime="2026-03-03">');
    expect(page).toContain('overdue');
    expect(page).not.toContain('Open a request');
    expect(records.map(({ action, client }) => [action, client])).toEqual([['requests:read', 'mayor']]);
    expect((await get('/requests', 'dept-lib')).status).toBe(403);
    expect((await get('/requests')).status).toBe(401);
    expect((await get(`/requests/${id}`)).status).toBe(401);
  });

  it('find a request by a number in any spelling', async () => {
    const { text } = await world();
    expect(await text('/requests?q=2026%20icfo%2000417')).toContain('1 found');
    expect(await text('/requests?q=2026-ICFO-00418')).toContain('No request has such a number');
    expect(await text('/requests?q=%3Cscript%3E')).not.toContain('<script>');
  });

  it('show items, clocks day by day with their law, letters, log, and escape what people wrote', async () => {
    const { text } = await world();
    const page = await text(`/requests/${id}`);
    for (const part of [
      '2026-ICFO-00417',
      '5 U.S.C. 552(a)(6)(A)(i)',
      'Day by day (30 lines)',
      'day 0',
      'Washington&#39;s Birthday',
      'Demand after constructive exhaustion',
      'Remedies exhausted',
      '&lt;b&gt;bold&lt;/b&gt;',
      'Policies on masks',
    ])
      expect(page, part).toContain(part);
    expect(page).not.toMatch(/<script|<b>bold|undefined|\[object/);
  });

  it('give letters as page, text and PDF, and name what is missing instead', async () => {
    const { get, records } = await world();
    const letter = (name: string, form: string) => get(`/requests/${id}/letters/${name}?form=${form}`, 'legal');
    expect(await (await letter('exhaustion-demand', 'txt')).text()).toContain('NO DETERMINATION WAS MADE IN TIME');
    expect(await (await letter('exhaustion-demand', 'html')).text()).toContain('<article');
    const pdf = await letter('exhaustion-demand', 'pdf');
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
    const lacking = await letter('fee-waiver-and-expedite', 'pdf');
    expect([lacking.status, await lacking.text()]).toEqual([422, expect.stringContaining('why fees should be waived')]);
    expect((await letter('no-such-letter', 'html')).status).toBe(404);
    expect(records.filter(({ action }) => action === 'letter:made')).toHaveLength(3);
  });

  it('give the letters of a state act to a local agency that the form names', async () => {
    const { get, post, text } = await world({}, ['us-foia', 'ca-cpra']);
    const addressee = 'City of Cedar Bay, City Clerk\r\n2 Main Street\r\nCedar Bay, CA 90001';
    const facts = { format: 'pdf', signatory_name: 'Test Signer', signatory_title: 'Counsel' };
    for (const [key, to] of Object.entries({ known: { addressee }, plain: {} })) {
      const form = { key, agency: 'ca-cpra/local-agency', title: 'Assistance', items: 'Orders', ...facts, ...to };
      const location = (await post('/requests', form)).headers.get('location') ?? '';
      const [where] = location.split(/[?#]/);
      const letter = (kind: string) => get(`${where}/letters/request?form=${kind}`, 'legal');
      const written = await (await letter('txt')).text();
      const head = key === 'known' ? addressee.replaceAll('\r', '') : 'Local agency';
      expect(written).toContain(`\n\n${head}\n\nCALIFORNIA PUBLIC RECORDS ACT REQUEST`);
      expect(await (await letter('html')).text()).toContain(key === 'known' ? '2 Main Street' : 'Local agency');
      expect((await (await letter('pdf')).text()).slice(0, 5)).toBe('%PDF-');
    }
    expect(await text('/requests')).toContain('To whom the letters go');
  });

  it('open a request by a form, once, and lead to it', async () => {
    const { post, requests, text } = await world();
    const form = {
      key: 'form-1',
      agency: 'us-foia/cbp',
      title: 'Units',
      items: '1. Orders\r\n\r\n2) Agreements\r\n',
      format: 'pdf',
    };
    const answers = [await post('/requests', form), await post('/requests', form)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers[0]?.headers.get('location')).toBe(answers[1]?.headers.get('location'));
    expect(await requests.requests()).toHaveLength(2);
    const page = await text(answers[0]?.headers.get('location') ?? '');
    expect(page).toContain('Orders');
    expect(page).toContain('U.S. Customs and Border Protection');
  });

  it('add an entry by a form; what is wrong is said, with what was typed kept', async () => {
    const { post, requests, text } = await world();
    const wrong = await post(`/requests/${id}`, {
      key: 'form-1',
      kind: 'determination',
      on: '2026-03-10',
      note: 'typed before',
    });
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('an entry of this kind needs outcome');
    expect(page).toContain('typed before</textarea>');
    const right = {
      key: 'form-2',
      kind: 'determination',
      on: '2026-03-10',
      outcome: 'denied',
      items: ['1', '2'],
      exemptions: '(b)(6), (b)(7)(C)',
    };
    expect((await post(`/requests/${id}`, right)).status).toBe(303);
    expect((await post(`/requests/${id}`, right)).status).toBe(303);
    const log = await requests.log(id);
    expect(log).toHaveLength(4);
    expect(log[3]?.event).toMatchObject({ items: [1, 2], exemptions: ['(b)(6)', '(b)(7)(C)'] });
    expect(await text(`/requests/${id}`)).toContain('until the agency’s answer of March 10, 2026');
    expect((await post(`/requests/${id}`, { key: 'form-3', kind: 'noted', on: '2026-03-21', note: 'x' })).status).toBe(
      422,
    );
  });

  it('complete the facts of letters', async () => {
    const { post, get } = await world();
    const facts = {
      key: 'f',
      kind: 'amended',
      fee_waiver_reason: 'The public learns of it.',
      expedite_reason: 'It continues.',
    };
    expect((await post(`/requests/${id}`, facts)).status).toBe(303);
    expect((await get(`/requests/${id}/letters/fee-waiver-and-expedite?form=txt`, 'legal')).status).toBe(200);
  });

  it('take forms from our own pages only, and only from those who may write', async () => {
    const { post, requests } = await world();
    const note = { key: 'n', kind: 'noted', on: '2026-03-10', note: 'x' };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`/requests/${id}`, note, 'legal', { ...type, 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
    expect((await post(`/requests/${id}`, note, 'legal', { ...type, origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await post(`/requests/${id}`, note, 'legal', type)).status).toBe(403);
    expect((await post(`/requests/${id}`, note, 'mayor')).status).toBe(403);
    expect((await post('/requests', { ...note }, 'dept-lib')).status).toBe(403);
    expect((await post(`/requests/${id}`, note, 'nobody')).status).toBe(401);
    expect((await post(`/requests/${id}`, note, 'legal', { ...own, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(`/requests/${id}`, { ...note, note: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await post('/requests/req_00000000000000000000000000', note)).status).toBe(404);
    expect(await requests.log(id)).toHaveLength(3);
  });
});
