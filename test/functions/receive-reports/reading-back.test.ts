import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goodReport } from '../../fixtures/reports.ts';
import { intakeDesk } from './intake-desk.ts';

describe('reading back', () => {
  it("answers 404 for another department's submission and report, and for what is no id", async () => {
    const desk = await intakeDesk();
    const { body } = await desk.send(goodReport('a'));
    for (const path of [`/v1/submissions/${body.id}`, `/v1/reports/${body.report_id}`]) {
      expect((await desk.read(path)).status).toBe(200);
      expect((await desk.read(path, 'PARKS')).status).toBe(404);
      expect((await desk.read(path, 'legal')).status).toBe(403);
      expect((await desk.read(path, 'nobody')).status).toBe(401);
    }
    expect((await desk.read('/v1/submissions/sub_1')).status).toBe(404);
    expect((await desk.read('/v1/reports/..%2f')).status).toBe(404);
  });

  it('answers 405 with the methods there are', async () => {
    const desk = await intakeDesk();
    const answer = await desk.ask('/v1/reports', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('protected fields', () => {
  it('stand in no log line, no answer and no byte of the store', async () => {
    const desk = await intakeDesk();
    const canary = 'quillwort';
    const one = await desk.send(goodReport('a', { narrative: `A ${canary} stood there.`, supervisor_name: canary }));
    const batch = await desk.send([goodReport('b', { narrative: canary, bad: canary })], {
      key: 'k2',
      query: '?mode=lenient',
    });
    const shown = await desk.read(`/v1/reports/${one.body.report_id}`);
    for (const { text } of [one, batch, shown]) expect(text).not.toContain(canary);
    expect(desk.lines.join('\n')).not.toContain(canary);
    await desk.local.root.flushed;
    for (const { value } of desk.local.raw.getRange()) expect(value.toString('latin1')).not.toContain(canary);
    for (const file of readdirSync(join(desk.dataDir, 'store')))
      expect(readFileSync(join(desk.dataDir, 'store', file)).includes(canary)).toBe(false);
  });
});
