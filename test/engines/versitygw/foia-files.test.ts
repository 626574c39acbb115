import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { foiaFiles } from '#adapters/aws/foia-files.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { FoiaCustody } from '#core/ports.ts';
import { s3 } from '../stand-in.ts';
import { client, freshBucket, lockedBucket } from './bucket.ts';

const bytes = Buffer.from('a,b\r\n1,2\r\n'.repeat(1000));
const file = sha256(bytes);
const time = (minute: number) => `2026-03-02T10:0${minute}:00.000Z` as Instant;
const none = { read: 0, accepted: 0, refused: 0, quarantined: 0 };

async function dropped(...keys: readonly string[]) {
  const buckets = { drop: await freshBucket(), custody: await lockedBucket() };
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: buckets.drop, Key, Body: bytes }));
  return foiaFiles(client, buckets);
}

describe.skipIf(!s3)('agency files in S3', () => {
  it('are read by ranges, exactly, and short only at the end', async () => {
    const foia = await dropped('foia/año 1.csv');
    const { name, content } = await foia.open('foia/año 1.csv');
    expect([name, content.size]).toEqual(['año 1.csv', bytes.length]);
    expect(Buffer.from(await content.read(5, 3)).toString()).toBe(bytes.toString('utf8', 5, 8));
    expect(await content.read(bytes.length - 2, 10)).toHaveLength(2);
    expect(await content.read(bytes.length, 1)).toHaveLength(0);
  });

  it('keep when they first came and every name in order of arrival', async () => {
    const foia = await dropped('foia/a.csv', 'foia/b.csv');
    const arrive = (name: string, minute: number) =>
      foia.keep({ sha256: file, name, key: `foia/${name}`, receivedAt: time(minute) });
    expect(await arrive('a.csv', 1)).toEqual({ receivedAt: time(1) });
    expect(await foia.list()).toEqual([]);
    const record: FoiaCustody = {
      sha256: file,
      bytes: bytes.length,
      names: ['a.csv'],
      receivedAt: time(1),
      status: 'taken',
      rows: none,
      sheets: [],
    };
    await foia.conclude(record);
    await foia.quarantine(file, 1, '{}\n');
    const again = await arrive('b.csv', 2);
    expect(again).toEqual({ receivedAt: time(1), custody: { ...record, names: ['a.csv', 'b.csv'] } });
    expect((await arrive('a.csv', 3)).custody?.names).toEqual(['b.csv', 'a.csv']);
    expect(await foia.list()).toEqual([{ ...record, names: ['b.csv', 'a.csv'] }]);
  });

  it('are not kept when they are not the bytes that were hashed', async () => {
    const foia = await dropped('foia/a.csv');
    const other = { sha256: sha256('other'), name: 'a.csv', key: 'foia/a.csv', receivedAt: time(1) };
    await expect(foia.keep(other)).rejects.toThrow();
    expect(await foia.list()).toEqual([]);
  });
});
