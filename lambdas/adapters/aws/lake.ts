import type { S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { parquetOf } from '#core/lake/parquet.ts';
import type { LakeRow, LakeTableName } from '#core/lake/tables.ts';
import type { Lake } from '#core/ports.ts';
import { objects } from './objects.ts';

/** Thrown when an object of the lake would be replaced by another: the same key always holds the same bytes. */
class LakeError extends Error {
  override name = 'LakeError';
}

/** The lake in a bucket, `<table>/recorded_month=YYYY-MM/<name>.parquet`, as the Glue tables project it. Throws LakeError when other rows stand under the key. */
export function lake(client: S3Client, bucket: string): Lake {
  const parquet = objects(client, bucket);
  return {
    async append<Table extends LakeTableName>(
      table: Table,
      at: { readonly partition: string; readonly name: string },
      rows: readonly LakeRow<Table>[],
    ) {
      invariant(/^\d{4}-\d\d$/.test(at.partition), 'a partition of the lake is a month');
      invariant(/^[A-Za-z0-9][A-Za-z0-9-]{0,199}$/.test(at.name), 'an object of the lake has a plain name');
      const key = `${table}/recorded_month=${at.partition}/${at.name}.parquet`;
      const bytes = parquetOf(table, rows);
      const written = { key, sha256: sha256(bytes), bytes: bytes.length };
      const standing = await parquet.putIfAbsent(key, bytes, { ContentType: 'application/vnd.apache.parquet' });
      if (standing && sha256(standing) !== written.sha256) throw new LakeError(`${key} stands with other content`);
      return written;
    },
  };
}
