/** What is not read says why, at once, and hands nothing over. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { escaped, workbookParts, zipOfParts } from '../../../bin/sample/workbook-parts.ts';
import { cellsOf, readWhole, sheetOf, workbookOf } from './agency-file.ts';

const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`;
const sheet = (rows: string) => workbookOf([{ name: 'S', xml: sheetOf(rows) }], ['x']);
const one = '<c r="A1"><v>1</v></c>';

async function refused(bytes: Uint8Array | string, name = '') {
  const { reading, records, aside } = await readWhole(bytes, { name });
  expect([records.length, aside.length]).toEqual([0, 0]);
  return reading.status === 'refused' ? `${reading.code}: ${reading.reason}` : reading.status;
}

/** Milliseconds of the processor until a file is refused: a limit on the clock would measure the machine's other work. */
async function costOf(bytes: Uint8Array): Promise<number> {
  const before = process.cpuUsage();
  expect(await refused(bytes)).toMatch(/^(RATIO|TOO_LARGE|TOO_MANY_ENTRIES|SIZE_LIES)/);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a part of a workbook', () => {
  it.each(['utf-16le', 'utf-16be'])('is read in %s, with a mark or without', async (encoding) => {
    for (const addBOM of [true, false]) {
      const text = 'ñ – 國 😀 &';
      const parts = workbookParts([{ name: 'S', xml: sheetOf(row(1, '<c r="A1" t="s"><v>0</v></c>')) }], [text]).map(
        ({ path, content }) =>
          /sheet1|sharedStrings|workbook\.xml$/.test(path)
            ? { path, content: iconv.encode(String(content).replace('UTF-8', 'UTF-16'), encoding, { addBOM }) }
            : { path, content },
      );
      expect(await cellsOf(await zipOfParts(parts))).toEqual([[text]]);
    }
  });

  it('is not read in an encoding that Office Open XML does not have', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><worksheet><sheetData/></worksheet>';
    expect(await refused(await workbookOf([{ name: 'S', xml: '' }], [], { 'xl/worksheets/sheet1.xml': xml }))).toBe(
      'ENCODING: the text is in no encoding that can be told',
    );
  });

  it.each([
    ['rows out of order', row(2, '<c r="A2"><v>1</v></c>') + row(1, one)],
    ['a row twice', row(1, one) + row(1, one)],
    ['a cell twice', row(1, one + one)],
    ['cells out of order', row(1, `<c r="B1"><v>2</v></c>${one}`)],
    ['a row beyond the last', row(1_048_577, one)],
    ['a column beyond the last', row(1, '<c r="XFE1"><v>1</v></c>')],
    ['a text that is not in the table of texts', row(1, '<c r="A1" t="s"><v>9</v></c>')],
    ['a kind of cell that nobody knows', row(1, '<c r="A1" t="?"><v>9</v></c>')],
  ])('is not guessed at when it has %s', async (_, rows) => {
    expect(await refused(await sheet(rows))).toMatch(/^MALFORMED: a part of the file is not well-formed/);
  });
});

describe('a file that is not read', () => {
  it.each([
    ['a workbook under the name of a text', 'release.csv', /^NAME: the name says another kind/],
    ['a workbook under the name of an older one', 'release.xls', /^NAME/],
    ['a workbook under the name of a document', 'release.docx', /^NAME/],
  ])('is %s', async (_, name, reason) => {
    expect(await refused(await sheet(row(1, one)), name)).toMatch(reason);
  });

  it('is a text under the name of a workbook', async () => {
    expect(await refused('a,b\n1,2\n', 'release.xlsx')).toMatch(/^NAME/);
  });

  it('is encrypted, as a package or as an archive', async () => {
    expect(await refused(await workbookOf([{ name: 'S', xml: '' }], [], { EncryptedPackage: 'x' }))).toBe(
      'ENCRYPTED: the file is encrypted; ask the agency for an open copy',
    );
    const locked = Buffer.from(await sheet(row(1, one)));
    // The flag of encryption stands in the directory of the archive, at byte 8 of each entry.
    for (
      let at = locked.indexOf('PK\u0001\u0002', 0, 'latin1');
      at >= 0;
      at = locked.indexOf('PK\u0001\u0002', at + 4, 'latin1')
    )
      locked.writeUInt16LE(locked.readUInt16LE(at + 8) | 1, at + 8);
    expect(await refused(locked)).toMatch(/^ENCRYPTED/);
  });

  it('is a bomb of any shape, and costs less than 100 ms', async () => {
    await readWhole(await sheet(row(1, one)));
    const flat = await workbookOf([{ name: 'S', xml: ' '.repeat(60_000_000) }]);
    const lie = Buffer.from(flat);
    lie.writeUInt32LE(1000, lie.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 22);
    const texts = await workbookOf([{ name: 'S', xml: sheetOf(row(1, one)) }], [escaped('A'.repeat(50_000_000))]);
    const many = await zipOfParts(Array.from({ length: 5000 }, (_, at) => ({ path: `p${at}`, content: '' })));
    for (const bomb of [flat, lie, texts, many]) expect(await costOf(bomb)).toBeLessThan(100);
  }, 60_000);
});
