import fc from 'fast-check';
import { parquetMetadata, parquetSchema } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { lakeObject } from '#core/lake/lake-object.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { LakeTableName } from '#core/lake/tables.ts';
import { lakeTableInput, lakeTableNames } from '../../lib/constructs/lake-table.ts';
import { rowOf } from '../queries/lake-fixture.ts';

const bucket = 'a-lake';

/** The places that the query engine looks at on a day, reckoned from the properties of the table as the engine's manual says. */
function projectedFolders(table: LakeTableName, now: Instant): string[] {
  const { parameters, partitionKeys } = lakeTableInput(table, bucket);
  const of = (name: string): string => (parameters as Readonly<Record<string, string>>)[name] ?? '';
  const [key] = partitionKeys;
  const property = (name: string): string => of(`projection.${key?.name}.${name}`);
  expect(of('projection.enabled')).toBe('true');
  expect([property('type'), property('format'), property('interval'), property('interval.unit')]).toEqual([
    'date',
    'yyyy-MM',
    '1',
    'MONTHS',
  ]);
  const [first, last] = property('range').split(',');
  expect(last).toBe('NOW');
  const folders: string[] = [];
  for (let at = new Date(`${first}-01T00:00:00.000Z`); at.toISOString() <= now; at.setUTCMonth(at.getUTCMonth() + 1))
    folders.push(of('storage.location.template').replace(`\${${key?.name}}`, at.toISOString().slice(0, 7)));
  return folders;
}

const instants = fc
  .integer({ min: Date.parse('2025-01-01T00:00:00.000Z'), max: Date.parse('2040-12-31T23:59:59.999Z') })
  .map((ms) => instantOf(ms) as Instant);

describe.each(lakeTableNames)('the table %s of the catalog', (table) => {
  it('projects the very folder that a row is filed in at the moment it is recorded, once', () => {
    fc.assert(
      fc.property(instants, (recordedAt) => {
        const { written } = lakeObject(table, { partition: partitionOf(recordedAt), name: '1-1' }, [rowOf(table, {})]);
        const folder = `s3://${bucket}/${written.key.slice(0, written.key.lastIndexOf('/') + 1)}`;
        const folders = projectedFolders(table, recordedAt);
        expect(folders.filter((each) => each === folder)).toHaveLength(1);
        expect(new Set(folders).size).toBe(folders.length);
        expect(folder.startsWith(lakeTableInput(table, bucket).storageDescriptor.location)).toBe(true);
      }),
    );
  });

  it('has the columns of the files, in their order and types, and its partition apart from them', () => {
    const { bytes } = lakeObject(table, { partition: '2026-01', name: '1-1' }, [rowOf(table, {})]);
    const file = parquetSchema(parquetMetadata(bytes.slice().buffer)).children.map(({ element }) => ({
      name: element.name,
      type: element.logical_type?.type ?? element.type,
    }));
    const { storageDescriptor, partitionKeys } = lakeTableInput(table, bucket);
    const types: Readonly<Record<string, string>> = {
      string: 'STRING',
      int: 'INT32',
      bigint: 'INT64',
      double: 'DOUBLE',
      boolean: 'BOOLEAN',
      date: 'DATE',
      timestamp: 'TIMESTAMP',
    };
    expect(storageDescriptor.columns.map(({ name, type }) => ({ name, type: types[type] }))).toEqual(file);
    expect(partitionKeys.map(({ type }) => type)).toEqual(['string']);
    expect(file.map(({ name }) => name)).not.toContain(partitionKeys[0]?.name);
  });
});
