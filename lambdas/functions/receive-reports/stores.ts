/** Where the intake keeps what it takes in. A module of its own, loaded by the first request and not by the start (decisions/0016). */
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { kms } from '#adapters/aws/kms-client.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { reportStore } from '#adapters/aws/report-store.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { sealer } from '#adapters/aws/sealer.ts';
import type { CommitPorts } from './commit-submission.ts';
import type { env } from './env.ts';

/** The store of reports, the raw objects and the sealer that the surroundings name. */
export const storesOf = (
  given: Readonly<Record<(typeof env)[number], string>>,
): Pick<CommitPorts, 'store' | 'raw' | 'sealer'> => ({
  store: reportStore(dynamodb, given.REPORT_TABLE),
  raw: rawObjects(s3, given.RAW_BUCKET),
  sealer: sealer(dynamodb, kms, { table: given.KEY_TABLE, sealKey: given.SEAL_KEY }),
});
