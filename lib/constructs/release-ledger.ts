import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per entry, numbered as it is appended.';

/**
 * The chained release ledger, one locked object per link (`ledger/000001.json`), and what is sealed beside it (`sealed/`). An entry of 1,000 cells is larger than an item of a table may be; a put that succeeds only
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

  /** May append an entry and read those before it, what is sealed included. */
  grantAppend(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject'], ['ledger/*', 'sealed/*']);
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May read the links and append one that shows nothing new; may seal, and read nothing that is sealed. */
  grantNote(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['ledger/*']);
    this.allow(fn, ['s3:PutObject'], ['ledger/*', 'sealed/*']);
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May read the links: what was shown and how the attacks on it ended; nothing that is sealed. */
  grantReview(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['ledger/*']);
    allowKey(fn, this.key, 's3', ['kms:Decrypt']);
  }

  private allow(fn: ServiceFunction, actions: readonly string[], places: readonly string[]): void {
    fn.supply('LEDGER_BUCKET', this.bucket.bucketName);
    fn.allow({ actions, resources: places.map((place) => this.bucket.arnForObjects(place)), because });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }
}
