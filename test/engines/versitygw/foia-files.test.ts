import { randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { foiaFiles } from '#adapters/aws/foia-files.ts';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { s3 } from '../stand-in.ts';
import { client, freshBucket, lockedBucket } from './bucket.ts';

const bytes = Buffer.from('a,b\r\n1,2\r\n'.repeat(1000));
const file = sha256(bytes);
const time = (minute: number) => `2026-03-02T10:0${minute}:00.000Z` as Instant;
/** The least that a part may have, but for the last. */
const partBytes = 5 << 20;
const none = { read: 0, accepted: 0, refused: 0, quarantined: 0 };

async function dropped(...keys: readonly string[]) {
  const buckets = { drop: await freshBucket(), custody: await lockedBucket() };
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: buckets.drop, Key, Body: bytes }));
  return foiaFiles(client, buckets);
}

describe.skipIf(!s3)('agency files in S3', () => {
  it('are read by ranges, exactly, and short only at the end', async () => {
    const foia = await dropped('foia/año 1.csv');
    const { content } = await foia.open('foia/año 1.csv');
    expect(content.size).toBe(bytes.length);
    expect(Buffer.from(await content.read(5, 3)).toString()).toBe(bytes.toString('utf8', 5, 8));
    expect(await content.read(bytes.length - 2, 10)).toHaveLength(2);
    expect(await content.read(bytes.length, 1)).toHaveLength(0);
  });

  it('are read whole when they were dropped in parts, as large files are', async () => {
    const buckets = { drop: await freshBucket(), custody: await lockedBucket() };
    const whole = randomBytes(11 << 20);
    const at = { Bucket: buckets.drop, Key: 'foia/large.xlsx' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at));
    const Parts = [];
    for (let part = 0; part * partBytes < whole.length; part++) {
      const Body = whole.subarray(part * partBytes, (part + 1) * partBytes);
      const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: part + 1, Body }));
      Parts.push({ ETag, PartNumber: part + 1 });
    }
    const foia = foiaFiles(client, buckets);
    await expect(foia.open(at.Key)).rejects.toThrow();
    await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
    const { content } = await foia.open(at.Key);
    expect(content.size).toBe(whole.length);
    expect(Buffer.from(await content.read(partBytes - 3, 6)).equals(whole.subarray(partBytes - 3, partBytes + 3))).toBe(
      true,
    );
    const arrival = { name: 'large.xlsx', sender: 'AIDA1', at: time(1) };
    await (await foia.keep({ arrival, original: { key: at.Key } })).kept;
    const kept = (await foia.openKept(sha256(whole))).content;
    expect(sha256(await kept.read(0, kept.size))).toBe(sha256(whole));
  });

  it('keep when they first came and every name in order of arrival', async () => {
    const foia = await dropped('foia/a.csv', 'foia/b.csv');
    const arrival = (name: string, minute: number) => ({ name, sender: 'AIDA1', at: time(minute) });
    const arrive = async (name: string, minute: number) => {
      const arriving = { arrival: arrival(name, minute), original: { key: `foia/${name}` } };
      const { original, kept, ...answered } = await foia.keep(arriving);
      // The bytes are asked for before they are in their place, and wait for it.
      expect(Buffer.from(await original.content.read(0, bytes.length)).equals(bytes)).toBe(true);
      await kept;
      return answered;
    };
    expect(await arrive('a.csv', 1)).toEqual({ sha256: file, receivedAt: time(1) });
    expect(await foia.list()).toEqual([]);
    const record: FoiaCustody = {
      sha256: file,
      bytes: bytes.length,
      names: ['a.csv'],
      arrivals: [arrival('a.csv', 1)],
      receivedAt: time(1),
      release: 'foia-20260302-0',
      reading: 1,
      readAt: time(1),
      format: 'text',
      status: 'taken',
      rows: none,
      sheets: [],
    };
    await foia.conclude(record);
    await foia.quarantine(file, 1, 1, '{}\n');
    const again = await arrive('b.csv', 2);
    const both = [arrival('a.csv', 1), arrival('b.csv', 2)];
    expect(again).toEqual({
      sha256: file,
      receivedAt: time(1),
      custody: { ...record, arrivals: both, names: ['a.csv', 'b.csv'] },
    });
    expect((await arrive('a.csv', 3)).custody?.names).toEqual(['b.csv', 'a.csv']);
    expect((await foia.list()).map(({ names }) => names)).toEqual([['b.csv', 'a.csv']]);
  });

  it('are kept from an archive as a stream, told as statements, and ordered about', async () => {
    const foia = await dropped();
    const read = async function* () {
      yield bytes.subarray(0, 100);
      yield bytes.subarray(100);
    };
    const arrival = { name: 'in/a.csv', sender: 'AIDA1', at: time(1) };
    await (await foia.keep({ sha256: file, arrival, original: { bytes: bytes.length, read } })).kept;
    const { content } = await foia.openKept(file);
    expect(Buffer.from(await content.read(0, content.size)).equals(bytes)).toBe(true);
    const said = {
      file,
      release: 'r',
      sequence: 1,
      statement: 'read',
      reading: 1,
      by: 'x',
      why: '',
      at: time(1),
    } as const;
    expect([await foia.state(said), await foia.state({ ...said, by: 'y' })]).toEqual([true, false]);
    expect(await foia.statements(file)).toEqual([said]);
    await foia.order({ id: 'o', by: 'legal', at: time(2), file, order: 'withdraw', why: 'letter' });
    expect((await foia.open('orders/o.json')).content.size).toBeGreaterThan(0);
  });

  it('are not kept when they are not the bytes that were hashed', async () => {
    const foia = await dropped('foia/a.csv');
    const arrival = { name: 'a.csv', sender: 'AIDA1', at: time(1) };
    const other = { sha256: sha256('other'), arrival };
    await expect(foia.keep({ ...other, original: { key: 'foia/a.csv' } })).rejects.toThrow();
    const read = async function* () {
      yield bytes;
    };
    await expect((await foia.keep({ ...other, original: { bytes: bytes.length, read } })).kept).rejects.toThrow();
    expect(await foia.list()).toEqual([]);
  });
});
