import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

export type EvidenceBucketProps = { readonly key: IKey; readonly accessLogs: Bucket } & Pick<StageConfig, 'evidence'>;

/** What a bucket of evidence is called in the template and in the surroundings of a function, and why its objects are named by a pattern. */
type Naming = { readonly name: string; readonly variable: string; readonly because: string };

/** A bucket whose objects are locked as the stage says. Each kind of evidence says who may do what there. */
export abstract class EvidenceBucket extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;
  private readonly naming: Naming;

  protected constructor(scope: Construct, id: string, naming: Naming, props: EvidenceBucketProps) {
    super(scope, id);
    this.key = props.key;
    this.naming = naming;
    this.bucket = keptBucket(this, naming.name, props);
  }

  /** Lets a function do this with the objects of these places, and use the key as far as that needs it. */
  protected allow(
    fn: ServiceFunction,
    actions: readonly ('s3:GetObject' | 's3:PutObject')[],
    places: readonly string[],
  ): void {
    const { variable, because } = this.naming;
    fn.supply(variable, this.bucket.bucketName);
    fn.allow({ actions, resources: places.map((place) => this.bucket.arnForObjects(place)), because });
    const writes = actions.includes('s3:PutObject');
    allowKey(fn, this.key, 's3', writes ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:Decrypt']);
  }

  /** Lets a function see which keys there are; without it S3 says of a missing object only that it is forbidden. */
  protected allowListing(fn: ServiceFunction): void {
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }
}
