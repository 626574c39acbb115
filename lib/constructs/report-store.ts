import { AttributeType, ProjectionType, StreamViewType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { keptBucket } from './kept-bucket.ts';
import { allowKey, erasing, keptTable, tableKeyActions } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/** Receipts of a department, newest last. Items without both attributes are not in it. */
const departmentIndex = { name: 'by_department', partition: 'department_id', sort: 'department_order' } as const;
/** Report versions in the order of the day observed; one partition a month (`YYYY-MM`), so that a burst is not one partition for ever. */
const dayIndex = { name: 'by_day', partition: 'observed_month', sort: 'observed_order' } as const;
/** The sort key of a receipt; the change feed carries these and nothing else. */
export const receiptSortKey = 'receipt';

/** Receipts, report versions and accept events in one table, so that one transaction writes all three. Nothing in it is ever deleted. */
export class ReportStore extends Construct {
  readonly table: Table;
  /** Parts of the change feed that failed for good, whole, to be fed again. */
  readonly setAside: Bucket;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, accessLogs }: { readonly key: IKey; readonly accessLogs: Bucket }) {
    super(scope, id);
    this.key = key;
    this.setAside = keptBucket(this, 'SetAside', { key, accessLogs });
    this.table = keptTable(this, 'Reports', {
      key,
      recoveryDays: 35,
      never: erasing,
      stream: StreamViewType.NEW_IMAGE,
    });
    for (const { name, partition, sort } of [departmentIndex, dayIndex])
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
  }

  private allow(fn: ServiceFunction, actions: readonly string[], indexes: readonly string[] = []): void {
    fn.supply('REPORT_TABLE', this.table.tableName);
    fn.allow({ actions, resources: [this.table.tableArn] });
    if (indexes.length > 0)
      fn.allow({
        actions: ['dynamodb:Query'],
        resources: indexes.map((name) => `${this.table.tableArn}/index/${name}`),
      });
    allowKey(fn, this.key, 'dynamodb', tableKeyActions);
  }

  /** May add receipts and versions and look up single reports; may neither delete, nor list the reports of others, nor scan. */
  grantAppend(fn: ServiceFunction): void {
    this.allow(fn, [
      'dynamodb:PutItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
    ]);
  }

  /** May read every version of every report, by day. */
  grantPull(fn: ServiceFunction): void {
    this.allow(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], [dayIndex.name]);
  }

  /** May read receipts: one, or those of a department. */
  grantShowReceipts(fn: ServiceFunction): void {
    this.allow(fn, ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], [departmentIndex.name]);
  }

  /** May follow the change feed and set aside what it cannot take; is not told the table's name, because the feed brings all it needs. */
  grantFollow(fn: ServiceFunction): void {
    const streamArn = this.table.tableStreamArn;
    if (streamArn === undefined) throw new Error('the report table has no stream');
    fn.allow({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [streamArn],
    });
    fn.allow({
      actions: ['dynamodb:ListStreams'],
      resources: ['*'],
      because:
        'ListStreams names no stream; it answers names, not contents. Lambda requires it of the role of an event source.',
    });
    allowKey(fn, this.key, 'dynamodb', ['kms:Decrypt']);
    fn.allow({
      actions: ['s3:PutObject'],
      resources: [this.setAside.arnForObjects('aws/lambda/*')],
      because: 'Lambda names each part that it sets aside by source and time; the folder is named.',
    });
    fn.allow({ actions: ['s3:ListBucket'], resources: [this.setAside.bucketArn] });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey']);
  }
}
