/**
 * The log of requests in a table of its own that refuses change and deletion: `request#<id>` holds `entry#<number>` and `reminder#<key>`; `register` names every request.
 */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import { type RequestId, readRequestId } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { ReminderRecord } from '#core/domain/request/reminder.ts';
import type { LogEntry } from '#core/domain/request/request.ts';
import type { RequestLog } from '#core/ports.ts';

const register = 'register';
const partitionOf = (request: RequestId): string => `request#${request}`;
const entryPlace = (seq: number): string => `entry#${String(seq).padStart(6, '0')}`;

export function requestLog(client: DynamoDBClient, table: string): RequestLog {
  /** Writes an item once; answers whether it stands as given. A lost answer makes the next try meet its own item. */
  async function putOnce(pk: string, sk: string, body: string): Promise<boolean> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: pk }, sk: { S: sk }, body: { S: body } },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return true;
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      return cause.Item?.['body']?.S === body;
    }
  }

  async function listed(
    pk: string,
    prefix: string,
  ): Promise<readonly { readonly sk: string; readonly body: string }[]> {
    const found: { sk: string; body: string }[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': { S: pk }, ':prefix': { S: prefix } },
          ConsistentRead: true,
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      for (const { sk, body } of Items) {
        invariant(sk?.S && body?.S, 'an item of the request log has its place and its body');
        found.push({ sk: sk.S, body: body.S });
      }
      start = LastEvaluatedKey;
    } while (start);
    return found;
  }

  const log = async (request: RequestId): Promise<readonly LogEntry[]> =>
    (await listed(partitionOf(request), 'entry#')).map(({ body }) => JSON.parse(body) as LogEntry);

  return {
    async append(entry) {
      if (entry.seq > 1 && (await log(entry.request)).length < entry.seq - 1) return false;
      // A request that is in the register and has no entry was never opened.
      if (entry.seq === 1) await putOnce(register, entry.request, entry.request);
      return putOnce(partitionOf(entry.request), entryPlace(entry.seq), canonicalJson(entry));
    },
    log,
    async requests() {
      const names = (await listed(register, 'req_')).map(({ sk }) => readRequestId(sk));
      return names.filter((name) => name !== undefined);
    },
    async writeReminder(record) {
      await putOnce(partitionOf(record.request), `reminder#${record.key}`, canonicalJson(record));
    },
    reminders: async (request) =>
      (await listed(partitionOf(request), 'reminder#')).map(({ body }) => JSON.parse(body) as ReminderRecord),
  };
}
