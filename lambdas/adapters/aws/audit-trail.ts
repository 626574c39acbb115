import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { decodeCursor, encodeCursor } from '#core/domain/cursor.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { AuditRecord, AuditTrail } from '#core/ports.ts';

const partition = 'trail';

/** The audit trail in a table that refuses change and deletion by its own policy; in order of the time noted, then of the record's id. */
export function auditTrail(client: DynamoDBClient, table: string): AuditTrail {
  return {
    async append(record) {
      const body = JSON.stringify(record);
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: { pk: { S: partition }, sk: { S: `${record.at}#${record.id}` }, body: { S: body } },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
      } catch (cause) {
        // A lost answer makes the next try meet its own record.
        if (!(cause instanceof ConditionalCheckFailedException) || cause.Item?.['body']?.S !== body) throw cause;
      }
    },

    async list({ limit, cursor }) {
      const before = cursor === undefined ? '~' : decodeCursor(cursor, 1)?.[0];
      if (typeof before !== 'string') return { items: [] };
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':pk': { S: partition }, ':before': { S: before } },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit + 1,
        }),
      );
      const items = Items.slice(0, limit).map((item): AuditRecord => {
        invariant(item['body']?.S, 'a record of the trail has its body');
        return JSON.parse(item['body'].S) as AuditRecord;
      });
      const last = Items[limit - 1]?.['sk']?.S;
      return Items.length > limit && last !== undefined ? { items, cursor: encodeCursor([last]) } : { items };
    },
  };
}
