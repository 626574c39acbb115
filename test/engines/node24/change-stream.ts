/** Reads the stream of a table as Lambda's event source does: shard by shard from its beginning, in the words of the wire, which are those of the event. */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { client } from '../dynamodb-local/report-table.ts';
import { credentials, dynamodb, region } from '../stand-in.ts';

/** The engine checks that a request is signed, not by whom. */
const signature = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260302/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

async function ask<Schema extends z.ZodType>(action: string, body: unknown, schema: Schema): Promise<z.output<Schema>> {
  const response = await fetch(dynamodb?.endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${action}`,
      authorization: signature,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
  return schema.parse(await response.json());
}

const described = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const iterator = z.object({ ShardIterator: z.string() });
const page = z.object({
  Records: z.array(z.custom<DynamoDBRecord>((value) => typeof value === 'object')),
  NextShardIterator: z.string().optional(),
});

/** The records that pass the feed's filter (`lib/constructs/change-feed.ts`): receipts that were inserted. */
export async function newReceipts(table: string): Promise<readonly DynamoDBRecord[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const StreamArn = Table?.LatestStreamArn;
  const found: DynamoDBRecord[] = [];
  const { StreamDescription } = await ask('DescribeStream', { StreamArn }, described);
  for (const { ShardId } of StreamDescription.Shards) {
    const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    let next: string | undefined = (await ask('GetShardIterator', from, iterator)).ShardIterator;
    while (next !== undefined) {
      const { Records, NextShardIterator }: z.output<typeof page> = await ask(
        'GetRecords',
        { ShardIterator: next },
        page,
      );
      if (Records.length === 0) break;
      found.push(...Records);
      next = NextShardIterator;
    }
  }
  return found.filter(
    ({ eventName, dynamodb: change }) => eventName === 'INSERT' && change?.Keys?.['sk']?.S === 'receipt',
  );
}
