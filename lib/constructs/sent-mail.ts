import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { allowKey, keptTable, rewriting, tableKeyActions } from './kept-table.ts';
import type { ServiceFunction } from './service-function.ts';

/** Which messages were sent, so that none is sent twice. An item goes a year after its message (`expires_at`). */
export class SentMail extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.key = key;
    this.table = keptTable(this, 'Sent', { key, recoveryDays: 7, never: rewriting, expires: 'expires_at' });
  }

  /** May note a message once, and take the note back when it could not be sent. */
  grantNote(fn: ServiceFunction): void {
    fn.supply('MAIL_TABLE', this.table.tableName);
    fn.allow({
      actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
      resources: [this.table.tableArn],
    });
    allowKey(fn, this.key, 'dynamodb', tableKeyActions);
  }
}
