import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { allowKey, keptTable, tableKeyActions } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * The wrapped keys of protected fields, apart from the texts they open. Destroying a key erases a text for ever, so this table remembers one day back and no more,
 * has no stream and is in no backup.
 */
export class NarrativeVault extends Construct {
  readonly table: Table;
  private readonly wrapping: IKey;
  private readonly tableKey: IKey;

  constructor(
    scope: Construct,
    id: string,
    { wrapping, tableKey }: { readonly wrapping: IKey; readonly tableKey: IKey },
  ) {
    super(scope, id);
    this.wrapping = wrapping;
    this.tableKey = tableKey;
    this.table = keptTable(this, 'Keys', { key: tableKey, recoveryDays: 1, never: [] });
  }

  private name(fn: ServiceFunction): void {
    fn.supply('KEY_TABLE', this.table.tableName);
    fn.supply('SEAL_KEY', this.wrapping.keyArn);
    allowKey(fn, this.tableKey, 'dynamodb', tableKeyActions);
  }

  /** May make a fresh data key and keep it wrapped; may unwrap none, and read none. */
  grantSeal(fn: ServiceFunction): void {
    this.name(fn);
    fn.allow({ actions: ['dynamodb:PutItem'], resources: [this.table.tableArn] });
    fn.allow({ actions: ['kms:GenerateDataKey'], resources: [this.wrapping.keyArn] });
  }

  /** May open protected fields. Only the function that writes the audit trail first is given this. */
  grantUnseal(fn: ServiceFunction): void {
    this.name(fn);
    fn.allow({ actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], resources: [this.table.tableArn] });
    fn.allow({ actions: ['kms:Decrypt'], resources: [this.wrapping.keyArn] });
  }
}
