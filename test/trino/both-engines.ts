/** One lake in S3, asked by both engines: they read the very same objects. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { lake as lakeInBucket } from '#adapters/aws/lake.ts';
import { objects } from '#adapters/aws/objects.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import type { BoundQuestion } from '#core/lake/bind-question.ts';
import type { Answer } from '#core/lake/question.ts';
import type { Lake, QueryEngine } from '#core/ports.ts';
import { s3, trino } from '../engines/stand-in.ts';
import { client, freshBucket } from '../engines/versitygw/bucket.ts';
import { type TrinoLake, trinoLake } from './trino-lake.ts';

/** Trino and the store it reads stand; the tests are skipped when not. */
export const bothStand = trino !== undefined && s3 !== undefined;

export type BothEngines = {
  readonly lake: Lake;
  /** Puts an object that is Parquet already, as the lake's adapter does. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly trino: TrinoLake;
  readonly duckdb: QueryEngine;
};

/** An empty lake in a bucket of its own, written by the adapter of the cloud. The gateway keeps objects as plain files, which is where DuckDB reads them. */
export async function bothEngines(): Promise<BothEngines> {
  const bucket = await freshBucket();
  return {
    lake: lakeInBucket(client, bucket),
    async put(key, bytes) {
      expect(await objects(client, bucket).putIfAbsent(key, bytes), key).toBeUndefined();
    },
    trino: await trinoLake(bucket),
    duckdb: localQueryEngine(join(s3?.folder ?? '', 's3', bucket)),
  };
}

/** Asks both engines and expects the same columns, types and rows in the same order, to the last value; answers what they said. */
export async function sameAnswer({ trino, duckdb }: BothEngines, bound: BoundQuestion): Promise<Answer> {
  const asked = { ...bound, token: 'both' };
  const [one, other] = await Promise.all([trino.run(asked), duckdb.run(asked)]);
  expect({ columns: one.columns, rows: one.rows }, `${bound.name}: Trino as DuckDB`).toEqual({
    columns: other.columns,
    rows: other.rows,
  });
  return one;
}
