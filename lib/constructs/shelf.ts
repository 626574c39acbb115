import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One folder per release, named by its week: the keys are not known before they are written.';

/** What was published, `<release id>/<file>`, locked as it was published. */
export class Shelf extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    { key, accessLogs, evidence }: { readonly key: IKey; readonly accessLogs: Bucket } & Pick<StageConfig, 'evidence'>,
  ) {
    super(scope, id);
    this.key = key;
    this.bucket = keptBucket(this, 'Shelf', { key, accessLogs, evidence });
    const { partition, account } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } },
      }),
    );
  }

  /** May place releases. One function only is given this. */
  grantPublish(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May read what was published. */
  grantRead(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:Decrypt']);
  }

  private allow(fn: ServiceFunction, actions: readonly string[]): void {
    fn.supply('SHELF_BUCKET', this.bucket.bucketName);
    fn.allow({ actions, resources: [this.bucket.arnForObjects('*')], because });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }
}
