import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { cellsOf, readWhole, rowsOf } from './agency-file.ts';

const table = 'Título,b,c\n"uno, dos",2,"línea\nnueva"\n"di ""tres""",4,5\n';
const cells = [
  ['Título', 'b', 'c'],
  ['uno, dos', '2', 'línea\nnueva'],
  ['di "tres"', '4', '5'],
];

describe('a table in text', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])(
    'is read in %s, with and without a byte-order mark',
    async (encoding) => {
      expect(await cellsOf(iconv.encode(table, encoding))).toEqual(cells);
      if (encoding !== 'windows-1252')
        expect(await cellsOf(iconv.encode(table, encoding, { addBOM: true }))).toEqual(cells);
    },
  );

  it.each(['\n', '\r\n', '\r'])('is read with line ends %j', async (lineEnd) => {
    expect(await cellsOf(table.replaceAll('\n', lineEnd))).toEqual(cells);
  });

  it.each([';', '\t', '|'])('finds the delimiter %j', async (delimiter) => {
    expect(
      await cellsOf(['x', 'y', 'z'].join(delimiter).repeat(1).concat(`\n1${delimiter}2, and${delimiter}3\n`)),
    ).toEqual([
      ['x', 'y', 'z'],
      ['1', '2, and', '3'],
    ]);
  });

  it('keeps the numbers of rows over blank lines, and leaves blank rows out', async () => {
    const rows = (await rowsOf('a,b\n\n , \n1,2\n'))[''] ?? [];
    expect(rows.map(({ number, filled }) => [number, filled])).toEqual([
      [1, 2],
      [4, 2],
    ]);
  });

  it('keeps characters whole across the edges of its blocks', async () => {
    const line = `${'–ñ😀é'.repeat(37)},x\n`;
    const count = Math.ceil(2_400_000 / Buffer.byteLength(line));
    const read = await cellsOf(line.repeat(count));
    expect(read.length).toBe(count);
    expect(new Set(read.map((row) => row[0]))).toEqual(new Set(['–ñ😀é'.repeat(37)]));
  });

  it('is not read where its encoding or its line ends are of no text table', async () => {
    const wide = Buffer.from('a,b\n1,2\n', 'utf16le');
    const utf32 = Buffer.concat([...wide.toString('utf16le')].map((one) => Buffer.from(`${one}\0`, 'utf16le')));
    const { reading } = await readWhole(Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), utf32]));
    expect(reading).toMatchObject({ status: 'refused', code: 'ENCODING' });
    for (const end of ['\u2028', '\u2029', '\u0085'])
      expect((await readWhole(`a,b${end}1,2${end}`)).reading).toMatchObject({ status: 'refused', code: 'MALFORMED' });
  });

  it('is refused when a quote is never closed', async () => {
    expect((await readWhole('a,b\n1,"2\n3,4\n')).reading).toMatchObject({ status: 'refused', code: 'TRUNCATED' });
  });
});
