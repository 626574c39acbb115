/**
 * Agency files in S3: a person drops them into one bucket (`foia/`), where the pages also put what a person asked for (`orders/`); another keeps them under Object Lock,
 * laid out as `../anywhere/foia-custody.ts` says. Nothing is deleted; a later custody record is a new version.
 */
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaFiles, OpenedOriginal } from '#core/ports.ts';
import { foiaCustody } from '../anywhere/foia-custody.ts';
import { isRefused, objects } from './objects.ts';

export type FoiaBuckets = { readonly drop: string; readonly custody: string };

const json = { ContentType: 'application/json' } as const;

export function foiaFiles(client: S3Client, buckets: FoiaBuckets): FoiaFiles {
  const custody = objects(client, buckets.custody);
  const kinds = (key: string) =>
    key.endsWith('.json') ? json : key.endsWith('.ndjson') ? { ContentType: 'application/x-ndjson' } : {};

  async function opened(bucket: string, key: string): Promise<OpenedOriginal> {
    const object = { Bucket: bucket, Key: key };
    const { ContentLength: size, ETag } = await client.send(new HeadObjectCommand(object));
    invariant(size !== undefined && ETag, 'a dropped file has a size and a tag');
    return {
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

  async function dropped(key: string): Promise<{ readonly body: Readable; readonly length: number }> {
    const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: buckets.drop, Key: key }));
    invariant(Body instanceof Readable && ContentLength !== undefined, 'an object is read as a stream');
    return { body: Body, length: ContentLength };
  }

  return foiaCustody(
    {
      get: custody.get,
      putIfAbsent: (key, bytes) => custody.putIfAbsent(key, bytes, kinds(key)),
      put: (key, bytes) => custody.put(key, bytes, kinds(key)),
      list: custody.list,
    },
    {
      open: async (key) => ({ name: basename(key), ...(await opened(buckets.drop, key)) }),

      openKept: (file) => opened(buckets.custody, `foia/${file}/original`),

      /** Copies the bytes; the service refuses them when they are not those that were hashed. */
      async keepOriginal(key, file, original) {
        const { body, length } =
          'key' in original
            ? await dropped(original.key)
            : { body: Readable.from(original.read(), { objectMode: false }), length: original.bytes };
        try {
          await client.send(
            new PutObjectCommand({
              Bucket: buckets.custody,
              Key: key,
              Body: body,
              ContentLength: length,
              ChecksumSHA256: Buffer.from(file, 'hex').toString('base64'),
              IfNoneMatch: '*',
            }),
          );
        } catch (cause) {
          body.destroy();
          if (!isRefused(cause)) throw cause;
        }
      },

      async order(order) {
        const key = `orders/${order.id}.json`;
        await objects(client, buckets.drop).put(key, Buffer.from(JSON.stringify(order)), json);
      },
    },
  );
}
