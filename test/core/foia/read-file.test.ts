import { describe, expect, it } from 'vitest';
import { sampleWorkbook } from '../../../bin/sample/foia-workbook.ts';
import { readWhole, sheetOf, workbookOf } from './agency-file.ts';

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const sheet = (rows: readonly (readonly string[])[]) =>
  sheetOf(
    rows.map((cells) => `<row>${cells.map((value) => (value === '' ? '<c/>' : text(value))).join('')}</row>`).join(''),
  );
const arrestsHeader = ['APPR_DT_TIME', 'SECTOR', 'STATUS_WHEN_FOUND', 'CRIMINAL_ALIEN'];
const title = ['Apprehensions'];
const readSheets = async (sheets: Readonly<Record<string, readonly (readonly string[])[]>>) => {
  const read = await readWhole(
    await workbookOf(Object.entries(sheets).map(([name, rows]) => ({ name, xml: sheet(rows) }))),
  );
  if (read.reading.status !== 'taken') throw new Error(JSON.stringify(read.reading));
  return { ...read, sheets: read.reading.sheets, rows: read.reading.rows };
};

describe('a file', () => {
  it('reads sheets of one look and two meanings apart, and never by position', async () => {
    const { records } = await readSheets({
      Tab1: [title, arrestsHeader, ['1/2/2025', 'SDC', 'IN TRAVEL', 'N']],
      Tab2: [['Processed Subjects'], ['SECTOR', 'DEPORTABLE', 'APPR_DT_TIME'], ['ELC', 'Y', '1/3/2025']],
    });
    expect(records.map((r) => [r.sheet, r.row_number, r.record_kind, r.event_date, r.area, r.category])).toEqual([
      ['Tab1', 3, 'arrest', '2025-01-02', 'San Diego', 'in_transit'],
      ['Tab2', 3, 'processed', '2025-01-03', 'El Centro', 'deportable'],
    ]);
  });

  it('leaves out prose under a table, and no row whose fields ran together or that says nothing but a word', async () => {
    const { sheets } = await readSheets({
      Tab1: [
        title,
        ['SECTOR', 'STATUS_WHEN_FOUND', 'CRIMINAL_ALIEN', 'APPR_DT_TIME'],
        ['SDC', 'IN TRAVEL', 'N', '1/2/2025'],
        ['Data as of 9/30/19; counts of 1,186,000 and more, unofficial'],
        ['SDC,IN TRAVEL,N,1/2/2025'],
        ['SDC\tIN TRAVEL\tN\t1/2/2025'],
        ['Page 2'],
        ['', '', 'N'],
      ],
    });
    expect(sheets).toMatchObject([
      { rows: { read: 6, accepted: 1, refused: 1, quarantined: 4 }, reasons: { footnote_row: 1, lone_cell: 4 } },
    ]);
  });

  it('quarantines every row of a sheet whose layout or meaning nobody has reviewed', async () => {
    const { rows, aside, sheets } = await readSheets({
      Untitled: [arrestsHeader, ['1/2/2025', 'SDC', 'IN TRAVEL', 'N']],
      Other: [
        ['Name', 'Count'],
        ['x', '1'],
      ],
      Twice: [
        title,
        ['APPR_DT_TIME', 'APPR_DT_TIME', 'SECTOR', 'STATUS_WHEN_FOUND'],
        ['1/2/2025', '1/3/2025', 'SDC', ''],
      ],
    });
    expect(rows).toEqual({ read: 7, accepted: 0, refused: 0, quarantined: 7 });
    expect(sheets.map(({ layout, headerRow, reasons }) => [layout, headerRow, reasons])).toEqual([
      ['', 0, { layout_unknown: 2 }],
      ['', 0, { layout_unknown: 2 }],
      ['', 0, { header_repeats_a_column: 3 }],
    ]);
    expect(aside[0]).toEqual({ sheet: 'Untitled', table: 1, row: 1, status: 'quarantined', reason: 'layout_unknown' });
  });

  it('keeps equal rows and counts them, lists unmapped columns, tells totals and repeated headers from records', async () => {
    const row = ['1/2/2025', 'SDC', 'IN TRAVEL', 'N', 'x'];
    const { sheets, rows } = await readSheets({
      Tab1: [title, [...arrestsHeader, 'SOMETHING NEW'], row, row, row, arrestsHeader, ['Total', '3']],
    });
    expect(rows).toEqual({ read: 5, accepted: 3, refused: 2, quarantined: 0 });
    expect(sheets[0]).toMatchObject({
      layout: 'usbp-apprehensions',
      headerRow: 2,
      preambleRows: 1,
      identicalRows: 2,
      unmappedColumns: ['SOMETHING NEW'],
      reasons: { header_repeated: 1, total_row: 1 },
    });
  });

  it('takes a withheld or empty date as unknown and leaves an unreadable one, a future one and an unlisted area to a person', async () => {
    const { records, sheets } = await readSheets({
      Tab1: [
        title,
        arrestsHeader,
        ['(b)(7)(E )', 'SDC', 'SOMETHING', 'N'],
        ['', 'SDC', '', 'N'],
        ['12/30/1899', '(b)(7)(E)', '(b)(6)', 'N'],
        ['10/5', 'SDC', '', 'N'],
        ['3/9/2026', 'SDC', '', 'N'],
        ['1/1/1931', 'SDC', '', 'N'],
        ['1/2/2025', 'near the pier', '', 'N'],
      ],
    });
    expect(records.map((r) => [r.event_date, r.event_month, r.area, r.area_level, r.category])).toEqual([
      [null, null, 'San Diego', 'sector', 'other'],
      [null, null, 'San Diego', 'sector', 'unknown'],
      [null, null, null, 'none', 'unknown'],
    ]);
    expect(sheets[0]?.reasons).toEqual({
      event_date_unreadable: 1,
      event_date_in_future: 1,
      event_date_implausible: 1,
      area_unlisted: 1,
    });
  });

  it('finds a renamed and reordered header of another release, one written over by a redaction included', async () => {
    const { records } = await readSheets({
      'Admin Arrests': [
        ['ERO-LESA Statistical Tracking Unit'],
        ['Gender', 'Apprehension Method', 'Apprehension AOR - Withheld in Part (b)(7)(E )', 'apprehension_date'],
        ['Male', 'Non-Custodial Arrest', 'Los Angeles Area of Responsibility', '2025-06-06'],
      ],
    });
    expect(records[0]).toMatchObject({
      record_kind: 'arrest',
      agency: 'ICE',
      event_date: '2025-06-06',
      event_month: '2025-06',
      area: 'Los Angeles Area of Responsibility',
      area_level: 'aor',
      category: 'at_large',
      record_count: 1,
    });
  });

  it('reads counts as counts', async () => {
    const header =
      'Fiscal Year,Month Grouping,Month (abbv),Land Border Region,State,Demographic,Citizenship,Title of Authority,Encounter Count';
    const { records, reading } = await readWhole(
      `${header}\n2024,FYTD,OCT,Other,CA,x,y,Title 8,"1,204"\n2024,FYTD,NOV,Other,CA,x,y,Title 8,-3\n`,
    );
    expect(
      records.map((r) => [r.record_kind, r.event_date, r.event_month, r.area, r.category, r.record_count]),
    ).toEqual([['aggregate', null, '2023-10', 'CA', 'title_8', 1204]]);
    expect(reading).toMatchObject({ rows: { read: 2, accepted: 1, refused: 0, quarantined: 1 } });
  });

  it('reads the generated sample: every row accounted for, the same bytes each time', async () => {
    const workbook = await sampleWorkbook('2026-02-23');
    expect(Buffer.from(await sampleWorkbook('2026-02-23')).equals(workbook)).toBe(true);
    const { reading, records, aside } = await readWhole(workbook);
    expect(reading).toMatchObject({
      status: 'taken',
      sheets: [
        { layout: 'usbp-apprehensions', headerRow: 7 },
        { layout: 'usbp-processed-subjects', headerRow: 7 },
        { layout: 'code-lists' },
      ],
    });
    if (reading.status !== 'taken') return;
    expect(reading.rows).toMatchObject({ read: 3005, accepted: records.length, refused: 5 });
    expect(aside.length).toBe(reading.rows.refused + reading.rows.quarantined);
    const dates = records.flatMap(({ event_date }) => event_date ?? []);
    expect(dates.every((date) => date >= '2025-02-22' && date < '2026-02-23')).toBe(true);
  });
});
