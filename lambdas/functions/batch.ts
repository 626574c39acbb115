/** The edge that all queue-fed functions share: a message carries one event of S3; one that fails is answered as its own failure and comes again. */
import type { S3Event, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';

const carried = z.looseObject({ Records: z.array(z.looseObject({})).optional(), Event: z.string().optional() });

/** S3 sends one message without records when the notification is set up; it announces no file. */
const isAnnouncement = (body: z.infer<typeof carried>): boolean => body.Event === 's3:TestEvent';

/** Gives each message's event to a function of S3 events, one after the other. A fault is told to `failed`, not thrown, so that the other messages count as done. */
export const eachDrop =
  (take: (event: S3Event) => Promise<unknown>, failed: (cause: unknown) => void) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const failures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      try {
        const message = carried.parse(JSON.parse(body));
        if (!isAnnouncement(message)) await take(JSON.parse(body) as S3Event);
      } catch (cause) {
        failures.push({ itemIdentifier: messageId });
        failed(cause);
      }
    }
    return { batchItemFailures: failures };
  };
