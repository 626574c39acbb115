import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per submission, named by its hash: the keys are not known before they are written.';

/** Every accepted submission as it was recorded, written once and locked. */
export class RawObjects extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    { key, accessLogs, evidence }: { readonly key: IKey; readonly accessLogs: Bucket } & Pick<StageConfig, 'evidence'>,
  ) {
    super(scope, id);
    this.key = key;
    this.bucket = keptBucket(this, 'Raw', { key, accessLogs, evidence });
  }

  /** May put an object and read back what stands there; may neither list nor delete. */
  grantDeposit(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May read an object whose key it was told. */
  grantRead(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:Decrypt']);
  }

  private allow(fn: ServiceFunction, actions: readonly string[]): void {
    fn.supply('RAW_BUCKET', this.bucket.bucketName);
    fn.allow({ actions, resources: [this.bucket.arnForObjects('raw/*')], because });
  }
}
