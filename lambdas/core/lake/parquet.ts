/**
 * Rows of a lake table as one Parquet file. The schema comes from `tables.ts` and nowhere else; the same rows give the same bytes.
 */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { invariant } from '../domain/invariant.ts';
import {
  type Column,
  type ColumnType,
  type LakeRow,
  type LakeTable,
  type LakeTableName,
  type LakeValue,
  lakeTables,
} from './tables.ts';

type Element = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];
type Physical = string | number | bigint | boolean | null;

// A timestamp carries no converted type: TIMESTAMP_MILLIS would say "adjusted to UTC", which Hive's `timestamp` is not.
const elements: Readonly<Record<ColumnType, Omit<Element, 'name'>>> = {
  varchar: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  integer: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
};

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const dateShape = /^\d{4}-\d\d-\d\d$/;
const dayMs = 86_400_000;

function epoch(value: LakeValue, shape: RegExp): number {
  invariant(typeof value === 'string' && shape.test(value), 'a time in a lake row has the shape of its column');
  const ms = Date.parse(value);
  invariant(!Number.isNaN(ms), 'a time in a lake row is a day of the calendar');
  return ms;
}

const physical: Readonly<Record<ColumnType, (value: LakeValue) => Physical>> = {
  varchar: (value) => {
    invariant(typeof value === 'string', 'a varchar column holds text');
    return value;
  },
  integer: (value) => {
    invariant(Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31, 'an integer column holds 32-bit integers');
    return value;
  },
  bigint: (value) => {
    invariant(Number.isSafeInteger(value), 'a bigint column holds safe integers');
    return BigInt(Number(value));
  },
  double: (value) => {
    invariant(typeof value === 'number' && Number.isFinite(value), 'a double column holds finite numbers');
    return value;
  },
  boolean: (value) => {
    invariant(typeof value === 'boolean', 'a boolean column holds true or false');
    return value;
  },
  date: (value) => epoch(value, dateShape) / dayMs,
  timestamp: (value) => BigInt(epoch(value, instantShape)),
};

const rowGroupSize = 100_000;

/**
 * Writes rows of one table in the order given: SNAPPY, every column nullable, times as `timestamp` without zone in milliseconds, row groups of 100,000 rows.
 * Throws BugError when a value does not fit its column or there is no row.
 */
export function parquetOf<Table extends LakeTableName>(table: Table, rows: readonly LakeRow<Table>[]): Uint8Array {
  invariant(rows.length > 0, 'an empty file is not written to the lake');
  const { columns }: LakeTable = lakeTables[table];
  const schema: Element[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): Element => ({ name, repetition_type: 'OPTIONAL', ...elements[type] })),
  ];
  const columnData = columns.map((column) => ({ name: column.name, data: columnOf(column, rows) }));
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, codec: 'SNAPPY', rowGroupSize }));
}

function columnOf(column: Column, rows: readonly Readonly<Record<string, LakeValue>>[]): Physical[] {
  const convert = physical[column.type];
  return rows.map((row) => {
    const value = row[column.name];
    invariant(value !== undefined, 'a lake row holds every column of its table');
    return value === null ? null : convert(value);
  });
}
