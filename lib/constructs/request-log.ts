import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { allowKey, erasing, keptTable, rewriting, tableKeyActions } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/** Requests for records, their logs and the reminders that went out. The table itself forbids everyone to change or delete an entry. */
export class RequestLog extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.key = key;
    this.table = keptTable(this, 'Log', { key, recoveryDays: 35, never: [...erasing, ...rewriting] });
  }

  /** May read the logs and add to them. */
  grantKeep(fn: ServiceFunction): void {
    fn.supply('REQUEST_TABLE', this.table.tableName);
    fn.allow({ actions: ['dynamodb:PutItem', 'dynamodb:Query'], resources: [this.table.tableArn] });
    allowKey(fn, this.key, 'dynamodb', tableKeyActions);
  }
}
