import {
  AthenaClient,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
} from '@aws-sdk/client-athena';
import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { lake as lakeIn } from '#adapters/aws/lake.ts';
import { objects } from '#adapters/aws/objects.ts';
import { literal } from '#adapters/aws/query-engine.ts';
import { releaseLedger } from '#adapters/aws/release-ledger.ts';
import { sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { partitionOf } from '#core/lake/partition.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import type { Log } from '#core/ports.ts';
import { recordRegistry } from '#functions/record-registry/record-registry.ts';
import { askTables } from '#functions/run-release/ask-tables.ts';
import type { ReleaseSummary } from '#functions/run-release/run-release.ts';
import { sampleRows } from '../../../bin/sample/sample-rows.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { freshTable } from '../dynamodb-local/report-table.ts';
import { inItsWords, tell } from '../moto/athena-answers.ts';
import { freshName, moto, reach } from '../stand-in.ts';
import { client, freshBucket, lockedBucket } from '../versitygw/bucket.ts';
import { restProxy, weeklyRelease } from './events.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { type Lambda, lambda, ready } from './lambda.ts';
import { recordingEngine } from './recording-engine.ts';
import { freshSecret } from './secrets.ts';

const city = fixtureCity();
/** When the recorded event was due, and the week that is released then: the last that ended two weeks before. */
const due = '2026-03-09T10:00:00.000Z' as Instant;
const week = '2026-02-16' as Week;
const query = 'incidents_by_week_and_area_v1';
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const athena = new AthenaClient({ ...quickClient, ...reach(moto) });

const started: Lambda[] = [];
const start = async (...args: Parameters<typeof lambda>): Promise<Lambda> => {
  const one = await lambda(...args);
  started.push(one);
  return one;
};

/** Half a year of generated reports and the registry, put into a bucket by the adapter of the cloud. */
async function sampleLake(): Promise<string> {
  const bucket = await freshBucket();
  const lake = lakeIn(client, bucket);
  const at = instantOf('2025-08-01T12:00:00.000Z') ?? due;
  await recordRegistry({ lake, city, clock: { now: () => at }, log: silent })();
  const weeks = sampleRows(city, { seed: 'engines', lastWeek: weekPlus(week, 2), weeks: 26, incidents: 2500 });
  for (const [name, { receivedAt, rows }] of weeks)
    if (rows.length) await lake.append('report_versions', { partition: partitionOf(receivedAt), name }, rows);
  return bucket;
}

async function freshWorkgroup(audience: string): Promise<string> {
  const Name = freshName(audience);
  const Configuration = { ResultConfiguration: { OutputLocation: 's3://answers/' } };
  await athena.send(new CreateWorkGroupCommand({ Name, Configuration }));
  return Name;
}

/** What a workgroup was asked, in its order. */
async function askedOf(WorkGroup: string) {
  const { QueryExecutionIds = [] } = await athena.send(new ListQueryExecutionsCommand({ WorkGroup }));
  const asked = QueryExecutionIds.map(async (QueryExecutionId) => {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    return { sql: QueryExecution?.Query, parameters: QueryExecution?.ExecutionParameters ?? [] };
  });
  return Promise.all(asked);
}

/** What a bucket holds, by key. */
async function filesIn(bucket: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const there = objects(client, bucket);
  const files = new Map<string, Uint8Array>();
  for (const key of await there.list('')) files.set(key, (await there.get(key)) ?? new Uint8Array());
  return files;
}

async function mailOut(): Promise<readonly string[]> {
  const answer = await fetch(`${moto?.endpoint}/moto-api/data.json`);
  const data = (await answer.json()) as { ses?: { RawMessage?: readonly { raw_data: string }[] } };
  return (data.ses?.RawMessage ?? []).map(({ raw_data }) => raw_data);
}

describe.skipIf(!ready)('a release and an exhibit through their bundles', () => {
  let engine: ReturnType<typeof recordingEngine>;
  let places: { readonly ledger: string; readonly shelf: string; readonly sealed: string };
  let release: Lambda;
  let publicDesk: string;
  let issuer: Issuer;

  beforeAll(async () => {
    issuer = await startIssuer();
    engine = recordingEngine(await sampleLake());
    places = { ledger: await lockedBucket(), shelf: await lockedBucket(), sealed: await lockedBucket() };
    publicDesk = await freshWorkgroup('public');
    await new SESv2Client({ ...quickClient, ...reach(moto) }).send(
      new CreateEmailIdentityCommand({ EmailIdentity: city.mail.from }),
    );
    release = await start('run-release', {
      LEDGER_BUCKET: places.ledger,
      SHELF_BUCKET: places.shelf,
      LAKE_DATABASE: 'lake',
      QUERY_WORKGROUP: publicDesk,
      MAIL_CONFIGURATION: 'briefing',
      MAIL_TABLE: await freshTable(),
      TIE_BREAK_SECRET: await freshSecret('tie-break'),
    });
  }, 300_000);
  afterAll(() => {
    for (const one of started) one.stop();
    issuer?.stop();
  });

  it('publishes what the lake answers: to the ledger, the shelf and the mail', async () => {
    const questions = await readQuestions(assetsUnder(process.cwd()));
    await askTables({ city, questions, engine }, { week, asOf: due, entries: [] });
    await tell(...engine.asked.map(({ answer }) => inItsWords(answer)));

    const outcome = await release.invoke<{ ok: boolean; value: ReleaseSummary }>(weeklyRelease());
    expect(outcome).toMatchObject({ ok: true, value: { id: `week-${week}`, week, created: true } });
    expect(await askedOf(publicDesk)).toEqual(
      engine.asked.map(({ sql, parameters }) => ({ sql, parameters: parameters.map(literal) })),
    );
    const shown = outcome.value.tables.find((table) => table.query === query)?.cells.shown ?? 0;
    expect(shown).toBeGreaterThan(0);

    const [entry, ...others] = await releaseLedger(client, places.ledger).records();
    expect(others).toEqual([]);
    expect(entry?.content).toMatchObject({ id: `week-${week}`, asOf: due });
    const shelf = await filesIn(places.shelf);
    const names = ['briefing.html', 'briefing.es.html', 'briefing.pdf', 'map.svg', 'datapackage.json', `${query}.csv`];
    for (const name of names) expect([...shelf.keys()]).toContain(`week-${week}/${name}`);
    const pdf = Buffer.from(shelf.get(`week-${week}/briefing.pdf`) ?? []);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await mailOut()).some((message) => message.includes(`To: ${city.mail.briefingTo[0]}`))).toBe(true);
  }, 300_000);

  it('is published once, however often the schedule fires', async () => {
    const before = { shelf: await filesIn(places.shelf), mail: (await mailOut()).length };
    const again = await release.invoke<{ ok: boolean; value: ReleaseSummary }>(weeklyRelease());
    expect(again).toMatchObject({ ok: true, value: { id: `week-${week}`, created: false } });
    expect(await filesIn(places.shelf)).toEqual(before.shelf);
    expect((await mailOut()).length).toBe(before.mail);
    expect(await releaseLedger(client, places.ledger).records()).toHaveLength(1);
  }, 120_000);

  it('is sealed as an exhibit that verifies, stands in the ledger, and cannot be deleted', async () => {
    const legalDesk = await freshWorkgroup('legal');
    const auditTable = await freshTable();
    const exhibits = await start('seal-exhibit', {
      TOKEN_ISSUER: issuer.url,
      LEDGER_BUCKET: places.ledger,
      SHELF_BUCKET: places.shelf,
      SEALED_BUCKET: places.sealed,
      LAKE_DATABASE: 'lake',
      QUERY_WORKGROUP: legalDesk,
      AUDIT_TABLE: auditTable,
    });
    const [entry] = await releaseLedger(client, places.ledger).records();
    const window = entry?.content.tables.find((table) => table.query === query)?.window;
    const behind = (await readQuestions(assetsUnder(process.cwd()))).find(
      ({ name }) => name === 'underlying_reports_v1',
    );
    if (!window || !behind) throw new Error('the release has the table, and the house the question behind it');
    const bound = bindQuestion(behind, { as_of: due, from_week: window.from, to_week: window.to });
    const answer = await engine.run({ ...bound, token: 'behind' });
    expect(answer.rows.length).toBeGreaterThan(0);
    await tell(inItsWords(answer));

    const headers = {
      authorization: await issuer.bearer('legal', 'exhibits/seal'),
      'content-type': 'application/json',
    };
    const body = JSON.stringify({
      release_id: `week-${week}`,
      query,
      label: 'A',
      purpose: 'Motion for a preliminary injunction',
      matter: '26-0412',
      availability_set: true,
    });
    const sealing = restProxy('POST', '/v1/exhibits', { headers, body });
    const sealed: APIGatewayProxyResult = await exhibits.invoke(sealing);
    expect({ status: sealed.statusCode, body: sealed.body }).toMatchObject({ status: 201 });
    const { id, manifest_sha256: manifest } = JSON.parse(sealed.body) as { id: string; manifest_sha256: string };

    const files = await filesIn(places.sealed);
    const file = (name: string) => files.get(`${id}/${name}`) ?? new Uint8Array();
    expect(sha256(file('manifest.json'))).toBe(manifest);
    const sums = new TextDecoder().decode(file('manifest.sha256')).trim().split('\n');
    expect(sums.length).toBeGreaterThan(5);
    for (const line of sums) {
      const [sum, name = ''] = line.split(/ [ *]/);
      expect(sha256(file(name)), name).toBe(sum);
    }
    const records = await releaseLedger(client, places.ledger).records();
    expect(records.map(({ reproduces }) => reproduces?.exhibit)).toEqual([undefined, id]);

    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: places.sealed }));
    expect(Versions).toHaveLength(files.size);
    for (const { Key, VersionId } of Versions) {
      const version = { Bucket: places.sealed, Key, VersionId };
      await expect(client.send(new DeleteObjectCommand(version))).rejects.toThrow(/Access ?Denied/i);
    }
    // Sealing the same again answers the same bundle and writes nothing.
    await tell(inItsWords(answer));
    const again: APIGatewayProxyResult = await exhibits.invoke(sealing);
    expect(JSON.parse(again.body)).toEqual(JSON.parse(sealed.body));
    expect((await client.send(new ListObjectVersionsCommand({ Bucket: places.sealed }))).Versions).toHaveLength(
      files.size,
    );
  }, 300_000);
});
