/** A queue in moto with one behind it for what failed for good, asked in the words of the wire: the house itself has no client for queues, Lambda's event source is it. */
import * as z from 'zod';
import { credentials, freshName, moto, region } from '../stand-in.ts';

const signature = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260302/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`;

async function ask<Schema extends z.ZodType>(action: string, body: unknown, schema: Schema): Promise<z.output<Schema>> {
  const response = await fetch(moto?.endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: signature,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${text}`);
  return schema.parse(JSON.parse(text || '{}'));
}

const made = z.object({ QueueUrl: z.string() });
const attributes = z.object({ Attributes: z.record(z.string(), z.string()) });
const received = z.object({
  Messages: z
    .array(
      z.object({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        Attributes: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
});
export type Message = z.output<typeof received>['Messages'][number];

/** The arrivals of the drop and what failed, as `lib/constructs/foia-custody.ts` builds them; a message that is not taken is there again at once. */
export async function arrivals(triesMost: number) {
  const { QueueUrl: failed } = await ask('CreateQueue', { QueueName: freshName('failed') }, made);
  const { Attributes } = await ask(
    'GetQueueAttributes',
    { QueueUrl: failed, AttributeNames: ['QueueArn'] },
    attributes,
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes['QueueArn'], maxReceiveCount: triesMost });
  const { QueueUrl: url } = await ask(
    'CreateQueue',
    { QueueName: freshName('arrivals'), Attributes: { RedrivePolicy, VisibilityTimeout: '0' } },
    made,
  );
  const take = async (QueueUrl: string): Promise<readonly Message[]> => {
    const query = { QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'] };
    return (await ask('ReceiveMessage', query, received)).Messages;
  };
  return {
    send: (MessageBody: string) =>
      ask('SendMessage', { QueueUrl: url, MessageBody }, z.object({ MessageId: z.string() })),
    next: () => take(url),
    failed: () => take(failed),
    done: ({ ReceiptHandle }: Message) => ask('DeleteMessage', { QueueUrl: url, ReceiptHandle }, z.unknown()),
  };
}
