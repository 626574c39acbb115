import type { DynamoDBRecord } from 'aws-lambda';
import type { LocalStore } from './store.ts';

/** New receipts in order of commit, in the shape of a DynamoDB stream. Reading changes nothing; a consumer's own durable cursor says how far it came. */
export type ReceiptFeed = {
  read(afterSequence: number, limit: number): Promise<readonly DynamoDBRecord[]>;
  /** The number of the newest entry, 0 when there is none. */
  newest(): number;
  cursor(consumer: string): FeedCursor;
};
/**
 * How far a consumer came. `claim` says durably where the batch it is about to take ends, so that after a crash the same batch is cut again and what is named
 * by it is written again instead of beside itself. `advance` is durable when it resolves and never goes back; an entry after `position` is read again.
 */
type FeedCursor = {
  position(): number;
  claimed(): number;
  claim(sequence: number): Promise<void>;
  advance(sequence: number): Promise<void>;
};

export function receiptFeed(store: LocalStore): ReceiptFeed {
  return {
    async read(afterSequence, limit) {
      const records: DynamoDBRecord[] = [];
      for (const { key, value } of store.feed.getRange({ start: afterSequence + 1, limit })) {
        records.push({
          eventID: `local-${key}`,
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'local',
          eventSourceARN: 'arn:aws:dynamodb:local:000000000000:table/reports/stream/local',
          dynamodb: {
            ApproximateCreationDateTime: Math.floor(Date.parse(value.receivedAt) / 1000),
            SequenceNumber: String(key),
            StreamViewType: 'NEW_IMAGE',
            NewImage: {
              submission_id: { S: value.submissionId },
              department_id: { S: value.department },
              raw: { S: value.raw },
              received_at: { S: value.receivedAt },
            },
          },
        });
      }
      return records;
    },
    newest: () => {
      for (const number of store.feed.getKeys({ reverse: true, limit: 1 })) return number;
      return 0;
    },
    cursor: (consumer) => ({
      position: () => store.cursors.get(consumer) ?? 0,
      claimed: () => store.cursors.get(`${consumer}:claimed`) ?? 0,
      claim: async (sequence) => {
        await store.cursors.put(`${consumer}:claimed`, sequence);
      },
      advance: async (sequence) => {
        await store.root.transaction(() => {
          if (sequence > (store.cursors.get(consumer) ?? 0)) store.cursors.put(consumer, sequence);
        });
      },
    }),
  };
}
