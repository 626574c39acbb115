import type { S3Client } from '@aws-sdk/client-s3';
import type { RawObjects } from '#core/ports.ts';
import { objects } from './objects.ts';

/** Raw objects in a bucket that keeps them under Object Lock. An answered put is durable; one whose answer was lost is found standing by the next try. */
export function rawObjects(client: S3Client, bucket: string): RawObjects {
  const raw = objects(client, bucket);
  return {
    putIfAbsent: (key, bytes) => raw.putIfAbsent(key, bytes, { ContentType: 'application/json' }),
    get: raw.get,
  };
}
