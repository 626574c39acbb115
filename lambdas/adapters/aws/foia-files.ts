/**
 * Agency files in S3: a person drops them into one bucket; another keeps, under Object Lock, `foia/<sha256>/`: the `original`, `received.json` (when these bytes first came), one marker
 * for each arrival (`names/<time>-<name>`), `custody.json` and `quarantine-N.ndjson`. Nothing is deleted; a later custody record is a new version.
 */
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaCustody, FoiaFiles } from '#core/ports.ts';
import { inChunks } from './in-chunks.ts';
import { isRefused, type Objects, objects } from './objects.ts';

export type FoiaBuckets = { readonly drop: string; readonly custody: string };

const root = 'foia/';
const foldersAtATime = 8;
const folderOf = (sha256: Sha256): string => `${root}${sha256}/`;
const json = { ContentType: 'application/json' } as const;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Names in order of arrival, a name that came again in its last place. */
async function namesOf(custody: Objects, sha256: Sha256): Promise<readonly string[]> {
  const markers = await custody.list(`${folderOf(sha256)}names/`);
  const names = markers.map((key) => Buffer.from(key.slice(key.lastIndexOf('/') + 27), 'base64url').toString('utf8'));
  return names.filter((name, at) => names.lastIndexOf(name) === at);
}

async function readCustody(custody: Objects, sha256: Sha256): Promise<FoiaCustody | undefined> {
  const bytes = await custody.get(`${folderOf(sha256)}custody.json`);
  // Written by `conclude` below and by nobody else.
  return bytes && { ...(JSON.parse(textOf(bytes)) as FoiaCustody), names: await namesOf(custody, sha256) };
}

export function foiaFiles(client: S3Client, buckets: FoiaBuckets): FoiaFiles {
  const custody = objects(client, buckets.custody);

  /** Copies the dropped bytes; the service refuses them when they are not those that were hashed. */
  async function keepOriginal(key: string, sha256: Sha256): Promise<void> {
    const dropped = await client.send(new GetObjectCommand({ Bucket: buckets.drop, Key: key }));
    invariant(dropped.Body instanceof Readable, 'an object is read as a stream');
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: buckets.custody,
          Key: `${folderOf(sha256)}original`,
          Body: dropped.Body,
          ContentLength: dropped.ContentLength,
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
          IfNoneMatch: '*',
        }),
      );
    } catch (cause) {
      dropped.Body.destroy();
      if (!isRefused(cause)) throw cause;
    }
  }

  async function firstReceived(sha256: Sha256, receivedAt: Instant): Promise<Instant> {
    const marker = Buffer.from(JSON.stringify({ receivedAt }));
    const standing = await custody.putIfAbsent(`${folderOf(sha256)}received.json`, marker, json);
    if (!standing) return receivedAt;
    const first = instantOf((JSON.parse(textOf(standing)) as { receivedAt: string }).receivedAt);
    invariant(first, 'the first arrival of a file is a moment');
    return first;
  }

  return {
    async open(key) {
      const object = { Bucket: buckets.drop, Key: key };
      const { ContentLength: size, ETag } = await client.send(new HeadObjectCommand(object));
      invariant(size !== undefined && ETag, 'a dropped file has a size and a tag');
      return {
        name: basename(key),
        content: {
          size,
          async read(offset, length) {
            const end = Math.min(offset + length, size);
            if (end <= offset) return new Uint8Array();
            // The tag makes a file that was replaced in between a fault.
            const range = { Range: `bytes=${offset}-${end - 1}`, IfMatch: ETag };
            const { Body } = await client.send(new GetObjectCommand({ ...object, ...range }));
            invariant(Body, 'a range of an object has bytes');
            return Body.transformToByteArray();
          },
        },
        close: async () => undefined,
      };
    },

    async keep({ sha256, name, key, receivedAt }) {
      const known = await custody.get(`${folderOf(sha256)}received.json`);
      if (!known) await keepOriginal(key, sha256);
      const first = await firstReceived(sha256, receivedAt);
      const marker = `${receivedAt}--${Buffer.from(name).toString('base64url')}`;
      await custody.putIfAbsent(`${folderOf(sha256)}names/${marker}`, Buffer.from(name));
      const record = await readCustody(custody, sha256);
      return { receivedAt: first, ...(record ? { custody: record } : {}) };
    },

    async conclude(record) {
      const bytes = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
      await custody.put(`${folderOf(record.sha256)}custody.json`, bytes, json);
    },

    async quarantine(file, part, ndjson) {
      const details = { ContentType: 'application/x-ndjson' };
      await custody.put(`${folderOf(file)}quarantine-${part}.ndjson`, Buffer.from(ndjson), details);
    },

    async list() {
      const folders = await custody.list(root, 'folders');
      const hashes = folders.map((folder) => folder.slice(root.length, -1)).filter(isSha256);
      const found = await inChunks(hashes, foldersAtATime, (sha256) => readCustody(custody, sha256));
      return found
        .filter((record) => record !== undefined)
        .sort((a, b) =>
          a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : a.sha256 < b.sha256 ? -1 : 1,
        );
    },
  };
}

const isSha256 = (name: string): name is Sha256 => /^[0-9a-f]{64}$/.test(name);
