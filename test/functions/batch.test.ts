import type { S3Event, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eachDrop } from '#functions/batch.ts';

const event = (...bodies: readonly string[]) =>
  ({ Records: bodies.map((body, at) => ({ messageId: `message-${at}`, body })) }) as SQSEvent;
const drop = (key: string) => JSON.stringify({ Records: [{ eventSource: 'aws:s3', s3: { object: { key } } }] });

describe('drops through a queue', () => {
  it('gives each event of S3 on as it came', async () => {
    const taken: S3Event[] = [];
    const handler = eachDrop(
      async (one) => taken.push(one),
      () => undefined,
    );
    expect(await handler(event(drop('foia/a.xlsx'), drop('foia/b+c.csv')))).toEqual({ batchItemFailures: [] });
    expect(taken.map(({ Records }) => Records[0]?.s3.object.key)).toEqual(['foia/a.xlsx', 'foia/b+c.csv']);
  });

  it('answers a message that fails as its own failure and takes the others', async () => {
    const causes: unknown[] = [];
    const take = async ({ Records }: S3Event) => {
      if (Records[0]?.s3.object.key === 'foia/bad.xlsx') throw new Error('no');
    };
    const handler = eachDrop(take, (cause) => causes.push(cause));
    const answer = await handler(event(drop('foia/good.xlsx'), drop('foia/bad.xlsx'), '{', drop('foia/more.xlsx')));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }]);
    expect(causes).toHaveLength(2);
  });

  it('passes over the announcement that S3 sends when the queue is set up', async () => {
    const handler = eachDrop(
      () => Promise.reject(new Error('no file')),
      () => undefined,
    );
    const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'drop' });
    expect(await handler(event(body))).toEqual({ batchItemFailures: [] });
  });
});
