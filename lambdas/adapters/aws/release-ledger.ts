import { randomUUID } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { genesis, type LedgerRecord, type SealedEvidence } from '#core/disclosure/ledger-entry.ts';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { ReleaseLedger } from '#core/ports.ts';
import { inChunks } from './in-chunks.ts';
import { checksumOf, isCrossed, isRefused, objects } from './objects.ts';

const prefix = 'ledger/';
const keyOf = (seq: number): string => `${prefix}${String(seq).padStart(6, '0')}.json`;
const sealedKeyOf = (hash: string): string => `sealed/${hash}.json`;
const readsAtATime = 16;
const json = { ContentType: 'application/json' };

/**
 * The release ledger as objects `ledger/<seq>.json` under Object Lock, each put only where nothing stands: of many writers on one head exactly one succeeds. What is sealed
 * lies under its hash in `sealed/`, which those who read links have no right to. Every put of a link names its writer, so that a writer whose answer was lost knows its own
 * entry again. `count` reads no link.
 */
export function releaseLedger(client: S3Client, bucket: string): ReleaseLedger & { count(): Promise<number> } {
  const there = objects(client, bucket);

  async function keys(): Promise<readonly string[]> {
    const found = await there.list(prefix);
    for (const [at, key] of found.entries())
      if (key !== keyOf(at + 1)) throw new Error(`release ledger: ${keyOf(at + 1)} is missing beside ${key}`);
    return found;
  }

  async function read<Value>(key: string): Promise<Value> {
    const bytes = await there.get(key);
    if (!bytes) throw new Error(`release ledger: ${key} cannot be read`);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Value;
  }

  /** Named by its content, so whoever came first wrote the same. Who appends need not be able to read what is sealed. */
  async function seal(hash: string, text: string): Promise<void> {
    const body = Buffer.from(text);
    const object = { Bucket: bucket, Key: sealedKeyOf(hash), Body: body, ContentLength: body.length };
    const put = new PutObjectCommand({ ...object, ...json, ChecksumSHA256: checksumOf(body), IfNoneMatch: '*' });
    await client.send(put).catch((cause: unknown) => {
      if (!isRefused(cause)) throw cause;
    });
  }

  const records = async () => inChunks(await keys(), readsAtATime, (key) => read<LedgerRecord>(key));

  return {
    records,
    count: async () => (await keys()).length,
    entries: async () =>
      inChunks(await records(), readsAtATime, async (record) => ({
        ...record,
        sealed: await read<SealedEvidence>(sealedKeyOf(record.evidence)),
      })),
    async certificate({ certificate }) {
      const bytes = certificate === undefined ? undefined : await there.get(sealedKeyOf(certificate));
      return bytes && Buffer.from(bytes).toString('utf8');
    },
    async append(entry, certificate) {
      const standing = await keys();
      const last = standing.at(-1);
      const head = last === undefined ? genesis : (await read<LedgerRecord>(last)).hash;
      if (entry.seq !== standing.length + 1 || entry.previous !== head) return false;
      const { sealed, ...record } = entry;
      await seal(entry.evidence, canonicalJson(sealed));
      if (entry.certificate && certificate !== undefined) await seal(entry.certificate, certificate);
      const body = Buffer.from(canonicalJson(record));
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
