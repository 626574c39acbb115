import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per entry, numbered as it is appended.';

/**
 * The chained release ledger, one locked object per entry (`ledger/000001.json`). An entry of 1,000 cells is larger than an item of a table may be; a put that succeeds only
 * where nothing stands gives the same "append on the expected head", and Object Lock makes it a promise that nobody can take back.
 */
export class ReleaseLedger extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    { key, accessLogs, evidence }: { readonly key: IKey; readonly accessLogs: Bucket } & Pick<StageConfig, 'evidence'>,
  ) {
    super(scope, id);
    this.key = key;
    this.bucket = keptBucket(this, 'Ledger', { key, accessLogs, evidence });
  }

  /** May append an entry and read those before it. */
  grantAppend(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May see that the ledger answers and which entries there are; may read none. */
  grantCheck(fn: ServiceFunction): void {
    fn.supply('LEDGER_BUCKET', this.bucket.bucketName);
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }

  /** May read every entry. */
  grantRead(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject']);
    allowKey(fn, this.key, 's3', ['kms:Decrypt']);
  }

  private allow(fn: ServiceFunction, actions: readonly string[]): void {
    fn.supply('LEDGER_BUCKET', this.bucket.bucketName);
    fn.allow({ actions, resources: [this.bucket.arnForObjects('ledger/*')], because });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }
}
