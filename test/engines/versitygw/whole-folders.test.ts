import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { sealedBundles } from '#adapters/aws/sealed-bundles.ts';
import { shelf } from '#adapters/aws/shelf.ts';
import { sealedBundlesContract } from '../../adapters/sealed-bundles.contract.ts';
import { shelfContract } from '../../adapters/shelf.contract.ts';
import { fixtureReleased } from '../../fixtures/released.ts';
import { s3 } from '../stand-in.ts';
import { client, freshBucket, lockedBucket } from './bucket.ts';

describe.skipIf(!s3)('the shelf in S3', () => {
  shelfContract(async () => shelf(client, await freshBucket()));

  it('finishes a release whose first run died half way, and shows none of the half', async () => {
    const bucket = await freshBucket();
    const { released } = fixtureReleased({ weeks: 4 });
    const Key = `${released.id}/briefing.html`;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'half' }));
    const there = shelf(client, bucket);
    expect(await there.releases()).toEqual([]);
    expect(await there.read(Key)).toBeUndefined();
    await there.place(released, new Map([['briefing.html', new Uint8Array([1])]]));
    expect(Buffer.from((await there.read(Key)) ?? []).toJSON().data).toEqual([1]);
  });
});

describe.skipIf(!s3)('sealed bundles in S3', () => {
  sealedBundlesContract(async () => sealedBundles(client, await lockedBucket()));
});
