/** A lake in a bucket, read by Trino as Athena would: tables by what the Glue catalog is told, parameters by the literals that the adapter of Athena sends. */
import { literal, plain } from '#adapters/aws/query-engine.ts';
import type { LakeTableName } from '#core/lake/tables.ts';
import type { QueryEngine } from '#core/ports.ts';
import { lakeTableInput, lakeTableNames } from '../../lib/constructs/lake-table.ts';
import { trino as standing } from '../engines/stand-in.ts';
import { catalog } from './trino.ts';
import { trinoClient } from './trino-client.ts';

const url = standing?.endpoint ?? 'http://127.0.0.1:9';

/** What Athena reads behind the types that Hive calls so. */
const typeOfHive: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp(3)',
};

/** The statement that makes a table from what Glue is told of it. Trino does not project months, so that its partitions must be looked for: `findPartitions`. */
function tableStatement(table: LakeTableName, bucket: string): string {
  const { name, storageDescriptor, partitionKeys } = lakeTableInput(table, bucket);
  const columns = [...storageDescriptor.columns, ...partitionKeys].map(
    (column) => `"${column.name}" ${typeOfHive[column.type]}`,
  );
  const partitions = partitionKeys.map((column) => `'${column.name}'`).join(', ');
  return `CREATE TABLE "${name}" (${columns.join(', ')}) WITH (format = 'PARQUET', external_location = '${storageDescriptor.location}', partitioned_by = ARRAY[${partitions}])`;
}

/** Athena names a type without its length or precision; those of a time must be the milliseconds of the lake. */
function typeAsAthena(type: string): string {
  if (type === 'timestamp(3)') return 'timestamp';
  return type.replace(/^varchar\(\d+\)$/, 'varchar');
}

export type TrinoLake = QueryEngine & {
  /** Looks for months that were written since. */
  findPartitions(): Promise<void>;
};

/** Makes the tables over a bucket, under a schema of its own. */
export async function trinoLake(bucket: string): Promise<TrinoLake> {
  const schema = bucket.replaceAll('-', '_');
  await trinoClient(url, { catalog })(`CREATE SCHEMA ${schema} WITH (location = 's3://${bucket}/')`);
  const ask = trinoClient(url, { catalog, schema });
  for (const table of lakeTableNames) await ask(tableStatement(table, bucket));
  return {
    async findPartitions() {
      for (const table of lakeTableNames)
        await ask(`CALL system.sync_partition_metadata('${schema}', '${table}', 'FULL')`);
    },
    async run({ name, sql, parameters }) {
      const using = parameters.length > 0 ? ` USING ${parameters.map(literal).join(', ')}` : '';
      try {
        const { id, columns, rows } = await ask(`EXECUTE IMMEDIATE '${sql.replaceAll("'", "''")}'${using}`);
        const types = columns.map((column) => ({ Name: column.name, Type: typeAsAthena(column.type) }));
        return {
          columns: types.map(({ Name, Type }) => ({ name: Name, type: Type })),
          rows: rows.map((row) =>
            types.map((column, at) => {
              const value = row[at] ?? undefined;
              return plain(value === undefined ? undefined : String(value), column);
            }),
          ),
          execution: id,
          engine: 'trino',
        };
      } catch (cause) {
        throw new Error(`the query ${name} failed on Trino`, { cause });
      }
    },
  };
}
