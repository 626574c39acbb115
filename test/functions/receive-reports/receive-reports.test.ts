import { describe, expect, it } from 'vitest';
import { goodReport } from '../../fixtures/reports.ts';
import { intakeDesk } from './intake-desk.ts';

describe('POST /v1/reports', () => {
  it('answers a stored report with a receipt', async () => {
    const desk = await intakeDesk();
    const { status, headers, body } = await desk.send(goodReport('a'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      version: 1,
      received_at: '2026-03-02T17:00:00.000Z',
      mode: 'strict',
      dry_run: false,
      counts: { received: 1, accepted: 1, duplicates: 0, refused: 0 },
      reports: [{ line: 1, status: 'accepted', local_report_id: 'a', version: 1 }],
    });
    expect(body.id).toMatch(/^sub_/);
    expect(body.report_id).toMatch(/^rep_/);
    expect(body.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(headers.get('location')).toBe(`/v1/submissions/${body.submission_id}`);
  });

  it('answers the same key and body with the same bytes, at once, later and as a read', async () => {
    const desk = await intakeDesk();
    const twins = await Promise.all([1, 2, 3, 4].map(() => desk.send(goodReport('a'))));
    const again = await desk.send(goodReport('a'), { key: '"k1"' });
    for (const answer of [...twins, again]) {
      expect(answer.status).toBe(201);
      expect(answer.text).toBe(twins[0]?.text);
    }
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await desk.read(`/v1/submissions/${again.body.id}`)).text).toBe(again.text);
  });

  it('refuses the same key with another body, type or mode, and changes nothing', async () => {
    const desk = await intakeDesk();
    const first = await desk.send(goodReport('a'));
    for (const other of [
      await desk.send(goodReport('b')),
      await desk.send(goodReport('a'), { query: '?mode=lenient' }),
      await desk.send(JSON.stringify(goodReport('a')), { headers: { 'content-type': 'application/x-ndjson' } }),
    ]) {
      expect(other.status).toBe(422);
      expect(other.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect((await desk.send(goodReport('a'))).text).toBe(first.text);
  });

  it('keeps the keys of departments apart', async () => {
    const desk = await intakeDesk();
    const ours = await desk.send(goodReport('a'));
    const theirs = await desk.send(goodReport('a', { department_id: 'PARKS' }), { as: 'PARKS' });
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(ours.body.id);
    expect(theirs.body.report_id).not.toBe(ours.body.report_id);
  });

  it('forgets the key of a refused submission', async () => {
    const desk = await intakeDesk();
    const refused = await desk.send(goodReport('a', { area_access: 'sideways' }));
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.body.code).toBe('REPORT_REFUSED');
    expect(refused.text).not.toContain('sideways');
    expect((await desk.send(goodReport('a'))).status).toBe(201);
  });

  it('stores all or nothing of a strict batch, and what is good of a lenient one', async () => {
    const desk = await intakeDesk();
    const batch = [
      goodReport('a'),
      goodReport('b', { activities: [] }),
      goodReport('c', { property_id: 'city-hall', property_type: 'city_hall_or_office' }),
    ];
    const strict = await desk.send(batch);
    expect(strict.status).toBe(422);
    expect(strict.body.errors?.map(({ line }) => line)).toContain(2);
    const lenient = await desk.send(batch, { query: '?mode=lenient', key: 'k2' });
    expect(lenient.status).toBe(201);
    expect(lenient.body.counts).toEqual({ received: 3, accepted: 2, duplicates: 0, refused: 1 });
    expect(lenient.body.reports?.map(({ line, status }) => [line, status])).toEqual([
      [1, 'accepted'],
      [2, 'refused'],
      [3, 'accepted'],
    ]);
    const bad = await desk.send([goodReport('x', { activities: [] })], { query: '?mode=lenient', key: 'k3' });
    expect(bad.status).toBe(422);
  });

  it('gives the same receipt to the same body however the type of it is written', async () => {
    const desk = await intakeDesk();
    const first = await desk.send(goodReport('a'));
    const again = await desk.send(goodReport('a'), { headers: { 'content-type': 'Application/JSON; charset=utf-8' } });
    expect([again.status, again.text]).toEqual([201, first.text]);
  });

  it('tells what would happen in a dry run, without a key, and stores nothing', async () => {
    const desk = await intakeDesk();
    const dry = await desk.ask('/v1/reports?dry_run=true', {
      method: 'POST',
      headers: { authorization: 'Bearer LIB', 'content-type': 'application/json' },
      body: JSON.stringify([goodReport('a'), goodReport('b', { activities: [] })]),
    });
    expect(dry.status).toBe(200);
    expect(dry.body).toMatchObject({ dry_run: true, counts: { received: 2, accepted: 1, refused: 1 } });
    expect(dry.body.id).toBeUndefined();
    expect((await desk.read(`/v1/reports/${dry.body.reports?.[0]?.report_id}`)).status).toBe(404);
  });

  it('plans anew when another submission takes the version in between', async () => {
    let rivals = 0;
    const desk = await intakeDesk((ports) => ({
      ...ports,
      store: {
        ...ports.store,
        commit: async (commitment) => (rivals++ < 2 ? { outcome: 'conflict' } : ports.store.commit(commitment)),
      },
    }));
    expect((await desk.send(goodReport('a'))).status).toBe(201);
    rivals = -10;
    const given = await desk.send(goodReport('b'), { key: 'k2' });
    expect(given.status).toBe(503);
    expect(given.headers.get('retry-after')).toBe('5');
  });

  it.each([
    ['no token', 401, 'AUTH_MISSING', { authorization: '' }],
    ['a forged token', 401, 'AUTH_INVALID', { authorization: 'Bearer nobody' }],
    ['a token without the scope', 403, 'SCOPE_MISSING', { authorization: 'Bearer legal' }],
    ['no key', 400, 'IDEMPOTENCY_KEY_MISSING', { 'idempotency-key': '' }],
    ['a key that is too long', 400, 'PARAMETER_INVALID', { 'idempotency-key': 'x'.repeat(256) }],
    ['a type it does not take', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-type': 'application/xml' }],
    ['a compressed body', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-encoding': 'gzip' }],
    ['an answer it cannot give', 406, 'NOT_ACCEPTABLE', { accept: 'text/html, application/json;q=0' }],
    ['a tag that names no version', 400, 'PARAMETER_INVALID', { 'if-match': 'W/"1"' }],
  ])('refuses %s', async (_, status, code, headers) => {
    const desk = await intakeDesk();
    const init: Record<string, string> = {
      authorization: 'Bearer LIB',
      'content-type': 'application/json',
      'idempotency-key': 'k',
      ...headers,
    };
    for (const [name, value] of Object.entries(init)) if (value === '') delete init[name];
    const answer = await desk.ask('/v1/reports', {
      method: 'POST',
      headers: init,
      body: JSON.stringify(goodReport('a')),
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('refuses bodies that are empty, too large or not their type, and unknown parameters', async () => {
    const desk = await intakeDesk();
    expect((await desk.send('')).body.code).toBe('BODY_MISSING');
    expect((await desk.send('{')).body.code).toBe('BODY_UNREADABLE');
    expect((await desk.send(' '.repeat(6 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await desk.send(goodReport('a'), { query: '?mode=loose' })).body.code).toBe('PARAMETER_INVALID');
    expect((await desk.send(goodReport('a'), { query: '?dryrun=true' })).body.code).toBe('PARAMETER_INVALID');
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent++;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const init: RequestInit = {
      method: 'POST',
      headers: { authorization: 'Bearer LIB', 'content-type': 'text/csv', 'idempotency-key': 'k' },
      body: endless,
      duplex: 'half' as const,
    };
    expect((await desk.ask('/v1/reports', init)).status).toBe(413);
    expect(sent).toBeLessThan(12);
  });

  it('answers 500 without an acknowledgement when the store fails, and the retry gets the receipt', async () => {
    let lost = true;
    const desk = await intakeDesk((ports) => ({
      ...ports,
      store: {
        ...ports.store,
        commit: async (commitment) => {
          const committed = await ports.store.commit(commitment);
          if (lost) throw new Error('canary: the answer was lost');
          return committed;
        },
      },
    }));
    expect((await desk.send(goodReport('a'))).body.code).toBe('FAULT');
    lost = false;
    const retry = await desk.send(goodReport('a'));
    expect(retry.status).toBe(201);
    expect(retry.body.counts).toMatchObject({ accepted: 1 });
    expect(desk.lines.join('\n')).not.toContain('canary');
  });
});
