/**
 * Agency files in S3: a person drops them into one bucket (`foia/`), where the pages also put what a person asked for (`orders/`); another keeps them under Object Lock,
 * laid out as `../anywhere/foia-custody.ts` says. Nothing is deleted; a later custody record is a new version.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FoiaOriginal, OpenedOriginal } from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { blocksOf } from '#core/domain/random-access.ts';
import type { FoiaFiles } from '#core/ports.ts';
import { foiaCustody } from '../anywhere/foia-custody.ts';
import { isRefused, objects } from './objects.ts';

export type FoiaBuckets = { readonly drop: string; readonly custody: string };

const json = { ContentType: 'application/json' } as const;

export function foiaFiles(client: S3Client, buckets: FoiaBuckets): FoiaFiles {
  const custody = objects(client, buckets.custody);
  const kinds = (key: string) =>
    key.endsWith('.json') ? json : key.endsWith('.ndjson') ? { ContentType: 'application/x-ndjson' } : {};

  async function opened(bucket: string, key: string): Promise<OpenedOriginal & { readonly tag: string }> {
    const object = { Bucket: bucket, Key: key };
    const { ContentLength: size, ETag } = await client.send(new HeadObjectCommand(object));
    invariant(size !== undefined && ETag, 'a dropped file has a size and a tag');
    return {
      tag: ETag,
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
  }

  /** A dropped file hashed by ranges, and its bytes once more as a stream: those that were hashed, or a fault. */
  async function dropped(key: string) {
    const { content, tag } = await opened(buckets.drop, key);
    const hash = createHash('sha256');
    for await (const bytes of blocksOf(content)) hash.update(bytes);
    const stream = async () => {
      const object = { Bucket: buckets.drop, Key: key, IfMatch: tag };
      const { Body } = await client.send(new GetObjectCommand(object));
      invariant(Body instanceof Readable, 'an object is read as a stream');
      return Body;
    };
    return { sha256: hash.digest('hex') as Sha256, bytes: content.size, stream };
  }

  async function copied(original: FoiaOriginal, known: Sha256 | undefined) {
    if ('key' in original) {
      const found = await dropped(original.key);
      invariant(known === undefined || known === found.sha256, 'a dropped file has the hash that is known of it');
      return found;
    }
    invariant(known, 'a file of an archive was hashed before');
    const stream = async () => Readable.from(original.read(), { objectMode: false });
    return { sha256: known, bytes: original.bytes, stream };
  }

  async function put(key: string, file: Sha256, bytes: number, stream: () => Promise<Readable>): Promise<void> {
    const Body = await stream();
    const ChecksumSHA256 = Buffer.from(file, 'hex').toString('base64');
    const object = { Bucket: buckets.custody, Key: key, ContentLength: bytes, ChecksumSHA256, IfNoneMatch: '*' };
    try {
      await client.send(new PutObjectCommand({ ...object, Body }));
    } catch (cause) {
      Body.destroy();
      if (!isRefused(cause)) throw cause;
    }
  }

  const openKept = (file: Sha256) => opened(buckets.custody, `foia/${file}/original`);

  return foiaCustody(
    {
      get: custody.get,
      putIfAbsent: (key, bytes) => custody.putIfAbsent(key, bytes, kinds(key)),
      put: (key, bytes) => custody.put(key, bytes, kinds(key)),
      list: custody.list,
    },
    {
      open: (key) => opened(buckets.drop, key),

      openKept,

      /** Copies the bytes when they get their place; the service refuses them when they are not those of the hash. They are read from there. */
      async take(original, known) {
        const { sha256, bytes, stream } = await copied(original, known);
        let placed = Promise.resolve();
        let kept: Promise<OpenedOriginal> | undefined;
        return {
          sha256,
          content: {
            size: bytes,
            async read(offset, length) {
              kept ??= placed.then(() => openKept(sha256));
              return (await kept).content.read(offset, length);
            },
          },
          close: async () => undefined,
          place(key) {
            placed = put(key, sha256, bytes, stream);
            return placed;
          },
        };
      },

      async order(order) {
        const key = `orders/${order.id}.json`;
        await objects(client, buckets.drop).put(key, Buffer.from(JSON.stringify(order)), json);
      },
    },
  );
}
