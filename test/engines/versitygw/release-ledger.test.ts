import { describe, expect, it } from 'vitest';
import { releaseLedger } from '#adapters/aws/release-ledger.ts';
import { ledgerEntry, releaseLedgerContract } from '../../adapters/release-ledger.contract.ts';
import { s3 } from '../stand-in.ts';
import { client, lockedBucket } from './bucket.ts';
import { losingAnswers } from './lost-answers.ts';

describe.skipIf(!s3)('in S3', () => {
  releaseLedgerContract('S3', async () => releaseLedger(client, await lockedBucket()));

  it('knows its own entry again when the answer to its put was lost', async () => {
    const bucket = await lockedBucket();
    const lossy = losingAnswers('PutObjectCommand');
    expect(await releaseLedger(lossy.client, bucket).append(ledgerEntry(1))).toBe(true);
    expect(lossy.lost()).toBe(1);
    expect(await releaseLedger(client, bucket).count()).toBe(1);
  });
});
