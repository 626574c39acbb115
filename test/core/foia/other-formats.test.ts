import { existsSync, readFileSync } from 'node:fs';
import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { zipOfParts } from '../../../bin/sample/workbook-parts.ts';
import { cellsOf, readWhole, sheetOf, workbookOf } from './agency-file.ts';

const legacy = (rows: readonly (readonly unknown[])[], type: 'biff8' | 'biff5' = 'biff8'): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Sheet 1');
  return new Uint8Array(write(book, { type: 'buffer', bookType: type }) as Buffer);
};
const arrests = [['Apprehensions'], ['APPR_DT_TIME', 'SECTOR', 'STATUS_WHEN_FOUND'], [45_658.5, 'SDC', 'IN TRAVEL']];
const refusal = async (content: Uint8Array | string, name = ''): Promise<string> => {
  const { reading } = await readWhole(content, { name });
  return reading.status === 'refused' ? reading.code : reading.status;
};
const csv = 'APPR_DT_TIME,SECTOR,STATUS_WHEN_FOUND\n1/2/2025,SDC,IN TRAVEL\n';
const plainWorkbook = () => workbookOf([{ name: 'S', xml: sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>') }]);

describe('a legacy workbook', () => {
  it('gives texts of any script, numbers and truths as a second program wrote them', async () => {
    const rows = [
      ['Ñandú – 東京', 1, -2.5, true],
      ['😀 é', 1e15, 0.1, false],
      // The second program cuts texts at 255 characters; longer ones stand in the test of continued records.
      ['x'.repeat(255), 12_345_678, 100.25, 'ß'.repeat(200)],
      ...Array.from({ length: 240 }, (_, at) => [`Łódź ${at} ${'語'.repeat(at)}`, at, at / 100, `plain ${at}`]),
    ];
    expect(await cellsOf(legacy(rows))).toEqual(rows);
  });

  it('is read by the same layouts as any other', async () => {
    const { records } = await readWhole(legacy(arrests), { name: 'response.xls' });
    expect(records.map((r) => [r.row_number, r.event_date, r.area, r.category])).toEqual([
      [3, '2025-01-01', 'San Diego', 'in_transit'],
    ]);
  });

  it('is refused when it is older than Excel 97, encrypted, with macros, or cut off anywhere', async () => {
    expect(await refusal(legacy(arrests, 'biff5'))).toBe('LEGACY_WORKBOOK');
    const whole = Buffer.from(legacy(arrests));
    for (let cut = 600; cut < whole.length - 1; cut += 997) {
      const { reading, records } = await readWhole(whole.subarray(0, cut));
      expect([reading.status, records.length], `cut at ${cut}`).not.toEqual(['taken', 1]);
    }
    const renamed = (name: string) => {
      const bytes = Buffer.from(whole);
      const at = bytes.indexOf(Buffer.from('Workbook', 'utf16le'));
      Buffer.alloc(64).copy(bytes, at);
      bytes.write(name, at, 'utf16le');
      bytes.writeUInt16LE(name.length * 2 + 2, at + 64);
      return bytes;
    };
    expect(await refusal(renamed('EncryptedPackage'))).toBe('ENCRYPTED');
    expect(await refusal(renamed('_VBA_PROJECT_CUR'))).toBe('MACROS');
    expect(await refusal(renamed('WordDocument'))).toBe('OTHER_DOCUMENT');
  });
});

describe('a file', () => {
  it.each([
    ['a.xlsx', csv],
    ['a.pdf', csv],
    ['a.docx', csv],
    ['a.xls', csv],
    ['a.csv', legacy(arrests)],
    ['a.csv', '%PDF-1.7\n'],
  ])('named %s is refused when its content is another kind of file', async (name, content) => {
    expect(await refusal(content, name)).toBe('NAME');
  });

  it('with a name that says nothing, or the truth, is read for what it is', async () => {
    for (const name of ['', 'response', 'a.csv', 'A.TXT', 'release 2.0 final', 'a.dat'])
      expect(await refusal(csv, name)).toBe('taken');
    expect(await refusal(await plainWorkbook(), 'a.csv')).toBe('NAME');
  });

  it('of another office format, or a binary or macro workbook, says which', async () => {
    const parts = (type: string) => ({
      '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`,
    });
    const macros = await workbookOf(
      [{ name: 'S', xml: sheetOf('') }],
      [],
      parts('application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
    );
    expect(await refusal(macros, 'a.xlsm')).toBe('MACROS');
    expect(await refusal(await zipOfParts([{ path: 'mimetype', content: 'application/vnd.oasis' }]))).toBe(
      'OTHER_DOCUMENT',
    );
    const package_ = (path: string) =>
      zipOfParts([
        { path: '[Content_Types].xml', content: '<Types/>' },
        { path, content: 'x' },
      ]);
    expect(await refusal(await package_('word/document.xml'))).toBe('OTHER_DOCUMENT');
    expect(await refusal(await package_('xl/workbook.bin'))).toBe('BINARY_WORKBOOK');
  });

  it('that is an archive names its members and leaves what an operating system put there', async () => {
    const { reading } = await readWhole(
      await zipOfParts([
        { path: 'tables/arrests.csv', content: csv },
        { path: 'letter.pdf', content: '%PDF-1.7\n' },
        { path: '~$arrests.xlsx', content: 'x' },
        { path: '__MACOSX/._arrests.csv', content: 'x' },
      ]),
      { name: 'response.zip' },
    );
    expect(reading).toMatchObject({ status: 'archive', leftovers: ['~$arrests.xlsx', '__MACOSX/._arrests.csv'] });
    if (reading.status !== 'archive') return;
    expect(reading.members.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['tables/arrests.csv', csv.length],
      ['letter.pdf', 9],
    ]);
  });
});

const documents = '../shared/data/foia-pdf';
const present = existsSync(documents);
if (!present) process.stdout.write(`${documents} is absent: real documents are not read in this run\n`);

describe.skipIf(!present)('a document', () => {
  const pages = async (name: string) => {
    const { reading } = await readWhole(readFileSync(`${documents}/${name}`), { name });
    if (reading.status !== 'document') throw new Error(JSON.stringify(reading));
    return reading.pages;
  };

  it('gives its text with the numbers of its pages', async () => {
    const request = await pages('1_FOIA_request.pdf');
    expect(request.map(({ page }) => page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(request[0]?.text).toContain('May 31, 2024');
    expect(request.every(({ text }) => text.length > 500)).toBe(true);
    expect((await pages('2_District_Court_Complaint.pdf')).length).toBe(10);
  });

  it('that is a scan has pages without text, and is not empty', async () => {
    expect(await pages('CILP_v_ICE_Fourth_Interim_Release_Letter.pdf')).toEqual([
      { page: 1, text: '' },
      { page: 2, text: '' },
    ]);
  });

  it('that is cut off or no document at all is refused', async () => {
    const whole = readFileSync(`${documents}/1_FOIA_request.pdf`);
    expect(await refusal(whole.subarray(0, 100_000))).toBe('TRUNCATED');
    expect(await refusal('%PDF-1.7\nnothing more')).toBe('TRUNCATED');
  });
});
