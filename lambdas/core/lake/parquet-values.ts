/** How values of the lake stand in Parquet: the element of each type of column, and each value as the library takes it. */
import type { parquetWriteBuffer } from 'hyparquet-writer';
import { invariant } from '../domain/invariant.ts';
import type { ColumnType, LakeTable, LakeValue } from './tables.ts';

export type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];
export type Physical = string | number | bigint | boolean | null;

// A timestamp carries no converted type: TIMESTAMP_MILLIS would say "adjusted to UTC", which Hive's `timestamp` is not.
const elements: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
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

const converters: Readonly<Record<ColumnType, (value: LakeValue) => Physical>> = {
  varchar: (value) => {
    invariant(typeof value === 'string', 'a varchar column holds text');
    return value;
  },
  integer: (value) => {
    invariant((Number(value) | 0) === value, 'an integer column holds 32-bit integers');
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

/** A value as it is written; null stays null. Throws BugError when it does not fit a column of the type. */
export const physical = (type: ColumnType, value: LakeValue): Physical =>
  value === null ? null : converters[type](value);

/** The schema of a table's files: every column nullable. */
export const schemaOf = ({ columns }: LakeTable): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...elements[type] })),
];
