import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { read as readWorkbook } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { type Cell, CellError, isBlankText, SerialDate } from '#core/foia/cell.ts';
import { columnLetters } from '#core/foia/withheld-tally.ts';
import { readWhole, rowsOf } from './agency-file.ts';

const folder = '../shared/data/foia';
const present = existsSync(folder);
if (!present) process.stdout.write(`${folder} is absent: real releases are not read in this run\n`);
const bytesOf = (name: string) => readFileSync(`${folder}/${name}`);
const read = async (name: string) => {
  const found = await readWhole(bytesOf(name));
  if (found.reading.status !== 'taken') throw new Error(JSON.stringify(found.reading));
  const { rows } = found.reading;
  expect(rows.read).toBe(rows.accepted + rows.refused + rows.quarantined);
  expect([rows.accepted, rows.refused + rows.quarantined]).toEqual([found.records.length, found.aside.length]);
  return { ...found, rows, sheets: found.reading.sheets };
};

const readdirSyncIf = (path: string): readonly string[] => (existsSync(path) ? readdirSync(path) : []);
/** A cell as the second reader spells it. */
const plain = (cell: Cell): string =>
  cell instanceof SerialDate ? String(cell.serial) : cell instanceof CellError ? cell.code : String(cell);

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
      withheld: { B: { '(b)(6), (b)(7)(C)': 20_384 }, E: { '(b)(7)(E)': 20_384 } },
    });
    expect(records[0]).toMatchObject({
      event_date: '2012-01-03',
      area: 'Seattle Area of Responsibility',
      category: 'final_order',
    });
    const tally = new Map<string, number>();
    for (const { category } of records) tally.set(String(category), (tally.get(String(category)) ?? 0) + 1);
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

  it('in the legacy format is read, bare serial numbers as dates, and its tabulations wait for a person', async () => {
    const { sheets, records } = await read('npr_ice_detainers_us_citizens.xls');
    expect(sheets.map(({ name, layout, rows }) => [name, layout, rows.read, rows.accepted])).toEqual([
      ['americans.csv', 'ice-detainers-us-citizens', 693, 693],
      ['state', '', 45, 0],
      ['year', '', 10, 0],
      ['city', '', 253, 0],
    ]);
    expect(records[0]).toMatchObject({
      event_date: '2007-10-01',
      area: 'CA',
      area_level: 'state',
      record_kind: 'detainer',
    });
  });

  it.each(readdirSyncIf(folder).filter((name) => /[.]xlsx?$/.test(name)))(
    'says in every cell what a second reader says: %s',
    async (name) => {
      const book = readWorkbook(bytesOf(name), { raw: true, cellText: false });
      for (const [sheet, rows] of Object.entries(await rowsOf(bytesOf(name)))) {
        const theirs = new Map<string, string>();
        const worksheet = book.Sheets[sheet];
        expect(worksheet, sheet).toBeDefined();
        for (const [place, cell] of Object.entries(worksheet ?? {}))
          if (/^[A-Z]+\d+$/.test(place)) {
            const { t, v, w } = cell as { t: string; v?: unknown; w?: string };
            const text = t === 'e' ? (w ?? '') : v === undefined ? '' : String(v);
            if (!isBlankText(text)) theirs.set(place, text);
          }
        const ours = new Map<string, string>();
        for (const { number, cells } of rows)
          for (const [column, cell] of cells.entries())
            if (cell !== undefined) ours.set(`${columnLetters(column)}${number}`, plain(cell));
        expect(ours.size, sheet).toBe(theirs.size);
        expect([...theirs].filter(([place, text]) => ours.get(place) !== text).slice(0, 3), sheet).toEqual([]);
      }
    },
  );

  it('in text says cell by cell what a second reader says', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of readdirSyncIf(folder).filter((name) => name.endsWith('.csv'))) {
      const second = await connection.runAndReadAll(
        `SELECT * FROM read_csv('${folder}/${name}', header = false, all_varchar = true, delim = ',', quote = '"', escape = '"', null_padding = true, parallel = false)`,
      );
      const ours = ((await rowsOf(bytesOf(name)))[''] ?? []).map(({ cells }) =>
        Array.from(cells, (cell) => (cell === undefined ? '' : String(cell))),
      );
      const theirs = second
        .getRows()
        .map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
        .filter((row) => row.some((cell) => cell.trim() !== ''));
      // The other reader fills short rows up.
      const plain = (row: readonly string[] | undefined) =>
        row
          ?.map((cell) => cell.trim())
          .join('¦')
          .replace(/¦+$/, '');
      expect(ours.length).toBe(theirs.length);
      expect(ours.findIndex((row, at) => plain(row) !== plain(theirs[at]))).toBe(-1);
    }
  });
});
