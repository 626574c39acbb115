import { randomUUID } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { genesis, type LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { ReleaseLedger } from '#core/ports.ts';
import { inChunks } from './in-chunks.ts';
import { checksumOf, isCrossed, isRefused, objects } from './objects.ts';

const prefix = 'ledger/';
const keyOf = (seq: number): string => `${prefix}${String(seq).padStart(6, '0')}.json`;
const readsAtATime = 16;

/**
 * The release ledger as objects `ledger/<seq>.json` under Object Lock, each put only where nothing stands: of many writers on one head exactly one succeeds.
 * Every put names its writer, so that a writer whose answer was lost knows its own entry again. `count` reads no entry.
 */
export function releaseLedger(client: S3Client, bucket: string): ReleaseLedger & { count(): Promise<number> } {
  const there = objects(client, bucket);

  async function keys(): Promise<readonly string[]> {
    const found = await there.list(prefix);
    for (const [at, key] of found.entries())
      if (key !== keyOf(at + 1)) throw new Error(`release ledger: ${keyOf(at + 1)} is missing beside ${key}`);
    return found;
  }

  async function read(key: string): Promise<LedgerEntry> {
    const bytes = await there.get(key);
    if (!bytes) throw new Error(`release ledger: ${key} is listed and cannot be read`);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as LedgerEntry;
  }

  return {
    count: async () => (await keys()).length,
    entries: async () => inChunks(await keys(), readsAtATime, read),
    async append(entry) {
      const standing = await keys();
      const last = standing.at(-1);
      const head = last === undefined ? genesis : (await read(last)).hash;
      if (entry.seq !== standing.length + 1 || entry.previous !== head) return false;
      const body = Buffer.from(canonicalJson(entry));
      const writer = randomUUID();
      const object = { Bucket: bucket, Key: keyOf(entry.seq) };
      try {
        await client.send(
          new PutObjectCommand({
            ...object,
            Body: body,
            ContentLength: body.length,
            ContentType: 'application/json',
            ChecksumSHA256: checksumOf(body),
            IfNoneMatch: '*',
            Metadata: { writer },
          }),
        );
        return true;
      } catch (cause) {
        if (isCrossed(cause)) return false;
        if (!isRefused(cause)) throw cause;
        return (await client.send(new HeadObjectCommand(object))).Metadata?.['writer'] === writer;
      }
    },
  };
}
