import { existsSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { contentOf, readWhole, rowsOf } from './agency-file.ts';

const folder = '../shared/data/foia';
const present = existsSync(folder);
if (!present) process.stdout.write(`${folder} is absent: real releases are not read in this run\n`);
const bytesOf = (name: string) => readFileSync(`${folder}/${name}`);
const read = async (name: string) => {
  const found = await readWhole(bytesOf(name));
  if (found.reading.status !== 'taken') throw new Error(found.reading.reason);
  const { rows } = found.reading;
  expect(rows.read).toBe(rows.accepted + rows.refused + rows.quarantined);
  expect([rows.accepted, rows.refused + rows.quarantined]).toEqual([found.records.length, found.aside.length]);
  return { ...found, rows, sheets: found.reading.sheets };
};

describe.skipIf(!present)('a real release', () => {
  it('of Border Patrol keeps its two tables apart and every row', async () => {
    const { sheets, records } = await read('usbp_i213_blaine_spokane.xlsx');
    expect(
      sheets.map((s) => [s.name, s.layout, s.headerRow, s.preambleRows, s.identicalRows, s.rows.read, s.rows.accepted]),
    ).toEqual([
      ['Tab1', 'usbp-apprehensions', 7, 4, 40, 4711, 4711],
      ['Tab2', 'usbp-processed-subjects', 7, 4, 23, 2573, 2573],
      ['Complexion Code', 'code-lists', 1, 0, 0, 13, 0],
      ['Hair Code', 'code-lists', 1, 0, 0, 14, 0],
      ['Eye Code', 'code-lists', 1, 0, 0, 10, 0],
    ]);
    expect(records[0]).toMatchObject({
      row_number: 8,
      event_date: '2012-01-01',
      area: 'Blaine',
      category: 'in_transit',
    });
    expect(records.filter(({ record_kind }) => record_kind === 'processed').length).toBe(2573);
  });

  it('of removals keeps 7,131 rows that equal another: they are different people', async () => {
    const { sheets, records, rows } = await read('ice_air_SeattleAOROtherRemovals.csv');
    expect(rows).toEqual({ read: 20_384, accepted: 20_384, refused: 0, quarantined: 0 });
    expect(sheets[0]).toMatchObject({
      layout: 'ice-removals-one-area',
      headerRow: 7,
      identicalRows: 7131,
      unmappedColumns: [],
    });
    expect(records[0]).toMatchObject({
      event_date: '2012-01-03',
      area: 'Seattle Area of Responsibility',
      category: 'final_order',
    });
    const tally = new Map<string, number>();
    for (const { category } of records) tally.set(category, (tally.get(category) ?? 0) + 1);
    expect(tally.get('reinstated_order')).toBe(6866);
    expect(tally.get('administrative_removal')).toBe(932);
  });

  it('of counts is no list of people', async () => {
    const { records, rows } = await read('cbp-nationwide-encounters-fy20-fy23-state.csv');
    expect(rows.accepted).toBe(42_532);
    expect(new Set(records.map(({ record_kind }) => record_kind))).toEqual(new Set(['aggregate']));
    expect(records.every(({ event_date, event_month }) => event_date === null && event_month !== null)).toBe(true);
  });

  it('of detention statistics waits for a person, sheet by sheet', async () => {
    const { sheets, rows } = await read('ice_FY25_detentionStats09242025.xlsx');
    expect(sheets.length).toBe(10);
    expect([rows.accepted, rows.refused, rows.quarantined]).toEqual([0, 154, rows.read - 154]);
    expect(
      bytesOf('ice_FY25_detentionStats09242025.xlsx').equals(bytesOf('ice_FY25_detentionStats09252025.xlsx')),
    ).toBe(true);
  });

  it('typed by hand and the one in the layout of 2026 are read', async () => {
    expect((await read('ice_YakimaDetainers.csv')).rows).toMatchObject({ read: 1105 });
    const detainers = await read('ice_detainers_st_cloud_sample.csv');
    expect(detainers.rows).toEqual({ read: 22, accepted: 22, refused: 0, quarantined: 0 });
    expect(detainers.records[0]).toMatchObject({
      record_kind: 'detainer',
      category: 'convicted',
      area: 'St. Paul Area of Responsibility',
    });
  });

  it('in the legacy format is refused with a reason', async () => {
    expect((await readWhole(contentOf(bytesOf('npr_ice_detainers_us_citizens.xls')))).reading).toMatchObject({
      status: 'refused',
      code: 'LEGACY_WORKBOOK',
    });
  });

  it('in text says cell by cell what a second reader says', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of ['cbp-nationwide-encounters-fy20-fy23-state.csv', 'ice_YakimaDetainers.csv']) {
      const second = await connection.runAndReadAll(
        `SELECT * FROM read_csv('${folder}/${name}', header = false, all_varchar = true, delim = ',', quote = '"', escape = '"', null_padding = true, parallel = false)`,
      );
      const ours = ((await rowsOf(bytesOf(name)))[''] ?? []).map(({ cells }) =>
        Array.from(cells, (cell) => (cell === undefined ? '' : String(cell))),
      );
      const theirs = second.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
      const plain = (row: readonly string[] | undefined) => row?.map((cell) => cell.trim()).join('\u001f');
      expect(ours.length).toBe(theirs.length);
      expect(ours.findIndex((row, at) => plain(row) !== plain(theirs[at]))).toBe(-1);
    }
  });
});
