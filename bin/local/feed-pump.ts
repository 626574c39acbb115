/**
 * Carries new receipts from the store to their function, as a DynamoDB stream does: in order, in batches, at least once. The cursor moves only past
 * what the function did not report as failed; a failed record is tried again from where it stands.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { ReceiptFeed } from '#adapters/local/receipt-feed.ts';
import { feeds } from '#functions/triggers.ts';

type Consumer = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** How long a batch may wait to fill, in milliseconds (the batching window of the stream). */
const windowMs = 1000;
const attemptsMax = 5;

export class FeedPump {
  readonly #feed: ReceiptFeed;
  readonly #consume: Consumer;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(feed: ReceiptFeed, consume: Consumer) {
    this.#feed = feed;
    this.#consume = consume;
  }

  start(): void {
    this.#timer = setInterval(() => void this.drain().catch(() => undefined), windowMs);
  }

  /** Returns when everything committed before the call has reached the function. Throws when a record keeps failing. */
  drain(): Promise<void> {
    this.#running = this.#running.then(
      () => this.#carry(),
      () => this.#carry(),
    );
    return this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running.catch(() => undefined);
  }

  async #carry(): Promise<void> {
    const [{ name, batch }] = feeds;
    const cursor = this.#feed.cursor(name);
    for (let failures = 0; ; ) {
      const position = cursor.position();
      // A batch that a crash cut short is taken again as it was; otherwise it is as large as there is.
      const open = cursor.claimed() - position;
      const records = await this.#feed.read(position, open > 0 ? Math.min(open, batch) : batch);
      const last = records.at(-1)?.dynamodb?.SequenceNumber;
      if (last === undefined) return;
      if (open <= 0) await cursor.claim(Number(last));
      const { batchItemFailures } = await this.#consume({ Records: [...records] });
      if (batchItemFailures.length === 0) {
        await cursor.advance(Number(last));
        failures = 0;
        continue;
      }
      await cursor.advance(Math.min(...batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier))) - 1);
      if (++failures === attemptsMax) throw new Error('the lake refuses a receipt again and again');
    }
  }
}
