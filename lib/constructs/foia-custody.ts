import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { drops } from '../../lambdas/functions/triggers.ts';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** A file that cannot be read is tried so often before a person is asked. */
const readingsMax = 3;
const [, orders] = drops;

/** Agency files: where a person drops them, where the originals are kept under their hash with what was read of them, and the queue between. */
export class FoiaCustody extends Construct {
  readonly drop: Bucket;
  readonly custody: Bucket;
  readonly arrivals: Queue;
  /** Arrivals that failed for good. The file itself still lies in the drop. */
  readonly failed: Queue;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly key: IKey; readonly accessLogs: Bucket; readonly readingSeconds: number } & Pick<
      StageConfig,
      'evidence'
    >,
  ) {
    super(scope, id);
    const { key, accessLogs, evidence, readingSeconds } = props;
    this.key = key;
    this.custody = keptBucket(this, 'Custody', { key, accessLogs, evidence });
    this.drop = keptBucket(this, 'Drop', { key, accessLogs, evidence });
    const queue = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.failed = new Queue(this, 'Failed', { ...queue, removalPolicy: RemovalPolicy.RETAIN });
    this.arrivals = new Queue(this, 'Arrivals', {
      ...queue,
      removalPolicy: RemovalPolicy.RETAIN,
      // Six times the reading time, as the event source asks: a file is not read twice at once.
      visibilityTimeout: Duration.seconds(6 * readingSeconds),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: readingsMax },
    });
    reviewed(this.failed, { 'AwsSolutions-SQS3': 'This is the dead-letter queue itself.' });
    this.arrivals.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.arrivals.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    // Written on the bucket itself: the construct library would add a function with rights over every bucket to do it.
    const bucket = this.drop.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: drops.map(({ prefix }) => ({
        event: 's3:ObjectCreated:*',
        queue: this.arrivals.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
      })),
    };
    // The service tries the queue when the notification is written: its policy must stand by then.
    bucket.node.addDependency(this.arrivals.node.findChild('Policy'));
  }

  /** May read dropped files, keep the originals, and write and read what was made of them. */
  grantTake(fn: ServiceFunction): void {
    fn.supply('FOIA_DROP_BUCKET', this.drop.bucketName);
    fn.supply('CUSTODY_BUCKET', this.custody.bucketName);
    fn.allow({
      actions: ['s3:GetObject'],
      resources: drops.map(({ prefix }) => this.drop.arnForObjects(`${prefix}*`)),
      because: 'A person names the file; the folder is named.',
    });
    fn.allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'],
      resources: ['foia/*', 'foia-mappings/*'].map((path) => this.custody.arnForObjects(path)),
      because: 'Originals are named by their hash: the keys are not known before they are written.',
    });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.custody.bucketArn] });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May follow the arrivals of the drop. */
  grantFollow(fn: ServiceFunction): void {
    fn.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [this.arrivals.queueArn],
    });
  }

  /** May list what is in custody and read what was made of it. */
  grantReview(fn: ServiceFunction): void {
    fn.supply('CUSTODY_BUCKET', this.custody.bucketName);
    fn.allow({
      actions: ['s3:GetObject'],
      resources: ['arrivals/*', 'custody.json', 'reading-*/preview.json', 'statements/*'].map((path) =>
        this.custody.arnForObjects(`foia/*/${path}`),
      ),
      because:
        'Folders are named by the hash of the original; what is read in them is named, the original is not among it.',
    });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.custody.bucketArn] });
    allowKey(fn, this.key, 's3', ['kms:Decrypt']);
  }

  /** May put what a person ordered where the function that reads files finds it; may read none of it. */
  grantOrder(fn: ServiceFunction): void {
    fn.supply('FOIA_DROP_BUCKET', this.drop.bucketName);
    fn.allow({
      actions: ['s3:PutObject'],
      resources: [this.drop.arnForObjects(`${orders.prefix}*`)],
      because: 'An order has an id of its own; the folder is named.',
    });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey']);
  }
}
