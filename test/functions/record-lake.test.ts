import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localLake } from '#adapters/local/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import type { Lake, Log } from '#core/ports.ts';
import { recordLake } from '#functions/record-lake/record-lake.ts';
import { city, record, version } from '../core/lake/small-city.ts';

let directory: string;
let raw: Map<string, Uint8Array>;
let keys: string[];
let errors: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lake-'));
  raw = new Map();
  keys = [];
  errors = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (event) => {
    errors.push(event);
  },
};
const lake: Pick<Lake, 'append'> = {
  async append(table, at, rows) {
    const written = await localLake(directory).append(table, at, rows);
    keys.push(written.key);
    return written;
  },
};
const ports = (over: Partial<Parameters<typeof recordLake>[0]> = {}) => ({
  raw: { get: async (key: string) => raw.get(key) },
  lake,
  city,
  log,
  ...over,
});

/** One receipt on the feed with one report behind it. */
function delivered(sequence: number, receivedAt = '2026-01-08T17:00:00.000Z', reports = 1): DynamoDBRecord {
  const submissionId = `sub_${sequence}` as SubmissionId;
  const key = `raw/${submissionId}`;
  const versions = Array.from({ length: reports }, (_, at) =>
    version({ reportId: `rep_${sequence}_${at}` as ReportId }),
  );
  raw.set(key, new TextEncoder().encode(JSON.stringify(record(versions, submissionId))));
  return {
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: String(sequence),
      NewImage: {
        submission_id: { S: submissionId },
        department_id: { S: 'parks' },
        raw: { S: key },
        received_at: { S: receivedAt },
      },
    },
  };
}
const failed = (...sequences: readonly number[]) => ({
  batchItemFailures: sequences.map((sequence) => ({ itemIdentifier: String(sequence) })),
});
const prefix = 'report_versions/recorded_month=';
const countRows = async (): Promise<unknown> =>
  (
    await localQueryEngine(directory).run({
      name: 'count',
      sql: 'SELECT count(*) AS n, count(DISTINCT report_versions.report_id) AS d FROM report_versions ORDER BY n',
      parameters: [],
      token: 'count',
    })
  ).rows[0];

describe('recordLake', () => {
  it('writes a thousand receipts as one object', async () => {
    const records = Array.from({ length: 1000 }, (_, at) => delivered(at + 1));
    expect(await recordLake(ports())({ Records: records })).toEqual(failed());
    expect(keys).toEqual([`${prefix}2026-01/1-1000.parquet`]);
    expect(await countRows()).toEqual([1000, 1000]);
  });

  it('writes one object for each month of recording', async () => {
    const records = [
      delivered(1, '2026-01-31T23:59:59.999Z'),
      delivered(2, '2026-02-01T00:00:00.000Z'),
      delivered(3, '2026-02-01T00:00:00.000Z'),
    ];
    await recordLake(ports())({ Records: records });
    expect(keys).toEqual([`${prefix}2026-01/1-1.parquet`, `${prefix}2026-02/2-3.parquet`]);
  });

  it('writes the same object when the same batch comes again', async () => {
    const event = { Records: [delivered(1), delivered(2)] };
    await recordLake(ports())(event);
    await recordLake(ports())(event);
    expect(new Set(keys).size).toBe(1);
    expect(await countRows()).toEqual([2, 2]);
  });

  it('leaves rows that a newly cut batch doubles to the questions', async () => {
    const [a, b, c] = [delivered(1), delivered(2), delivered(3)];
    await recordLake(ports())({ Records: [a, b] });
    await recordLake(ports())({ Records: [b, c] });
    expect(await countRows()).toEqual([4, 3]);
  });

  it('reports a poison record alone and records its neighbours in objects of their own', async () => {
    const records = [1, 2, 3, 4, 5].map((sequence) => delivered(sequence));
    raw.set('raw/sub_3', new TextEncoder().encode('{"schema":2}'));
    expect(await recordLake(ports())({ Records: records })).toEqual(failed(3));
    expect(keys).toEqual([`${prefix}2026-01/1-2.parquet`, `${prefix}2026-01/4-5.parquet`]);
    expect(errors).toEqual(['receipt:unrecorded']);
  });

  it.each([
    ['no raw object', (at: DynamoDBRecord) => raw.delete(`raw/sub_${at.dynamodb?.SequenceNumber}`)],
    ['no image', (at: DynamoDBRecord) => delete at.dynamodb?.NewImage],
    ['another submission behind its key', () => raw.set('raw/sub_2', raw.get('raw/sub_1') ?? new Uint8Array())],
    ['bytes that are not UTF-8', () => raw.set('raw/sub_2', new Uint8Array([0x22, 0xff, 0x22]))],
    [
      'a time that is none',
      (at: DynamoDBRecord) => Object.assign(at.dynamodb?.NewImage ?? {}, { received_at: { S: 'x' } }),
    ],
  ])('answers a record with %s as failed', async (_, spoil) => {
    const records = [delivered(1), delivered(2)];
    if (records[1]) spoil(records[1]);
    expect(await recordLake(ports())({ Records: records })).toEqual(failed(2));
    expect(await countRows()).toEqual([1, 1]);
  });

  it('answers everything in an object that the lake did not take as failed', async () => {
    const full: Pick<Lake, 'append'> = { append: () => Promise.reject(new Error('disk full')) };
    expect(await recordLake(ports({ lake: full }))({ Records: [delivered(1), delivered(2)] })).toEqual(failed(1, 2));
    expect(errors).toEqual(['object:unwritten']);
  });

  it('leaves changes and removals of receipts alone', async () => {
    const { dynamodb } = delivered(1);
    const records = (['MODIFY', 'REMOVE'] as const).map((eventName) => ({
      eventName,
      ...(dynamodb ? { dynamodb } : {}),
    }));
    expect(await recordLake(ports())({ Records: records })).toEqual(failed());
    expect(keys).toEqual([]);
  });

  it('writes nothing for a submission without an accepted report', async () => {
    expect(await recordLake(ports())({ Records: [delivered(1, undefined, 0)] })).toEqual(failed());
    expect(keys).toEqual([]);
  });
});
