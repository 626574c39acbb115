import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parquetOf } from '#core/lake/parquet.ts';
import { reportRows } from '#core/lake/report-rows.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import { city, receipt, record, version } from './small-city.ts';

const rows = reportRows(record([version(), version({ version: 2, operation: 'correct' })]), receipt, city);
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

describe('parquetOf', () => {
  it('gives the same bytes for the same rows', () => {
    expect(parquetOf('report_versions', rows)).toEqual(parquetOf('report_versions', structuredClone(rows)));
  });

  it('writes what a reader of another kind reads back', async () => {
    const [first] = await parquetReadObjects({ file: bufferOf(parquetOf('report_versions', rows)) });
    expect(first).toMatchObject({ report_id: 'rep_a', version: 1, agents_max: 4, persons_arrested_min: null });
    expect(first?.['recorded_at']).toEqual(new Date('2026-01-08T17:00:00.000Z'));
    expect(first?.['observed_week']).toEqual(new Date('2026-01-05'));
  });

  it('declares timestamps without zone in milliseconds and SNAPPY pages', () => {
    const { schema, row_groups } = parquetMetadata(bufferOf(parquetOf('report_versions', rows)));
    const recorded = schema.find(({ name }) => name === 'recorded_at');
    expect(recorded).toMatchObject({
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
    });
    expect(recorded?.converted_type).toBeUndefined();
    expect(schema.find(({ name }) => name === 'observed_week')).toMatchObject({
      type: 'INT32',
      converted_type: 'DATE',
    });
    expect(new Set(row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec)))).toEqual(
      new Set(['SNAPPY']),
    );
  });

  it('keeps counts above 2^31 in a bigint column', async () => {
    const row: LakeRow<'foia_records'> = {
      file_sha256: 'f',
      foia_release: 'foia-20260108-f',
      reading: 1,
      sheet: 'año 1',
      table_number: 1,
      row_number: 8,
      record_kind: 'aggregate',
      agency: 'CBP',
      event_date: null,
      event_month: null,
      event_time: null,
      event_zone: null,
      event_precision: 'none',
      area: null,
      area_level: 'none',
      category: 'x',
      person_key: null,
      duplicate_likely: null,
      withheld: null,
      record_count: 2 ** 40,
      recorded_at: '2026-01-08T17:00:00.000Z',
    };
    const [read] = await parquetReadObjects({ file: bufferOf(parquetOf('foia_records', [row])) });
    expect(read).toMatchObject({ record_count: 2n ** 40n, sheet: 'año 1', event_date: null });
  });

  it.each([
    ['a number as text', { department_id: 1 }],
    ['a day that does not exist', { active_from: '2026-02-31x' }],
    ['a time without zone', { recorded_at: '2026-01-08 17:00:00' }],
    ['a column that is missing', { active_to: undefined }],
  ])('refuses %s', (_, change) => {
    const row = {
      department_id: 'a',
      active_from: '2026-01-01',
      active_to: null,
      recorded_at: '2026-01-08T17:00:00.000Z',
    };
    expect(() => parquetOf('departments', [{ ...row, ...change } as never])).toThrow(/lake|column/);
  });

  it('refuses to write an empty file', () => expect(() => parquetOf('departments', [])).toThrow());
});
