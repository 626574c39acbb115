import { describe, expect, it } from 'vitest';
import { problemBody } from '#core/domain/report/responses.ts';
import { requestList, trackedRequest, writtenEntry } from '#core/domain/request/answers.ts';
import { goodFacts } from '../fixtures/matters.ts';
import { requestDesk } from './request-desk.ts';

const sent = { kind: 'sent', on: '2024-05-31', channel: 'email' };

async function opened(desk = requestDesk()) {
  const answer = await desk.post('/v1/requests', goodFacts, 'open');
  const { id } = writtenEntry.parse(await answer.json());
  const path = `/v1/requests/${id}`;
  const add = (event: unknown, key: string) => desk.post(`${path}/entries`, event, key);
  const codes = async (event: unknown) => {
    const response = await add(
      event,
      `k${Math.abs(JSON.stringify(event).length)}${JSON.stringify(event).slice(9, 20).replace(/\W/g, '')}`,
    );
    const { code, errors = [] } = problemBody.parse(await response.json());
    return [response.status, code, ...errors.map(({ pointer }) => pointer)];
  };
  return { ...desk, answer, id, path, add, codes };
}

describe('requests over HTTP', () => {
  it('opens a request, adds to its log and answers it with clocks, as documented', async () => {
    const desk = await opened();
    expect(desk.answer.status).toBe(201);
    expect(desk.answer.headers.get('location')).toBe(desk.path);
    expect(writtenEntry.parse(await (await desk.add(sent, 'sent')).json()).seq).toBe(2);
    await desk.add({ kind: 'acknowledged', on: '2024-06-03', number: '2024 ICFO_39357' }, 'ack');
    const request = trackedRequest.parse(await (await desk.get(desk.path)).json());
    expect(request).toMatchObject({
      status: 'acknowledged',
      move: 'agency',
      numbers: [{ number: '2024-ICFO-39357', kind: 'request' }],
      next: { title: 'Determination', due: '2024-07-01' },
    });
    expect(request.clocks.find(({ id }) => id === 'determination')?.days.length).toBe(32);
    expect(request.log.map(({ event }) => event.kind)).toEqual(['opened', 'sent', 'acknowledged']);
  });

  it('finds a request by a number in any spelling, by its digits, by words, and not by others', async () => {
    const desk = await opened();
    await desk.add({ kind: 'number_added', on: '2024-06-03', number: '2025-ICLI-00019' }, 'n');
    const found = async (q: string) =>
      requestList.parse(await (await desk.get(`/v1/requests?q=${encodeURIComponent(q)}`)).json()).requests.length;
    for (const wanted of ['2025_icli 00019', '2025–ICLI–00019', '00019', 'MASKS', 'customs enforcement', ''])
      expect([wanted, await found(wanted)]).toEqual([wanted, 1]);
    for (const other of ['2025-ICLI-00020', 'drones', '99']) expect([other, await found(other)]).toEqual([other, 0]);
  });

  it('answers a writing that is sent again with what was written, and refuses its key for another', async () => {
    const desk = await opened();
    const again = await desk.post('/v1/requests', goodFacts, 'open');
    expect([again.status, writtenEntry.parse(await again.json()).id]).toEqual([201, desk.id]);
    expect((await desk.post('/v1/requests', { ...goodFacts, title: 'Other' }, 'open')).status).toBe(422);
    await desk.add(sent, 'sent');
    expect(writtenEntry.parse(await (await desk.add(sent, 'sent')).json()).seq).toBe(2);
    expect((await desk.add({ ...sent, channel: 'fax' }, 'sent')).status).toBe(422);
    expect(await desk.requests.log((await desk.requests.requests())[0] as never)).toHaveLength(2);
  });

  it('writes entries of many at once, each once, without a gap', async () => {
    const desk = await opened();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => desk.add({ kind: 'noted', on: '2024-06-03', note: `n${n}` }, `n${n}`)),
    );
    const { log } = trackedRequest.parse(await (await desk.get(desk.path)).json());
    expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('refuses what the log does not allow, and names the field', async () => {
    const desk = await opened();
    await desk.add(sent, 'sent');
    const refused = 'REQUEST_REFUSED';
    expect(await desk.codes({ kind: 'received', on: '2024-06-04' })).toEqual([422, refused, '/on']);
    expect(await desk.codes({ kind: 'received', on: '2024-05-30' })).toEqual([422, refused, '/on']);
    expect(await desk.codes({ kind: 'resumed', on: '2024-06-03' })).toEqual([422, refused, '/kind']);
    expect(await desk.codes({ kind: 'remanded', on: '2024-06-03' })).toEqual([422, refused, '/kind']);
    expect(await desk.codes({ kind: 'reopened', on: '2024-06-03' })).toEqual([422, refused, '/kind']);
    expect(await desk.codes({ kind: 'served', on: '2024-06-03' })).toEqual([422, refused, '/kind']);
    expect(await desk.codes({ kind: 'struck', on: '2024-06-03', strikes: 9, note: 'x' })).toEqual([
      422,
      refused,
      '/strikes',
    ]);
    expect(await desk.codes({ kind: 'narrowed', on: '2024-06-03', items: [5] })).toEqual([422, refused, '/items']);
    expect(await desk.codes({ kind: 'determination', on: '2024-06-03' })).toEqual([422, refused, '/outcome']);
    expect(await desk.codes({ kind: 'closed', on: '2024-06-03', channel: 'email' })).toEqual([
      422,
      refused,
      '/channel',
    ]);
    expect(await desk.codes({ kind: 'closed', on: '2024-02-30' })).toEqual([422, refused, '/on']);
    expect(await desk.codes({ kind: 'received', on: '0000-01-01' })).toEqual([422, refused, '/on']);
    expect(await desk.codes({ kind: 'date_agreed', on: '2024-06-03', until: '9999-12-31' })).toEqual([
      422,
      refused,
      '/until',
    ]);
    expect(await desk.codes({ kind: 'vanished', on: '2024-06-03' })).toEqual([422, refused, '/kind']);
    expect((await desk.get(desk.path)).status).toBe(200);
    expect(trackedRequest.parse(await (await desk.get(desk.path)).json()).log).toHaveLength(2);
  });

  it('takes no text that describes a person', async () => {
    const desk = await opened();
    const told = await desk.add({ kind: 'noted', on: '2024-06-03', note: 'Call A-number A123 456 789' }, 'p');
    expect([told.status, problemBody.parse(await told.json()).errors?.[0]?.code]).toEqual([422, 'E503']);
    const items = ['Records of A# 123-456-789'];
    expect((await desk.post('/v1/requests', { ...goodFacts, items }, 'q')).status).toBe(422);
  });

  it('refuses an unknown law or agency, and a law the city does not use', async () => {
    const desk = requestDesk();
    for (const facts of [
      { ...goodFacts, regime: 'none' },
      { ...goodFacts, agency: 'none' },
      { ...goodFacts, items: [] },
    ])
      expect((await desk.post('/v1/requests', facts, 'x')).status).toBe(422);
  });

  it('opens to whom the token says: read is not write, and neither is open to a department', async () => {
    const desk = await opened();
    expect((await desk.get('/v1/requests', 'mayor')).status).toBe(200);
    expect((await desk.post('/v1/requests', goodFacts, 'y', 'mayor')).status).toBe(403);
    expect((await desk.get(desk.path, 'parks')).status).toBe(403);
    expect((await desk.get(desk.path, 'nobody')).status).toBe(401);
    expect((await desk.get('/v1/requests/req_00000000000000000000000000')).status).toBe(404);
    expect((await desk.get('/v1/requests/other')).status).toBe(404);
  });

  it('leaves a record of every look and of every writing, before it is done', async () => {
    const desk = await opened();
    await desk.get(desk.path, 'mayor');
    expect(desk.records.map(({ action, client, what }) => [action, client, what])).toEqual([
      ['requests:written', 'legal', { request: 'new' }],
      ['requests:read', 'mayor', { request: desk.id }],
    ]);
  });

  it('answers what is no JSON, too large or without a key', async () => {
    const desk = requestDesk();
    expect((await desk.post('/v1/requests', '{', 'a')).status).toBe(400);
    expect((await desk.post('/v1/requests', ' '.repeat(300_000), 'a')).status).toBe(413);
    const headers = { authorization: 'Bearer legal', 'content-type': 'application/json' };
    expect((await desk.app.request('/v1/requests', { method: 'POST', headers, body: '{}' })).status).toBe(400);
    const text = { ...headers, 'content-type': 'text/plain', 'idempotency-key': 'k' };
    expect((await desk.app.request('/v1/requests', { method: 'POST', headers: text, body: '{}' })).status).toBe(415);
  });
});
