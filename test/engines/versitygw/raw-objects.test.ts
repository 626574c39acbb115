import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { checksumOf } from '#adapters/aws/objects.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { rawObjectsContract } from '../../adapters/raw-objects.contract.ts';
import { s3 } from '../stand-in.ts';
import { client, lockedBucket } from './bucket.ts';

describe.skipIf(!s3)('raw objects in S3', () => {
  rawObjectsContract(async () => rawObjects(client, await lockedBucket()));

  it('cannot be deleted while they are locked', async () => {
    const Bucket = await lockedBucket();
    await rawObjects(client, Bucket).putIfAbsent('raw/a', Buffer.from('kept'));
    const { VersionId } = await client.send(new HeadObjectCommand({ Bucket, Key: 'raw/a' }));
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key: 'raw/a', VersionId }))).rejects.toThrow();
  });

  it('are refused by the service when their bytes are not those that were hashed', async () => {
    const object = { Bucket: await lockedBucket(), Key: 'raw/a', Body: Buffer.from('torn') };
    const put = new PutObjectCommand({ ...object, ChecksumSHA256: checksumOf(Buffer.from('whole')) });
    await expect(client.send(put)).rejects.toThrow();
  });
});
