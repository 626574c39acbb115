import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/** Court bundles, `<exhibit id>/<file>`: sealed once, locked from then on. */
export class SealedBundles extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    { key, accessLogs, evidence }: { readonly key: IKey; readonly accessLogs: Bucket } & Pick<StageConfig, 'evidence'>,
  ) {
    super(scope, id);
    this.key = key;
    this.bucket = keptBucket(this, 'Sealed', { key, accessLogs, evidence });
  }

  /** May place a bundle and compare it with one that stands. */
  grantDeposit(fn: ServiceFunction): void {
    fn.supply('SEALED_BUCKET', this.bucket.bucketName);
    fn.allow({
      actions: ['s3:PutObject', 's3:GetObject'],
      resources: [this.bucket.arnForObjects('*')],
      because: 'One folder per exhibit, named by what it is made of: the keys are not known before they are written.',
    });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }
}
