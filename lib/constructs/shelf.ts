import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EvidenceBucket, type EvidenceBucketProps } from './evidence-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One folder per release, named by its week: the keys are not known before they are written.';

/** What was published, `<release id>/<file>`, locked as it was published. */
export class Shelf extends EvidenceBucket {
  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id, { name: 'Shelf', variable: 'SHELF_BUCKET', because }, props);
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
    this.allow(fn, ['s3:PutObject', 's3:GetObject'], ['*']);
    this.allowListing(fn);
  }

  /** May read what was published. */
  grantRead(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['*']);
    this.allowListing(fn);
  }
}
