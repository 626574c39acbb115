import type { Construct } from 'constructs';
import { EvidenceBucket, type EvidenceBucketProps } from './evidence-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per entry, numbered as it is appended.';

/**
 * The chained release ledger, one locked object per link (`ledger/000001.json`), and what is sealed beside it (`sealed/`). An entry of 1,000 cells is larger than an item of a table may be; a put that succeeds only
 * where nothing stands gives the same "append on the expected head", and Object Lock makes it a promise that nobody can take back.
 */
export class ReleaseLedger extends EvidenceBucket {
  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id, { name: 'Ledger', variable: 'LEDGER_BUCKET', because }, props);
  }

  /** May append an entry and read those before it, what is sealed included. */
  grantAppend(fn: ServiceFunction): void {
    this.allow(fn, ['s3:PutObject', 's3:GetObject'], ['ledger/*', 'sealed/*']);
    this.allowListing(fn);
  }

  /** May read the links and append one that shows nothing new; may seal, and read nothing that is sealed. */
  grantNote(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['ledger/*']);
    this.allow(fn, ['s3:PutObject'], ['ledger/*', 'sealed/*']);
    this.allowListing(fn);
  }

  /** May read the links: what was shown and how the attacks on it ended; nothing that is sealed. */
  grantReview(fn: ServiceFunction): void {
    this.allow(fn, ['s3:GetObject'], ['ledger/*']);
    this.allowListing(fn);
  }
}
