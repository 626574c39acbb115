/** Objects of one bucket, written once: a put that finds something there answers what stands. Every put carries its SHA-256, which the service checks before it keeps the object. */
import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { pause } from './client-settings.ts';

/** Thrown when S3 neither took an object nor said why for good. */
class ObjectError extends Error {
  override name = 'ObjectError';
}

export type ObjectDetails = Pick<PutObjectCommandInput, 'ContentType' | 'CacheControl' | 'Metadata'>;
export type Objects = {
  get(key: string): Promise<Uint8Array | undefined>;
  /** Answers what stands under the key, or undefined when these bytes were written. */
  putIfAbsent(key: string, bytes: Uint8Array, details?: ObjectDetails): Promise<Uint8Array | undefined>;
  /** Puts a new version over whatever stands. */
  put(key: string, bytes: Uint8Array, details?: ObjectDetails): Promise<void>;
  /** Keys with the prefix, in their order; with `folders`, only the next level of folders, each with its `/`. */
  list(prefix: string, folders?: 'folders'): Promise<readonly string[]>;
};

const triesMax = 8;
const statusOf = (cause: unknown): number | undefined =>
  cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
/** The condition of a put did not hold (412). */
export const isRefused = (cause: unknown): boolean => statusOf(cause) === 412;
/** Another conditional put of the same key was at work (409); nothing is known. */
export const isCrossed = (cause: unknown): boolean => statusOf(cause) === 409;

export const checksumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

export function objects(client: S3Client, bucket: string): Objects {
  const putting = (key: string, bytes: Uint8Array, details: ObjectDetails) => ({
    Bucket: bucket,
    Key: key,
    Body: bytes,
    ContentLength: bytes.length,
    ChecksumSHA256: checksumOf(bytes),
    ...details,
  });
  const there: Objects = {
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (cause) {
        if (cause instanceof NoSuchKey) return undefined;
        throw cause;
      }
    },

    async putIfAbsent(key, bytes, details = {}) {
      for (let attempt = 1; attempt <= triesMax; attempt++) {
        try {
          await client.send(new PutObjectCommand({ ...putting(key, bytes, details), IfNoneMatch: '*' }));
          return undefined;
        } catch (cause) {
          if (!isRefused(cause) && !isCrossed(cause)) throw cause;
          const standing = isRefused(cause) ? await there.get(key) : undefined;
          if (standing) return standing;
          await pause(attempt, 50, 1_000);
        }
      }
      throw new ObjectError('the object is put by others again and again');
    },

    async put(key, bytes, details = {}) {
      await client.send(new PutObjectCommand(putting(key, bytes, details)));
    },

    async list(prefix, folders) {
      const found: string[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            ...(folders ? { Delimiter: '/' } : {}),
            ...(next === undefined ? {} : { ContinuationToken: next }),
          }),
        );
        const names = folders ? page.CommonPrefixes?.map(({ Prefix }) => Prefix) : page.Contents?.map(({ Key }) => Key);
        for (const name of names ?? []) if (name !== undefined) found.push(name);
        next = page.NextContinuationToken;
      } while (next !== undefined);
      return found;
    },
  };
  return there;
}
