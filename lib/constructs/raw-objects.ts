import type { Construct } from 'constructs';
import { EvidenceBucket, type EvidenceBucketProps } from './evidence-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per submission, named by its hash: the keys are not known before they are written.';

/** Every accepted submission as it was recorded, written once and locked. */
export class RawObjects extends EvidenceBucket {
  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id, { name: 'Raw', variable: 'RAW_BUCKET', because }, props);
  }

  /** May put an object and read back what stands there; may neither list nor delete. */
  grantDeposit(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject'], ['raw/*']);
  }

  /** May read an object whose key it was told. */
  grantRead(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['raw/*']);
  }
}
