import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleWorkbook } from '../../../bin/sample/foia-workbook.ts';
import { arrivals, type Message } from '../moto/queue.ts';
import { freshBucket, lockedBucket, client as s3 } from '../versitygw/bucket.ts';
import { dropMessage } from './events.ts';
import { rowsOf } from './lake-rows.ts';
import { type Lambda, lambda, ready } from './lambda.ts';
import { freshSecret } from './secrets.ts';

const triesMost = 3;

describe.skipIf(!ready)('files through the queue of arrivals', () => {
  let files: Lambda;
  let places: { readonly drop: string; readonly lake: string };
  beforeAll(async () => {
    places = { drop: await freshBucket(), lake: await freshBucket() };
    files = await lambda('receive-foia', {
      FOIA_DROP_BUCKET: places.drop,
      CUSTODY_BUCKET: await lockedBucket(),
      LAKE_BUCKET: places.lake,
      PERSON_KEY_SECRET: await freshSecret('person-key'),
    });
  }, 180_000);
  afterAll(() => files?.stop());

  /** What Lambda's event source does: gives the function what it took, and deletes all but what the function names. */
  async function carry(messages: readonly Message[], done: (message: Message) => Promise<unknown>): Promise<void> {
    const [shape] = dropMessage('any', 'any', 0).Records;
    if (!shape) throw new Error('a recorded message');
    const Records = messages.map(({ MessageId, ReceiptHandle, Body }) => ({
      ...shape,
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
    }));
    const { batchItemFailures } = await files.invoke<SQSBatchResponse>({ Records } satisfies SQSEvent);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of messages) if (!failed.has(message.MessageId)) await done(message);
  }
  const bodyOf = (key: string, bytes: number): string => dropMessage(places.drop, key, bytes).Records[0]?.body ?? '';

  it('are taken once, and one that is not there holds no other up and ends where a person looks', async () => {
    const queue = await arrivals(triesMost);
    const workbook = await sampleWorkbook('2026-02-23');
    await s3.send(new PutObjectCommand({ Bucket: places.drop, Key: 'foia/one.xlsx', Body: workbook }));
    await queue.send(bodyOf('foia/gone.csv', 1));
    await queue.send(bodyOf('foia/one.xlsx', workbook.length));
    // One look more than the tries: the service moves a message when it would be given out once too often.
    for (let look = 0; look <= triesMost; look++) {
      const messages = await queue.next();
      if (messages.length > 0) await carry(messages, queue.done);
    }
    expect((await rowsOf(places.lake, 'foia_records')).length).toBeGreaterThan(0);
    expect(await queue.next()).toEqual([]);
    expect((await queue.failed()).map(({ Body }) => Body)).toEqual([bodyOf('foia/gone.csv', 1)]);
  }, 180_000);
});
