import type { Construct } from 'constructs';
import { EvidenceBucket, type EvidenceBucketProps } from './evidence-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One folder per exhibit, named by what it is made of: the keys are not known before they are written.';

/** Court bundles, `<exhibit id>/<file>`: sealed once, locked from then on. */
export class SealedBundles extends EvidenceBucket {
  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id, { name: 'Sealed', variable: 'SEALED_BUCKET', because }, props);
  }

  /** May place a bundle and compare it with one that stands. */
  grantDeposit(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject'], ['*']);
    this.allowListing(fn);
  }
}
