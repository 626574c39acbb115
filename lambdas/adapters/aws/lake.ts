import type { S3Client } from '@aws-sdk/client-s3';
import { lakeObject, mustStandAs, nameIn } from '#core/lake/lake-object.ts';
import type { Lake } from '#core/ports.ts';
import { objects } from './objects.ts';

/** The lake in a bucket, as the Glue tables project it. Throws LakeError when other rows stand under the key. */
export function lake(client: S3Client, bucket: string): Lake {
  const parquet = objects(client, bucket);
  return {
    async newest(table) {
      const keys = await parquet.list(`${table}/`);
      return keys.map(nameIn).at(-1);
    },

    async append(table, at, rows) {
      const made = lakeObject(table, at, rows);
      const { key } = made.written;
      const standing = await parquet.putIfAbsent(key, made.bytes, { ContentType: 'application/vnd.apache.parquet' });
      if (standing) mustStandAs(made, standing);
      return made.written;
    },
  };
}
