import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import {
  type Column,
  type ColumnType,
  type LakeTable,
  type LakeTableName,
  lakeFolder,
  lakeTables,
  partitionColumn,
} from '../../lambdas/core/lake/tables.ts';

export const lakeTableNames = Object.keys(lakeTables) as readonly LakeTableName[];

const hiveTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'string',
  integer: 'int',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
};
const parquet = 'org.apache.hadoop.hive.ql.io.parquet';

/** The first month of recording that any city can have. */
const firstMonth = '2025-01';

const hiveColumn = ({ name, type, comment }: Column) => ({ name, type: hiveTypes[type], comment });

/** A table of the lake as the catalog is told of it. Its partitions are projected from the month of recording, from January 2025 to the month it is. */
export function lakeTableInput(table: LakeTableName, bucket: string) {
  const { columns, comment }: LakeTable = lakeTables[table];
  const { name: partition } = partitionColumn;
  const location = `s3://${bucket}/${table}/`;
  return {
    name: table,
    description: comment,
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: [hiveColumn(partitionColumn)],
    parameters: {
      classification: 'parquet',
      'projection.enabled': 'true',
      [`projection.${partition}.type`]: 'date',
      [`projection.${partition}.format`]: 'yyyy-MM',
      [`projection.${partition}.range`]: `${firstMonth},NOW`,
      [`projection.${partition}.interval`]: '1',
      [`projection.${partition}.interval.unit`]: 'MONTHS',
      'storage.location.template': `s3://${bucket}/${lakeFolder(table, `\${${partition}}`)}`,
    },
    storageDescriptor: {
      location,
      inputFormat: `${parquet}.MapredParquetInputFormat`,
      outputFormat: `${parquet}.MapredParquetOutputFormat`,
      serdeInfo: { serializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
      columns: columns.map(hiveColumn),
    },
  } satisfies CfnTable.TableInputProperty;
}
