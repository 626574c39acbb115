import { describe, expect, it } from 'vitest';
import {
  auditPageBody,
  dryRunBody,
  problemBody,
  pullPageBody,
  receiptBody,
  storedReportBody,
} from '#core/domain/report/responses.ts';
import { goodReport } from '../fixtures/reports.ts';
import { pullWorld, stored } from './pull-reports-ports.ts';
import { intakeDesk } from './receive-reports/intake-desk.ts';

/** What the service answers, held against the schemas that the OpenAPI document shows to clients. */
describe('the answers are as documented', () => {
  it('of the intake: receipt, dry run, report, problem', async () => {
    const desk = await intakeDesk();
    await desk.send(goodReport('a'), { key: 'k0' });
    const batch = [goodReport('a'), goodReport('b', { activities: [] })];
    const lenient = await desk.send(batch, { query: '?mode=lenient' });
    expect(receiptBody.parse(lenient.body).counts).toMatchObject({ received: 2, duplicates: 1, refused: 1 });
    const one = await desk.send(goodReport('c', { property_id: 'city-hall', property_type: 'city_hall_or_office' }), {
      key: 'k2',
    });
    expect(receiptBody.parse(one.body).version).toBe(1);
    dryRunBody.parse((await desk.send(batch, { query: '?mode=lenient&dry_run=true' })).body);
    storedReportBody.parse((await desk.read(`/v1/reports/${one.body.report_id}`)).body);
    problemBody.parse((await desk.send(goodReport('d', { activities: [] }), { key: 'k3' })).body);
  });

  it('of the pulls: page, protected page, audit page', async () => {
    const { get } = pullWorld([stored('a'), stored('z', { operation: 'zero', open: {} })]);
    pullPageBody.parse(await (await get('/v1/reports', 'legal')).json());
    const unsealed = await get('/v1/reports?protected=true&purpose=Motion&matter=25-1&limit=1', 'counsel');
    expect(pullPageBody.parse(await unsealed.json()).cursor).toBeDefined();
    expect(auditPageBody.parse(await (await get('/v1/audit', 'legal')).json()).count).toBe(2);
  });
});
