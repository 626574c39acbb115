import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { objectClient } from '#adapters/aws/client-settings.ts';
import { freshName, reach, region, s3 } from '../stand-in.ts';

export const client = new S3Client({ ...objectClient, ...reach(s3) });

/** An empty bucket with versions, as all buckets of the house have them. */
export async function freshBucket(): Promise<string> {
  const Bucket = freshName('bucket');
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
}

/** An empty bucket whose objects nobody can delete for a day. */
export async function lockedBucket(): Promise<string> {
  const Bucket = freshName('locked');
  await client.send(
    new CreateBucketCommand({
      Bucket,
      ObjectLockEnabledForBucket: true,
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  const rule = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } } as const;
  await client.send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: rule },
    }),
  );
  return Bucket;
}
