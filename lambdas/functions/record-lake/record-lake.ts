/**
 * The change feed into the lake: each receipt's report versions become rows, one object for each batch and month of recording.
 * The feed delivers at least once and may cut its batches anew: equal deliveries give equal objects, and every question counts a version once.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import type { City } from '#core/domain/city.ts';
import { readSubmissionId, type SubmissionId } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { SubmissionRecord } from '#core/domain/submission.ts';
import { partitionOf } from '#core/lake/partition.ts';
import { reportRows } from '#core/lake/report-rows.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import type { Lake, Log, RawObjects } from '#core/ports.ts';

export type RecordLakePorts = {
  readonly raw: Pick<RawObjects, 'get'>;
  readonly lake: Pick<Lake, 'append'>;
  readonly city: City;
  readonly log: Log;
};

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const receiptImage = z.object({
  submission_id: text,
  department_id: text,
  raw: text,
  received_at: text.transform((value, context) => {
    const at = instantOf(value);
    if (at) return at;
    context.addIssue('not an instant');
    return z.NEVER;
  }),
});
const rawRecord = z.looseObject({ schema: z.literal(1), submissionId: z.string(), rows: z.array(z.unknown()) });

const atATime = 32;
const rowsPerObject = 100_000;

type Receipt = z.output<typeof receiptImage>;
type Read = { readonly sequence: string; readonly receivedAt: Instant; readonly rows: LakeRow<'report_versions'>[] };
/** Neighbours of the feed that go into one object; a record that failed ends a run, so that a name always means the same records. */
type Run = { readonly month: string; readonly records: Read[]; rows: number };

/**
 * Records a batch of receipts. A record that cannot be read is answered as its own failure and holds back no other; when the lake does not take an object, everything in
 * it is answered as failed.
 */
export const recordLake =
  (ports: RecordLakePorts) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failures: string[] = [];
    let run: Run | undefined;
    const close = async (): Promise<void> => {
      if (run) failures.push(...(await write(ports, run)));
      run = undefined;
    };
    const inserts = event.Records.filter(({ eventName }) => eventName === 'INSERT');
    for (let at = 0; at < inserts.length; at += atATime) {
      const batch = inserts.slice(at, at + atATime).map(async (record) => {
        const sequence = record.dynamodb?.SequenceNumber;
        invariant(sequence && /^[0-9]+$/.test(sequence), 'a record of the feed has a sequence number');
        const read = await readRecord(ports, sequence, record.dynamodb?.NewImage).catch((cause: unknown) => {
          const named = receiptImage.safeParse(record.dynamodb?.NewImage).data?.submission_id;
          ports.log.error('receipt:unrecorded', cause, {
            submission: named === undefined ? undefined : readSubmissionId(named),
          });
          return undefined;
        });
        return { sequence, read };
      });
      for (const { sequence, read } of await Promise.all(batch)) {
        if (!read) {
          await close();
          failures.push(sequence);
          continue;
        }
        const month = partitionOf(read.receivedAt);
        if (run && (run.month !== month || run.rows + read.rows.length > rowsPerObject)) await close();
        run ??= { month, records: [], rows: 0 };
        run.records.push(read);
        run.rows += read.rows.length;
      }
    }
    await close();
    ports.log.info('batch:recorded', { receipts: inserts.length - failures.length, failed: failures.length });
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };

async function readRecord(ports: RecordLakePorts, sequence: string, image: unknown): Promise<Read> {
  const receipt = receiptImage.parse(image);
  const bytes = await ports.raw.get(receipt.raw);
  invariant(bytes, 'the raw object of a receipt stands before the receipt does');
  const record = openRecord(bytes, receipt);
  const { submissionId } = record;
  return {
    sequence,
    receivedAt: receipt.received_at,
    rows: reportRows(record, { submissionId, receivedAt: receipt.received_at }, ports.city),
  };
}

/** The raw object was written by receive-reports alone, from checked values; only its identity is checked again. */
function openRecord(bytes: Uint8Array, receipt: Receipt): SubmissionRecord {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const { submissionId } = rawRecord.parse(value);
  invariant(submissionId === receipt.submission_id, 'a receipt names its own raw object');
  return value as SubmissionRecord & { readonly submissionId: SubmissionId };
}

async function write(ports: RecordLakePorts, { month, records }: Run): Promise<string[]> {
  const rows = records.flatMap((record) => record.rows);
  const first = records[0];
  const last = records.at(-1);
  if (!first || !last || rows.length === 0) return [];
  try {
    await ports.lake.append('report_versions', { partition: month, name: `${first.sequence}-${last.sequence}` }, rows);
    return [];
  } catch (cause) {
    ports.log.error('object:unwritten', cause, { receipts: records.length, rows: rows.length });
    return records.map(({ sequence }) => sequence);
  }
}
