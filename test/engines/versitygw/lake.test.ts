import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { lake } from '#adapters/aws/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { lakeContract } from '../../adapters/lake.contract.ts';
import { s3 } from '../stand-in.ts';
import { client, freshBucket } from './bucket.ts';

let bucket: string;
beforeEach(async () => {
  bucket = await freshBucket();
});

const row = { department_id: 'a', active_from: '2025-01-01', active_to: null, recorded_at: '2026-01-08T17:00:00.000Z' };
const place = { partition: '2026-01', name: '1-1' };

describe.skipIf(!s3)('the lake in S3', () => {
  // The gateway keeps objects as plain files, so the engine of home reads what the adapter of the cloud wrote.
  lakeContract(() => ({
    lake: lake(client, bucket),
    engine: localQueryEngine(join(s3?.folder ?? '', 's3', bucket)),
  }));

  it('refuses other rows under a key that stands', async () => {
    await lake(client, bucket).append('departments', place, [row]);
    const other = lake(client, bucket).append('departments', place, [{ ...row, department_id: 'b' }]);
    await expect(other).rejects.toThrow(/other content/);
  });
});
