import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { ReceiptFeed } from '#adapters/local/receipt-feed.ts';
import { FeedPump } from '../../../bin/local/feed-pump.ts';

/** A feed of numbered records whose cursor is kept in memory. */
function feedOf(first: number): ReceiptFeed & { position(): number; grow(more: number): void } {
  let count = first;
  let at = 0;
  let claimed = 0;
  const record = (number: number): DynamoDBRecord => ({ dynamodb: { SequenceNumber: String(number) } });
  return {
    read: async (after, limit) =>
      Array.from({ length: Math.max(0, Math.min(limit, count - after)) }, (_, place) => record(after + place + 1)),
    newest: () => count,
    cursor: () => ({
      position: () => at,
      claimed: () => claimed,
      claim: async (to) => {
        claimed = to;
      },
      advance: async (to) => {
        at = Math.max(at, to);
      },
    }),
    position: () => at,
    grow: (more) => {
      count += more;
    },
  };
}

const numbers = ({ Records }: DynamoDBStreamEvent): number[] =>
  Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));

describe('the feed pump', () => {
  it('carries every record once, in order, in batches', async () => {
    const feed = feedOf(2500);
    const seen: number[] = [];
    await new FeedPump(feed, async (event) => {
      seen.push(...numbers(event));
      return { batchItemFailures: [] };
    }).drain();
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, place) => place + 1));
    expect(feed.position()).toBe(2500);
  });

  it('starts again at the first failed record and not before', async () => {
    const feed = feedOf(10);
    const turns: number[][] = [];
    await new FeedPump(feed, async (event) => {
      turns.push(numbers(event));
      return { batchItemFailures: turns.length === 1 ? [{ itemIdentifier: '4' }] : [] };
    }).drain();
    expect(turns).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [4, 5, 6, 7, 8, 9, 10],
    ]);
  });

  it('cuts the batch of a crash again as it was, though more has come since', async () => {
    const feed = feedOf(7);
    const lost = new FeedPump(feed, async () => {
      throw new Error('the process died after the lake was written');
    });
    await expect(lost.drain()).rejects.toThrow('died');
    feed.grow(5);
    const turns: number[][] = [];
    await new FeedPump(feed, async (event) => {
      turns.push(numbers(event));
      return { batchItemFailures: [] };
    }).drain();
    expect(turns).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [8, 9, 10, 11, 12],
    ]);
  });

  it('gives up loudly on a record that keeps failing and leaves the cursor before it', async () => {
    const feed = feedOf(5);
    const pump = new FeedPump(feed, async () => ({ batchItemFailures: [{ itemIdentifier: '3' }] }));
    await expect(pump.drain()).rejects.toThrow('again and again');
    expect(feed.position()).toBe(2);
  });
});
