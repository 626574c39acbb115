import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { reviewed } from './reviewed.ts';

export type KeptBucketProps = {
  readonly key: IKey;
  /** Where requests to this bucket are written down. */
  readonly accessLogs: Bucket;
  /**
   * Object Lock: what is written stays as it was for so long.
   * @default - none: the bucket holds no evidence
   */
  readonly evidence?: StageConfig['evidence'];
  readonly lifecycle?: readonly LifecycleRule[];
};

const common = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
};
const brokenUploads: LifecycleRule = { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) };

/** A bucket that outlives its stack: versioned, closed to the public, TLS 1.2 only, encrypted under its purpose's key, every request written down. */
export function keptBucket(scope: Construct, id: string, props: KeptBucketProps): Bucket {
  const { key, accessLogs, evidence, lifecycle = [] } = props;
  const years = Duration.days(365 * (evidence?.years ?? 0));
  const bucket = new Bucket(scope, id, {
    ...common,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    // The library's own class and interface differ where a property may be undefined or absent.
    serverAccessLogsBucket: accessLogs as IBucket,
    serverAccessLogsPrefix: `${id.toLowerCase()}/`,
    lifecycleRules: [brokenUploads, ...lifecycle],
    ...(evidence
      ? {
          objectLockEnabled: true,
          objectLockDefaultRetention:
            evidence.mode === 'COMPLIANCE'
              ? ObjectLockRetention.compliance(years)
              : ObjectLockRetention.governance(years),
        }
      : {}),
  });
  reviewed(bucket, {
    'NIST.800.53.R5-S3BucketReplicationEnabled':
      'Evidence is versioned and locked in its region, on at least three sites. A copy in a second account is the city records office’s decision; docs/DEPLOY.md, step 8, says how.',
  });
  return bucket;
}

/** Where the requests to the other buckets are written down. S3 delivers its logs only to buckets under its own encryption, and a bucket does not log into itself. */
export function accessLogBucket(scope: Construct, id: string, days: number): Bucket {
  const bucket = new Bucket(scope, id, {
    ...common,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [
      brokenUploads,
      { id: 'old-logs', expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(30) },
    ],
  });
  reviewed(bucket, {
    'AwsSolutions-S1': 'This is the access log bucket; logging it into itself would never end.',
    'NIST.800.53.R5-S3BucketLoggingEnabled': 'This is the access log bucket; logging it into itself would never end.',
    'NIST.800.53.R5-S3DefaultEncryptionKMS': 'S3 delivers server access logs only to buckets under its own encryption.',
    'NIST.800.53.R5-S3BucketReplicationEnabled':
      'Access logs are kept for the months that the log policy of the stage says and are no evidence of a report.',
  });
  return bucket;
}
