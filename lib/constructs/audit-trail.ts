import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { allowKey, erasing, keptTable, rewriting, tableKeyActions } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/** Who read or sealed what, when and why. The table itself forbids everyone to change or delete a record. */
export class AuditTrail extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.key = key;
    this.table = keptTable(this, 'Trail', { key, recoveryDays: 35, never: [...erasing, ...rewriting] });
  }

  private allow(fn: ServiceFunction, actions: readonly string[]): void {
    fn.supply('AUDIT_TABLE', this.table.tableName);
    fn.allow({ actions, resources: [this.table.tableArn] });
    allowKey(fn, this.key, 'dynamodb', tableKeyActions);
  }

  /** May add a record; may not look at any. */
  grantAppend(fn: ServiceFunction): void {
    this.allow(fn, ['dynamodb:PutItem']);
  }

  /** May add a record and list them, newest first: whoever shows the trail leaves a record of that too. */
  grantReview(fn: ServiceFunction): void {
    this.allow(fn, ['dynamodb:PutItem', 'dynamodb:Query']);
  }
}
