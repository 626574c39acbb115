/** Reading and writing items of the report table: consistent reads, whole batches, and conditional writes that tell what stood in the way. */
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import type { Receipt } from '#core/domain/submission.ts';
import { pause } from './client-settings.ts';
import { headKey, type Item, receiptIn, receiptKey } from './report-items.ts';

/** Thrown when the table did not take or give everything after many tries. */
export class ReportTableError extends Error {
  override name = 'ReportTableError';
}

/** What must hold of the item that stands under the key; values by the name used in the expression. */
export type Condition = { readonly expression: string; readonly values?: Item };
export const absent: Condition = { expression: 'attribute_not_exists(pk)' };

export type ConditionalPut = { readonly item: Item; readonly condition?: Condition };
/** `refused` lists the puts whose condition failed, by their place, with the item that stands there. `busy` means another transaction was at work: nothing is known. */
type TransactionEnd =
  | { readonly end: 'written' }
  | { readonly end: 'busy'; readonly cause: unknown }
  | { readonly end: 'refused'; readonly refused: ReadonlyMap<number, Item | undefined> };

const keysPerRead = 100;
const triesMax = 10;

export type ReportTable = {
  get(key: Item): Promise<Item | undefined>;
  getAll(keys: readonly Item[]): Promise<readonly Item[]>;
  query(input: Omit<QueryCommandInput, 'TableName'>): Promise<readonly Item[]>;
  /** Writes one item; answers what stands there when the condition fails. */
  put(put: ConditionalPut): Promise<{ readonly written: true } | { readonly written: false; readonly standing?: Item }>;
  /** Writes all or nothing. */
  transact(puts: readonly ConditionalPut[], token: string): Promise<TransactionEnd>;
  receipts(ids: Iterable<SubmissionId>): Promise<ReadonlyMap<SubmissionId, Receipt>>;
  headItems(ids: readonly ReportId[]): Promise<readonly Item[]>;
};

export function reportTable(client: DynamoDBClient, name: string): ReportTable {
  const putOf = ({ item, condition }: ConditionalPut) => ({
    TableName: name,
    Item: item,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...(condition ? { ConditionExpression: condition.expression } : {}),
    ...(condition?.values ? { ExpressionAttributeValues: condition.values } : {}),
  });

  async function readBatch(keys: readonly Item[]): Promise<Item[]> {
    const found: Item[] = [];
    let waiting = [...keys];
    for (let attempt = 1; waiting.length > 0; attempt++) {
      if (attempt > triesMax) throw new ReportTableError('the table answers only in part');
      if (attempt > 1) await pause(attempt - 1, 50, 2_000);
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys: waiting, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[name] ?? []));
      waiting = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
    return found;
  }

  const table: ReportTable = {
    async get(key) {
      return (await client.send(new GetItemCommand({ TableName: name, Key: key, ConsistentRead: true }))).Item;
    },

    async getAll(keys) {
      const batches: Promise<Item[]>[] = [];
      for (let at = 0; at < keys.length; at += keysPerRead) batches.push(readBatch(keys.slice(at, at + keysPerRead)));
      return (await Promise.all(batches)).flat();
    },

    async query(input) {
      const found: Item[] = [];
      let start: Item | undefined;
      do {
        const answer = await client.send(
          new QueryCommand({ ...input, TableName: name, ...(start ? { ExclusiveStartKey: start } : {}) }),
        );
        found.push(...(answer.Items ?? []));
        start = answer.LastEvaluatedKey;
      } while (start && found.length < (input.Limit ?? Number.POSITIVE_INFINITY));
      return found;
    },

    async put(asked) {
      try {
        await client.send(new PutItemCommand(putOf(asked)));
        return { written: true };
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        return { written: false, ...(cause.Item ? { standing: cause.Item } : {}) };
      }
    },

    async transact(puts, token) {
      try {
        const TransactItems = puts.map((put) => ({ Put: putOf(put) }));
        await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: token }));
        return { end: 'written' };
      } catch (cause) {
        if (!(cause instanceof TransactionCanceledException)) throw cause;
        const reasons = cause.CancellationReasons ?? [];
        const refused = new Map<number, Item | undefined>();
        for (const [at, { Code, Item: standing }] of reasons.entries())
          if (Code === 'ConditionalCheckFailed') refused.set(at, standing);
        if (refused.size > 0) return { end: 'refused', refused };
        const passing = ['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];
        if (reasons.length > 0 && reasons.every(({ Code }) => passing.includes(Code ?? 'None')))
          return { end: 'busy', cause };
        throw cause;
      }
    },

    async receipts(ids) {
      const items = await table.getAll([...new Set(ids)].map(receiptKey));
      return new Map(items.map(receiptIn).map((receipt) => [receipt.submissionId, receipt]));
    },

    headItems: (ids) => table.getAll([...new Set(ids)].map(headKey)),
  };
  return table;
}
