/**
 * Carries new receipts from the store to their function, as a DynamoDB stream does: in order, in batches, at least once. The cursor moves only past
 * what the function did not report as failed; a failed record is tried again from where it stands.
 */
import { feeds } from '#functions/triggers.ts';

export type Batch = {
  readonly event: { readonly Records: readonly { readonly dynamodb?: { readonly SequenceNumber?: string } }[] };
  readonly last: number;
};
export type Feed = { read(limit: number): Promise<Batch | undefined>; advance(to: number): Promise<void> };
type Consumer = (
  event: Batch['event'],
) => Promise<{ readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }>;

/** How long a batch may wait to fill, in milliseconds (the batching window of the stream). */
const windowMs = 1000;
const attemptsMax = 5;

export class FeedPump {
  readonly #feed: Feed;
  readonly #consume: Consumer;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(feed: Feed, consume: Consumer) {
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
    let failures = 0;
    for (;;) {
      const batch = await this.#feed.read(feeds[0].batch);
      if (!batch) return;
      const { batchItemFailures } = await this.#consume(batch.event);
      const failed = batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
      if (failed.length === 0) {
        await this.#feed.advance(batch.last);
        failures = 0;
        continue;
      }
      await this.#feed.advance(Math.min(...failed) - 1);
      if (++failures === attemptsMax) throw new Error('the lake refuses a receipt again and again');
    }
  }
}
