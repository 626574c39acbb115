/**
 * Rows of a lake table as one Parquet file. The schema comes from `tables.ts` and nowhere else; the same rows give the same bytes.
 */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { invariant } from '../domain/invariant.ts';
import { type Physical, physical, schemaOf } from './parquet-values.ts';
import { type Column, type LakeRow, type LakeTable, type LakeTableName, type LakeValue, lakeTables } from './tables.ts';

const rowGroupSize = 100_000;

/**
 * Writes rows of one table in the order given: SNAPPY, every column nullable, times as `timestamp` without zone in milliseconds, row groups of 100,000 rows.
 * Throws BugError when a value does not fit its column or there is no row.
 */
export function parquetOf<Table extends LakeTableName>(name: Table, rows: readonly LakeRow<Table>[]): Uint8Array {
  invariant(rows.length > 0, 'an empty file is not written to the lake');
  const table: LakeTable = lakeTables[name];
  const columnData = table.columns.map((column) => ({ name: column.name, data: columnOf(column, rows) }));
  return new Uint8Array(parquetWriteBuffer({ schema: schemaOf(table), columnData, codec: 'SNAPPY', rowGroupSize }));
}

function columnOf({ name, type }: Column, rows: readonly Readonly<Record<string, LakeValue>>[]): Physical[] {
  return rows.map((row) => {
    const value = row[name];
    invariant(value !== undefined, 'a lake row holds every column of its table');
    return physical(type, value);
  });
}
