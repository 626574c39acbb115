import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { APIGatewayProxyResult, DynamoDBBatchResponse } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { goodReport } from '../../fixtures/reports.ts';
import { freshReportTable, freshTable } from '../dynamodb-local/report-table.ts';
import { moto, reach } from '../stand-in.ts';
import { freshBucket, lockedBucket } from '../versitygw/bucket.ts';
import { newReceipts } from './change-stream.ts';
import { restProxy, streamEvent } from './events.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { rowsOf } from './lake-rows.ts';
import { type Lambda, lambda, ready } from './lambda.ts';

type Tables = { readonly reports: string; readonly keys: string; readonly audit: string };
let issuer: Issuer;
let tables: Tables;
let lake: string;
let intake: Lambda;
let recorder: Lambda;
let pulls: Lambda;

beforeAll(async () => {
  if (!ready) return;
  issuer = await startIssuer();
  const kms = new KMSClient({ ...quickClient, ...reach(moto) });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  tables = { reports: await freshReportTable(), keys: await freshTable(), audit: await freshTable() };
  const raw = await lockedBucket();
  lake = await freshBucket();
  const narratives = { KEY_TABLE: tables.keys, SEAL_KEY: KeyMetadata?.Arn ?? '' };
  const who = { TOKEN_ISSUER: issuer.url };
  intake = await lambda('receive-reports', { ...who, ...narratives, REPORT_TABLE: tables.reports, RAW_BUCKET: raw });
  recorder = await lambda('record-lake', { RAW_BUCKET: raw, LAKE_BUCKET: lake });
  pulls = await lambda('pull-reports', {
    ...who,
    ...narratives,
    REPORT_TABLE: tables.reports,
    AUDIT_TABLE: tables.audit,
  });
}, 300_000);

afterAll(() => {
  for (const one of [intake, recorder, pulls]) one?.stop();
  issuer?.stop();
});

async function post(report: unknown, key: string): Promise<APIGatewayProxyResult> {
  const headers = {
    authorization: await issuer.bearer('department-LIB', 'reports/submit', 'reports/read-own', 'department/LIB'),
    'content-type': 'application/json',
    'idempotency-key': key,
  };
  return intake.invoke(restProxy('POST', '/v1/reports', { headers, body: JSON.stringify(report) }));
}
const bodyOf = ({ body }: APIGatewayProxyResult) => JSON.parse(body) as Record<string, unknown>;

describe.skipIf(!ready)('a report through the bundles', () => {
  it('run on the line of Node that Lambda has', () => {
    expect(intake.node).toMatch(/^v24\./);
  });

  it('is refused without a token and with one of another issuer', async () => {
    const body = JSON.stringify(goodReport('B-0'));
    expect(await intake.invoke(restProxy('POST', '/v1/reports', { body }))).toMatchObject({ statusCode: 401 });
    const other = await startIssuer();
    const authorization = await other.bearer('x', 'reports/submit', 'department/LIB');
    other.stop();
    const forged = restProxy('POST', '/v1/reports', { headers: { authorization }, body });
    expect(await intake.invoke(forged)).toMatchObject({ statusCode: 401 });
  });

  it('is answered by a receipt, the same for the same key, and not for another body', async () => {
    const first = await post(goodReport('B-1'), 'one');
    expect(first).toMatchObject({ statusCode: 201 });
    const again = await post(goodReport('B-1'), 'one');
    expect(bodyOf(again)['submission_id']).toBe(bodyOf(first)['submission_id']);
    expect(bodyOf(again)['received_at']).toBe(bodyOf(first)['received_at']);
    expect(bodyOf(await post(goodReport('B-2'), 'one'))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is refused with what may not be collected, and nothing of it is repeated', async () => {
    const refused = await post(goodReport('B-3', { notes: 'A-number 012-345-678' }), 'prohibited');
    expect(refused.statusCode).toBe(422);
    expect(refused.body).not.toContain('012-345-678');
    const number = await post(goodReport('B-4', { narrative: 'Call him at 213-555-0147, SSN 078-05-1120.' }), 'number');
    expect(number.body).not.toContain('078-05-1120');
    expect(intake.log()).not.toMatch(/012-345-678|078-05-1120/);
  });

  it('is pulled by legal, with the look on record', async () => {
    const authorization = await issuer.bearer('legal', 'reports/pull');
    const pulled: APIGatewayProxyResult = await pulls.invoke(
      restProxy('GET', '/v1/reports?from=2026-03-01&to=2026-03-08', { headers: { authorization } }),
    );
    expect(pulled.statusCode).toBe(200);
    expect(pulled.body).toContain('B-1');
    const department = await issuer.bearer('department-LIB', 'reports/submit', 'department/LIB');
    const refused = await pulls.invoke(restProxy('GET', '/v1/reports', { headers: { authorization: department } }));
    expect(refused).toMatchObject({ statusCode: 403 });
  });

  it('comes out of the stream and becomes Parquet in the lake, once however often it is delivered', async () => {
    const receipts = await newReceipts(tables.reports);
    expect(receipts.length).toBeGreaterThan(0);
    for (const _ of [1, 2])
      expect(await recorder.invoke<DynamoDBBatchResponse>(streamEvent(receipts))).toEqual({ batchItemFailures: [] });
    const recorded = await rowsOf(lake, 'report_versions');
    const { received_at: at, reports } = bodyOf(await post(goodReport('B-1'), 'one'));
    const [{ report_id: id }] = reports as [{ report_id: string }];
    const [row, ...others] = recorded.filter(({ report_id }) => report_id === id);
    expect(others).toEqual([]);
    const property = fixtureCity().properties.find(({ id: one }) => one === 'central-library');
    expect(row).toMatchObject({
      report_id: id,
      version: 1,
      operation: 'create',
      department_id: 'LIB',
      property_id: 'central-library',
      property_type: 'library',
      district_id: property?.district,
      h3_cell: property?.h3,
      agents_min: 4,
      agents_max: 6,
      recorded_at: new Date(String(at)),
      observed_week: new Date('2026-03-02'),
    });
    expect(JSON.stringify(recorded, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toMatch(
      /canary|extension 4410|B-1/,
    );
  });

  it('holds nothing up when it cannot be read: its own failure, and the others are recorded', async () => {
    await post(goodReport('B-5'), 'five');
    await post(goodReport('B-6'), 'six');
    const [, five, six] = await newReceipts(tables.reports);
    if (!five?.dynamodb?.NewImage || !six) throw new Error('two more receipts');
    const poisoned = {
      ...five,
      dynamodb: { ...five.dynamodb, NewImage: { ...five.dynamodb.NewImage, raw: { S: 'raw/gone' } } },
    };
    const before = (await rowsOf(lake, 'report_versions')).length;
    expect(await recorder.invoke<DynamoDBBatchResponse>(streamEvent([poisoned, six]))).toEqual({
      batchItemFailures: [{ itemIdentifier: five.dynamodb.SequenceNumber }],
    });
    expect((await rowsOf(lake, 'report_versions')).length).toBe(before + 1);
  });
});
