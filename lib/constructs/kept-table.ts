import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

export type KeptTableProps = {
  readonly key: IKey;
  /** How far back the table can be restored, in days. */
  readonly recoveryDays: number;
  /** What nobody may do, whatever their role says. */
  readonly never: readonly string[];
  readonly stream?: StreamViewType;
  /** Attribute that says when an item may go, in seconds since 1970. */
  readonly expires?: string;
};

/** What erases or rewrites an item. */
export const erasing = ['dynamodb:DeleteItem', 'dynamodb:PartiQLDelete'] as const;
export const rewriting = ['dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLUpdate'] as const;

/** A table with the key `pk`, `sk` (text) that outlives its stack: protected against deletion, restorable, encrypted under its purpose's key. */
export function keptTable(scope: Construct, id: string, props: KeptTableProps): Table {
  const { key, recoveryDays, never, stream, expires } = props;
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: recoveryDays },
    removalPolicy: RemovalPolicy.RETAIN,
    contributorInsightsSpecification: { enabled: false },
    ...(stream ? { stream } : {}),
    ...(expires ? { timeToLiveAttribute: expires } : {}),
    ...(never.length > 0 ? { resourcePolicy: forbidding(never) } : {}),
  });
  reviewed(table, {
    'NIST.800.53.R5-DynamoDBInBackupPlan':
      'Restorable to any second of its recovery window; beyond it, reports are rebuilt from the raw objects under Object Lock. A backup plan would keep erased keys for longer than the law allows.',
  });
  return table;
}

/** A table's own policy, in which `*` is this table. */
const forbidding = (actions: readonly string[]): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [...actions],
        resources: ['*'],
      }),
    ],
  });

/** Lets a function use a key through one service only: the key alone opens nothing. */
export function allowKey(
  fn: ServiceFunction,
  key: IKey,
  service: 's3' | 'dynamodb' | 'sqs' | 'secretsmanager',
  actions: readonly ('kms:Decrypt' | 'kms:Encrypt' | 'kms:GenerateDataKey' | 'kms:DescribeKey')[],
): void {
  fn.allow({
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(fn).region}.amazonaws.com` } },
  });
}

/** A table under a customer's key asks the caller for these, in its own name, for reading as for writing. */
export const tableKeyActions = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'] as const;
