import { type Sha256, sha256 } from '../domain/ids.ts';
import { invariant } from '../domain/invariant.ts';
import type { LakeColumns } from './lake-columns.ts';
import { parquetOf } from './parquet.ts';
import { parquetOfColumns } from './parquet-columns.ts';
import { type LakeRow, type LakeTableName, lakeFolder } from './tables.ts';

/** Thrown when an object of the lake would be replaced by another: the same key always holds the same bytes. */
export class LakeError extends Error {
  override name = 'LakeError';
}

export type LakeObject = {
  readonly bytes: Uint8Array;
  readonly written: { readonly key: string; readonly sha256: Sha256; readonly bytes: number };
};

/** What is filed under `<table>/recorded_month=YYYY-MM/<name>.parquet`, the same in every home, because the local views and the Glue tables read that layout. */
export function lakeObject<Table extends LakeTableName>(
  table: Table,
  { partition, name }: { readonly partition: string; readonly name: string },
  rows: readonly LakeRow<Table>[] | LakeColumns<Table>,
): LakeObject {
  invariant(/^\d{4}-\d\d$/.test(partition), 'a partition of the lake is a month');
  invariant(/^[A-Za-z0-9][A-Za-z0-9-]{0,199}$/.test(name), 'an object of the lake has a plain name');
  const bytes = 'columns' in rows ? parquetOfColumns(table, rows) : parquetOf(table, rows);
  const key = `${lakeFolder(table, partition)}${name}.parquet`;
  return { bytes, written: { key, sha256: sha256(bytes), bytes: bytes.length } };
}

/** The name of the object that lies under a key. */
export const nameIn = (key: string): string => key.slice(key.lastIndexOf('/') + 1, -'.parquet'.length);

/** Throws LakeError when what stands under the key is not this object. */
export function mustStandAs({ written }: LakeObject, standing: Uint8Array): void {
  if (sha256(standing) !== written.sha256) throw new LakeError(`${written.key} stands with other content`);
}
