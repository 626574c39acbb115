import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { goodFacts } from '../../fixtures/matters.ts';
import { freshTable } from '../dynamodb-local/report-table.ts';
import { moto, reach } from '../stand-in.ts';
import { freshBucket } from '../versitygw/bucket.ts';
import { restProxy, weeklyRelease } from './events.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { rowsOf } from './lake-rows.ts';
import { type Lambda, lambda, ready } from './lambda.ts';

const started: Lambda[] = [];
const start = async (...args: Parameters<typeof lambda>): Promise<Lambda> => {
  const one = await lambda(...args);
  started.push(one);
  return one;
};
let issuer: Issuer;
beforeAll(async () => {
  if (ready) issuer = await startIssuer();
});
afterAll(() => {
  for (const one of started) one.stop();
  issuer?.stop();
});

describe.skipIf(!ready)('the registry through its bundle', () => {
  it('is recorded once, however often a schedule or a deployment asks', async () => {
    const lake = await freshBucket();
    const registry = await start('record-registry', { LAKE_BUCKET: lake });
    const departments = fixtureCity().departments.length;
    expect(await registry.invoke(weeklyRelease())).toEqual({ departments, recorded: true });
    expect(await registry.invoke(weeklyRelease())).toEqual({ departments, recorded: false });
    const rows = await rowsOf(lake, 'departments');
    expect(rows.map(({ department_id }) => department_id).sort()).toEqual(
      fixtureCity()
        .departments.map(({ id }) => id)
        .sort(),
    );
  }, 120_000);
});

describe.skipIf(!ready)('a request for records through its bundles', () => {
  it('is opened, sent and listed, and its reminder goes out once', async () => {
    const REQUEST_TABLE = await freshTable();
    const tracker = await start('track-requests', {
      TOKEN_ISSUER: issuer.url,
      REQUEST_TABLE,
      AUDIT_TABLE: await freshTable(),
    });
    const authorization = await issuer.bearer('legal', 'requests/read', 'requests/write');
    const post = async (path: string, body: unknown, key: string) => {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
      const answer: APIGatewayProxyResult = await tracker.invoke(
        restProxy('POST', path, { headers, body: JSON.stringify(body) }),
      );
      expect({ status: answer.statusCode, body: answer.body }).toMatchObject({ status: 201 });
      return JSON.parse(answer.body) as { id: string };
    };
    const { id } = await post('/v1/requests', goodFacts, 'open');
    await post(`/v1/requests/${id}/entries`, { kind: 'sent', on: '2024-05-31', channel: 'email' }, 'sent');
    const list: APIGatewayProxyResult = await tracker.invoke(
      restProxy('GET', '/v1/requests', { headers: { authorization } }),
    );
    expect(list.body).toContain(id);

    const ses = new SESv2Client({ ...quickClient, ...reach(moto) });
    const EmailIdentity = fixtureCity().mail.from;
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity })).catch(() => undefined);
    const reminders = await start('send-reminders', {
      REQUEST_TABLE,
      MAIL_TABLE: await freshTable(),
      MAIL_CONFIGURATION: 'ledger',
    });
    // The last day of the acknowledgment (docs/METHODS.md, the clocks of requests).
    const event = { scheduled_time: '2024-06-14T12:00:00.000Z', execution_id: 'x' };
    expect(await reminders.invoke(event)).toMatchObject({ requests: 1, sent: 1 });
    expect(await reminders.invoke(event)).toMatchObject({ requests: 1, sent: 0 });
  }, 180_000);
});
