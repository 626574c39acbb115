import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LakeTableName } from '../../lambdas/core/lake/tables.ts';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { allowKey } from './kept-table.ts';
import { lakeTableInput, lakeTableNames } from './lake-table.ts';
import type { ServiceFunction } from './service-function.ts';

const because = 'One object per batch, named by what is in it: the keys are not known before they are written.';

/** The append-only Parquet lake and its tables. Partitions are projected from the month of recording: no crawler, no repair, nothing to keep in step. */
export class Lake extends Construct {
  readonly bucket: Bucket;
  readonly database: string;
  readonly tableNames: readonly string[] = lakeTableNames;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly key: IKey; readonly accessLogs: Bucket; readonly stage: string } & Pick<StageConfig, 'evidence'>,
  ) {
    super(scope, id);
    const { key, accessLogs, evidence, stage } = props;
    this.key = key;
    this.bucket = keptBucket(this, 'Lake', { key, accessLogs, evidence });
    this.database = `ledger_${stage.replaceAll('-', '_')}`;
    const { account } = Stack.of(this);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.database, description: 'Reports and FOIA records, one row per version, append-only' },
    });
    for (const name of lakeTableNames)
      new CfnTable(this, name, {
        catalogId: account,
        databaseName: this.database,
        tableInput: lakeTableInput(name, this.bucket.bucketName),
      }).addResourceDependency(database);
  }

  /** May write an object and look at what stands under its name, to know the same from another; may not list the lake. */
  grantAppend(fn: ServiceFunction, tables: readonly LakeTableName[]): void {
    fn.supply('LAKE_BUCKET', this.bucket.bucketName);
    fn.allow({
      actions: ['s3:PutObject', 's3:GetObject'],
      resources: tables.map((table) => this.bucket.arnForObjects(`${table}/*`)),
      because,
    });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** May append to one table and look at the names in it, to know what was recorded last; may list nothing else. */
  grantSnapshot(fn: ServiceFunction, table: LakeTableName): void {
    this.grantAppend(fn, [table]);
    fn.allow({
      actions: ['s3:ListBucket'],
      resources: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${table}/*` } },
    });
  }

  /** May read every table through the query engine. Called by the questions, which say where answers go. */
  grantScan(fn: ServiceFunction): void {
    const { partition, region, account } = Stack.of(this);
    const glue = `arn:${partition}:glue:${region}:${account}`;
    fn.supply('LAKE_DATABASE', this.database);
    fn.allow({
      actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
      resources: [
        `${glue}:catalog`,
        `${glue}:database/${this.database}`,
        ...this.tableNames.map((name) => `${glue}:table/${this.database}/${name}`),
      ],
    });
    fn.allow({ actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [this.bucket.bucketArn] });
    fn.allow({
      actions: ['s3:GetObject'],
      resources: this.tableNames.map((name) => this.bucket.arnForObjects(`${name}/*`)),
      because: 'A question reads whole tables; the tables are named.',
    });
    allowKey(fn, this.key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }
}
