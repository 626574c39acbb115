import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ValueColumn } from '#core/domain/value-column.ts';
import type { LakeColumns } from '#core/lake/lake-columns.ts';
import { parquetOf } from '#core/lake/parquet.ts';
import { parquetOfColumns } from '#core/lake/parquet-columns.ts';
import { type LakeTable, type LakeValue, lakeTables } from '#core/lake/tables.ts';
import { lakeRowsOf } from '../../fixtures/lake-rows.ts';

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const table: LakeTable = lakeTables.foia_records;
const readBack = (bytes: Uint8Array) => parquetReadObjects({ file: bufferOf(bytes) });

const value: Readonly<Record<string, fc.Arbitrary<LakeValue>>> = {
  varchar: fc.oneof(fc.constantFrom('', 'arrest', 'año', '🂡'), fc.string({ unit: 'grapheme', maxLength: 30 })),
  integer: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  bigint: fc.integer({ min: 0, max: 2 ** 45 }),
  boolean: fc.boolean(),
  date: fc.constantFrom('2026-01-05', '1999-12-31', '2024-02-29'),
  timestamp: fc.constantFrom('2026-01-05T18:00:00.000Z', '2026-01-05T18:00:00.001Z'),
};

const digest = fc.uint8Array({ minLength: 16, maxLength: 16 });

const columnOf = (name: string, type: string, length: number): fc.Arbitrary<ValueColumn> => {
  const one = fc.option(value[type] ?? fc.constant(null));
  const listed = fc
    .array(one, { minLength: 1, maxLength: 9 })
    .chain((values) =>
      fc
        .array(fc.nat(values.length - 1), { minLength: length, maxLength: length })
        .map((at): ValueColumn => ({ values, at: Uint32Array.from(at) })),
    );
  const same = one.map((all): ValueColumn => ({ all }));
  if (name === 'row_number')
    return fc
      .array(fc.nat(2 ** 31 - 1), { minLength: length, maxLength: length })
      .map((numbers): ValueColumn => ({ numbers: Uint32Array.from(numbers) }));
  if (name === 'person_key')
    return fc.array(fc.option(digest), { minLength: length, maxLength: length }).map(
      (keys): ValueColumn => ({
        digests: Buffer.concat(keys.map((key) => key ?? Buffer.alloc(16))),
        width: 16,
      }),
    );
  return fc.oneof(same, listed);
};

const batch: fc.Arbitrary<LakeColumns<'foia_records'>> = fc
  .integer({ min: 1, max: 70 })
  .chain((length) =>
    fc
      .record(Object.fromEntries(table.columns.map(({ name, type }) => [name, columnOf(name, type, length)])))
      .map((columns) => ({ length, columns: columns as LakeColumns<'foia_records'>['columns'] })),
  );

describe('columns of the lake', () => {
  it('are read back by another program as the rows they stand for', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async (columns) => {
        const rows = lakeRowsOf(columns);
        expect(await readBack(parquetOfColumns('foia_records', columns))).toEqual(
          await readBack(parquetOf('foia_records', rows)),
        );
      }),
      { numRuns: 120 },
    );
  });

  it('have the schema and the bounds of rows', () => {
    fc.assert(
      fc.property(batch, (columns) => {
        const own = parquetMetadata(bufferOf(parquetOfColumns('foia_records', columns)));
        const rows = parquetMetadata(bufferOf(parquetOf('foia_records', lakeRowsOf(columns))));
        expect(own.schema).toEqual(rows.schema);
        expect(own.num_rows).toBe(rows.num_rows);
        const boundsOf = ({ row_groups }: typeof own) =>
          row_groups[0]?.columns.flatMap(({ meta_data }) =>
            meta_data?.path_in_schema[0] === 'person_key' ? [] : [meta_data?.statistics],
          );
        expect(boundsOf(own)).toEqual(boundsOf(rows));
      }),
      { numRuns: 40 },
    );
  });

  it('give the same bytes each time, and nothing without a row', () => {
    const [columns] = fc.sample(batch, { numRuns: 1, seed: 7 });
    if (!columns) throw new Error('a batch');
    expect(parquetOfColumns('foia_records', columns)).toEqual(parquetOfColumns('foia_records', columns));
    expect(() => parquetOfColumns('foia_records', { ...columns, length: 0 })).toThrow(/empty/);
  });
});
