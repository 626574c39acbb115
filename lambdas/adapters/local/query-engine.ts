import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  DuckDBTimestampValue,
  type DuckDBValue,
  version,
} from '@duckdb/node-api';
import { invariant } from '#core/domain/invariant.ts';
import type { Answer, QuestionValue } from '#core/lake/question.ts';
import { type ColumnType, type LakeTable, type LakeTableName, lakeTables, partitionColumn } from '#core/lake/tables.ts';
import type { QueryEngine } from '#core/ports.ts';

/** Thrown when a query cannot be run or its answer cannot be given faithfully. The message names the query, the cause keeps the engine's words. */
class QueryError extends Error {
  override name = 'QueryError';
}

const memoryLimit = '1GB';
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How long an engine is kept after its last question. Those of one release follow one another and share what was read of the files: together they take a third less time than each with an engine of its own. */
const keptMs = 3_000;

/**
 * Runs questions over the Parquet files of a local lake, in an engine in memory that may read the lake's folder and nothing else. Each run has its own typed views: a
 * table without a file is an empty table. Times in answers are UTC instants, dates `YYYY-MM-DD`, counts numbers (a fault above 2^53). Throws QueryError.
 */
export function localQueryEngine(directory: string): QueryEngine {
  const root = resolve(directory);
  const connected = engineOver(root);
  return {
    async run({ name, sql, parameters, token }): Promise<Answer> {
      await mkdir(root, { recursive: true });
      try {
        return await connected(async (connection) => {
          await openTables(connection, root);
          return { ...(await answerOf(connection, sql, parameters)), execution: token, engine: `duckdb ${version()}` };
        });
      } catch (cause) {
        throw new QueryError(`the query ${name} failed`, { cause });
      }
    },
  };
}

/** Lends connections of one engine, which is opened for the first and closed some time after the last. */
function engineOver(root: string): <T>(use: (connection: DuckDBConnection) => Promise<T>) => Promise<T> {
  let opening: Promise<DuckDBInstance> | undefined;
  let running = 0;
  let closing: NodeJS.Timeout | undefined;
  const close = () => {
    void opening?.then((instance) => instance.closeSync()).catch(() => undefined);
    opening = undefined;
  };
  return async (use) => {
    clearTimeout(closing);
    running++;
    try {
      opening ??= openEngine(root);
      const connection = await (await opening).connect();
      try {
        return await use(connection);
      } finally {
        connection.closeSync();
      }
    } finally {
      running--;
      if (running === 0) closing = setTimeout(close, keptMs).unref();
    }
  };
}

async function openEngine(root: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: memoryLimit });
  const connection = await instance.connect();
  // A file of the lake is never written again, and a footer is read once for all questions.
  await connection.run('SET GLOBAL parquet_metadata_cache = true');
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run(`SET GLOBAL allowed_directories = [${quoted(`${root}/`)}]`);
  await connection.run('SET GLOBAL enable_external_access = false');
  await connection.run('SET GLOBAL lock_configuration = true');
  connection.closeSync();
  return instance;
}

async function openTables(connection: DuckDBConnection, root: string): Promise<void> {
  for (const table of Object.keys(lakeTables) as LakeTableName[]) {
    const { columns }: LakeTable = lakeTables[table];
    const source = (await hasFiles(join(root, table)))
      ? `read_parquet(${quoted(join(root, table, '*', '*.parquet'))}, hive_partitioning = true, hive_types = {'${partitionColumn.name}': ${partitionColumn.type}}, union_by_name = true)`
      : undefined;
    const list = [...columns, partitionColumn]
      .map(({ name, type }) => `CAST(${source ? `"${name}"` : 'NULL'} AS ${type}) AS "${name}"`)
      .join(', ');
    await connection.run(`CREATE TEMP VIEW "${table}" AS SELECT ${list} ${source ? `FROM ${source}` : 'WHERE false'}`);
  }
}

async function hasFiles(folder: string): Promise<boolean> {
  const partitions = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const partition of partitions) {
    if (!partition.isDirectory()) continue;
    const names = await readdir(join(folder, partition.name));
    if (names.some((name) => name.endsWith('.parquet'))) return true;
  }
  return false;
}

function bind(statement: DuckDBPreparedStatement, at: number, { type, value }: QuestionValue): void {
  if (type === 'varchar') {
    statement.bindVarchar(at, value);
    return;
  }
  const ms = Date.parse(value);
  invariant(!Number.isNaN(ms), 'a time given to a query is an instant or a day');
  if (type === 'date') statement.bindDate(at, new DuckDBDateValue(ms / 86_400_000));
  else statement.bindTimestamp(at, new DuckDBTimestampValue(BigInt(ms) * 1000n));
}

async function answerOf(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly QuestionValue[],
): Promise<Pick<Answer, 'columns' | 'rows'>> {
  const statement = await connection.prepare(sql);
  invariant(statement.parameterCount === parameters.length, 'a query is given as many values as it has parameters');
  parameters.forEach((parameter, index) => {
    bind(statement, index + 1, parameter);
  });
  const reader = await statement.runAndReadAll();
  const types = reader.columnTypes().map((type) => typeNames[type.toString()]);
  const columns = reader.columnNames().map((name, index) => {
    const type = types[index];
    if (!type) throw new QueryError(`the column ${name} has a type that the lake does not have`);
    return { name, type };
  });
  return { columns, rows: reader.getRows().map((row) => row.map(plain)) };
}

/** The engine's type names in the words of the lake. A sum of integers is HUGEINT here and bigint in Athena. */
const typeNames: Readonly<Record<string, ColumnType>> = {
  VARCHAR: 'varchar',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
};

function plain(value: DuckDBValue): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') {
    const number = Number(value);
    invariant(Number.isSafeInteger(number), 'a count fits a number');
    return number;
  }
  if (value instanceof DuckDBDateValue) return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  if (value instanceof DuckDBTimestampValue) return new Date(Number(value.micros / 1000n)).toISOString();
  throw new QueryError('an answer holds a value that the lake cannot');
}
