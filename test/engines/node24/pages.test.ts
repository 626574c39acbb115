import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { APIGatewayProxyResult, SQSBatchResponse } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { sampleWorkbook } from '../../../bin/sample/foia-workbook.ts';
import { freshReportTable, freshTable } from '../dynamodb-local/report-table.ts';
import { freshName, moto, reach } from '../stand-in.ts';
import { freshBucket, lockedBucket, client as s3 } from '../versitygw/bucket.ts';
import { dropMessage, restProxy, weeklyRelease } from './events.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { rowsOf } from './lake-rows.ts';
import { type Lambda, lambda, ready } from './lambda.ts';
import { freshSecret } from './secrets.ts';

let issuer: Issuer;
const started: Lambda[] = [];
const start = async (...args: Parameters<typeof lambda>): Promise<Lambda> => {
  const one = await lambda(...args);
  started.push(one);
  return one;
};

beforeAll(async () => {
  if (ready) issuer = await startIssuer();
});
afterAll(() => {
  for (const one of started) one.stop();
  issuer?.stop();
});

describe.skipIf(!ready)('a file of an agency through its bundle', () => {
  it('is kept under lock, read into the lake, and recognized when it comes again', async () => {
    const [drop, custody, lake] = [await freshBucket(), await lockedBucket(), await freshBucket()];
    const files = await start('receive-foia', {
      FOIA_DROP_BUCKET: drop,
      CUSTODY_BUCKET: custody,
      LAKE_BUCKET: lake,
      PERSON_KEY_SECRET: await freshSecret('person-key'),
    });
    const workbook = await sampleWorkbook('2026-02-23');
    const key = 'foia/response no. 1 (final).xlsx';
    await s3.send(new PutObjectCommand({ Bucket: drop, Key: key, Body: workbook }));
    const event = dropMessage(drop, key, workbook.length);
    expect(await files.invoke<SQSBatchResponse>(event)).toEqual({ batchItemFailures: [] });
    const rows = (await rowsOf(lake, 'foia_records')).length;
    expect(rows).toBeGreaterThan(0);
    expect(await files.invoke<SQSBatchResponse>(event)).toEqual({ batchItemFailures: [] });
    expect((await rowsOf(lake, 'foia_records')).length).toBe(rows);
    expect(files.log()).toContain('foia:recognized');
  }, 180_000);

  it('that is not there is the failure of its own message', async () => {
    const [drop, custody, lake] = [await freshBucket(), await lockedBucket(), await freshBucket()];
    const files = await start('receive-foia', {
      FOIA_DROP_BUCKET: drop,
      CUSTODY_BUCKET: custody,
      LAKE_BUCKET: lake,
      PERSON_KEY_SECRET: await freshSecret('person-key'),
    });
    const event = dropMessage(drop, 'foia/gone.csv', 1);
    const [message] = event.Records;
    expect(await files.invoke<SQSBatchResponse>(event)).toEqual({
      batchItemFailures: [{ itemIdentifier: message?.messageId }],
    });
  }, 120_000);
});

describe.skipIf(!ready)('the portal through its bundle', () => {
  let portal: Lambda;
  beforeAll(async () => {
    portal = await start('show-portal', {
      TOKEN_ISSUER: issuer.url,
      TOKEN_ENDPOINT: `${issuer.url}/oauth2/token`,
      REPORT_TABLE: await freshReportTable(),
      RAW_BUCKET: await lockedBucket(),
      CUSTODY_BUCKET: await lockedBucket(),
      FOIA_DROP_BUCKET: await freshBucket(),
      SHELF_BUCKET: await freshBucket(),
      LEDGER_BUCKET: await lockedBucket(),
      AUDIT_TABLE: await freshTable(),
      REQUEST_TABLE: await freshTable(),
    });
  }, 180_000);
  const get = (path: string): Promise<APIGatewayProxyResult> => portal.invoke(restProxy('GET', path));

  it('shows its first page and says that its stores answer', async () => {
    const page = await get('/');
    expect(page).toMatchObject({ statusCode: 200 });
    expect(page.body).toContain('<html');
    expect(await get('/healthz')).toMatchObject({ statusCode: 200 });
  });

  it('gives its interface description and shows nobody a private page', async () => {
    expect(JSON.parse((await get('/openapi.json')).body)).toMatchObject({ openapi: '3.1.0' });
    const refused = await get('/receipts');
    expect(refused.statusCode).not.toBe(200);
  });
});

describe.skipIf(!ready)('a release and an exhibit of nothing through their bundles', () => {
  let workgroup: string;
  beforeAll(async () => {
    workgroup = freshName('desk');
    const athena = new AthenaClient({ ...quickClient, ...reach(moto) });
    const Configuration = { ResultConfiguration: { OutputLocation: 's3://answers/' } };
    await athena.send(new CreateWorkGroupCommand({ Name: workgroup, Configuration }));
  });

  it('publish nothing while the query engine answers nothing', async () => {
    const shelf = await freshBucket();
    const ledger = await lockedBucket();
    const release = await start('run-release', {
      LEDGER_BUCKET: ledger,
      SHELF_BUCKET: shelf,
      LAKE_DATABASE: 'lake',
      QUERY_WORKGROUP: workgroup,
      MAIL_CONFIGURATION: 'briefing',
      MAIL_TABLE: await freshTable(),
      TIE_BREAK_SECRET: await freshSecret('tie-break'),
    });
    await expect(release.invoke(weeklyRelease())).rejects.toThrow(/Error/);
    for (const bucket of [shelf, ledger])
      expect(await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).toMatchObject({ KeyCount: 0 });
  }, 180_000);

  it('find no release that was not published', async () => {
    const exhibits = await start('seal-exhibit', {
      TOKEN_ISSUER: issuer.url,
      LEDGER_BUCKET: await lockedBucket(),
      SHELF_BUCKET: await freshBucket(),
      SEALED_BUCKET: await lockedBucket(),
      LAKE_DATABASE: 'lake',
      QUERY_WORKGROUP: workgroup,
      AUDIT_TABLE: await freshTable(),
    });
    const authorization = await issuer.bearer('legal', 'exhibits/seal');
    const body = JSON.stringify({
      release_id: 'week-2026-02-23',
      query: 'incidents_by_week_and_area_v1',
      label: 'A',
      purpose: 'Motion for a preliminary injunction',
      matter: '26-0412',
    });
    const headers = { authorization, 'content-type': 'application/json' };
    const answer: APIGatewayProxyResult = await exhibits.invoke(restProxy('POST', '/v1/exhibits', { headers, body }));
    expect({ status: answer.statusCode, body: answer.body }).toMatchObject({ status: 404 });
  }, 180_000);
});
