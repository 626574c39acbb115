import { describe, expect, it } from 'vitest';
import { change, goodReport } from '../../fixtures/reports.ts';
import { intakeDesk } from './intake-desk.ts';

describe('the versions of a report', () => {
  it('knows a report that was sent under another key as a duplicate', async () => {
    const desk = await intakeDesk();
    const first = await desk.send(goodReport('a'));
    const second = await desk.send(goodReport('a'), { key: 'k2' });
    expect(second.status).toBe(201);
    expect(second.body.counts).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(second.body).toMatchObject({ report_id: first.body.report_id, version: 1, sha256: first.body.sha256 });
  });

  it('refuses another report under a local id that is taken', async () => {
    const desk = await intakeDesk();
    await desk.send(goodReport('a'));
    const other = await desk.send(goodReport('a', { activities: ['search'] }), { key: 'k2' });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({
      code: 'REPORT_CONFLICT',
      errors: expect.arrayContaining([expect.objectContaining({ code: 'E402', line: 1 })]),
    });
  });

  it('corrects, supplements and withdraws by version', async () => {
    const desk = await intakeDesk();
    await desk.send(goodReport('a'));
    const corrected = await desk.send(goodReport('a', { ...change(1), activities: ['search'] }), { key: 'k2' });
    expect(corrected.body).toMatchObject({ version: 2, counts: { accepted: 1 } });
    const envelope = {
      schema_version: '1',
      department_id: 'LIB',
      local_report_id: 'a',
      recorded_at: '2026-03-02T11:45:00-05:00',
    };
    const supplement = await desk.send(
      {
        operation: 'supplement',
        ...envelope,
        expected_version: 2,
        reporter_role: 'liaison',
        basis: 'video_review',
        face_covering: 'all',
      },
      { key: 'k3' },
    );
    expect(supplement.body).toMatchObject({ version: 3 });
    const shown = await desk.read(`/v1/reports/${supplement.body.report_id}`);
    expect(shown.headers.get('etag')).toBe('"3"');
    expect(shown.body.report).toMatchObject({
      activities: ['search'],
      face_covering: 'all',
      property_id: 'central-library',
    });
    expect(shown.body.protected).toContain('narrative');
    const withdraw = { operation: 'withdraw', ...envelope, change_reason: 'not_federal' };
    expect((await desk.send(withdraw, { key: 'k4' })).status).toBe(428);
    expect((await desk.send({ ...withdraw, expected_version: 1 }, { key: 'k5' })).status).toBe(412);
    expect((await desk.send(withdraw, { key: 'k6', headers: { 'if-match': '"3"' } })).body).toMatchObject({
      version: 4,
    });
    expect((await desk.send({ ...withdraw, expected_version: 4, change_reason: 'other' }, { key: 'k7' })).status).toBe(
      409,
    );
    const stranger = { ...withdraw, local_report_id: 'z', expected_version: 1 };
    expect((await desk.send(stranger, { key: 'k8' })).body.errors).toEqual([expect.objectContaining({ code: 'E404' })]);
  });

  it('takes If-Match for one report only, and not against its own expected_version', async () => {
    const desk = await intakeDesk();
    await desk.send(goodReport('a'));
    const headers = { 'if-match': '"1"' };
    const refused = { status: 400, body: { code: 'PARAMETER_INVALID' } };
    const two = [goodReport('a', { ...change(1), activities: ['search'] }), goodReport('b')];
    expect(await desk.send(two, { key: 'k2', headers })).toMatchObject(refused);
    expect(await desk.send(goodReport('a', change(2)), { key: 'k2', headers })).toMatchObject(refused);
    const changed = goodReport('a', { ...change(1), activities: ['search'] });
    expect((await desk.send(changed, { key: 'k2', headers })).body).toMatchObject({ version: 2 });
  });

  it('sees in a batch what an earlier row of it did', async () => {
    const desk = await intakeDesk();
    const rows = [goodReport('a'), goodReport('a', { ...change(1), activities: ['search'] }), goodReport('a')];
    const { body } = await desk.send(rows, { query: '?mode=lenient' });
    expect(body.reports?.map(({ status, version }) => [status, version])).toEqual([
      ['accepted', 1],
      ['accepted', 2],
      ['refused', undefined],
    ]);
  });

  it('refuses a supplement that would change what was said, and stores nothing of it', async () => {
    const desk = await intakeDesk();
    await desk.send(goodReport('a', { closure_minutes: 45 }));
    const supplement = {
      operation: 'supplement',
      schema_version: '1',
      department_id: 'LIB',
      local_report_id: 'a',
      recorded_at: '2026-03-02T11:45:00-05:00',
      expected_version: 1,
      reporter_role: 'liaison',
      basis: 'video_review',
      closure_minutes: 60,
    };
    const refused = await desk.send(supplement, { key: 'k2' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ code: 'E380', pointer: '/closure_minutes' })]);
    const both = await desk.send([supplement, { ...supplement, closure_minutes: 45 }], {
      key: 'k3',
      query: '?mode=lenient',
    });
    expect(both.body.reports?.map(({ status, version }) => [status, version])).toEqual([
      ['refused', undefined],
      ['accepted', 2],
    ]);
  });
});
