import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { client } from '../versitygw/bucket.ts';

/** Every row of a table of the lake in S3, read by a reader that is not the writer's. */
export async function rowsOf(bucket: string, table: string): Promise<readonly Record<string, unknown>[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${table}/` }));
  const rows = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = await Body?.transformToByteArray();
      return parquetReadObjects({ file: new Uint8Array(bytes ?? []).buffer });
    }),
  );
  return rows.flat();
}
