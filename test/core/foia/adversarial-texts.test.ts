/** Drawn text tables against a reader that others wrote, in every encoding, with every delimiter and line end. `FOIA_SEEDS=5000` draws more of them. */
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../bin/sample/random.ts';
import { cellsOf, readWhole } from './agency-file.ts';

const seeds = Number(process.env['FOIA_SEEDS'] ?? 400);
const encodings = [
  'utf8',
  'utf8 with mark',
  'utf16le with mark',
  'utf16be with mark',
  'utf16le',
  'windows-1252',
  'macintosh',
] as const;
const pieces = [
  'a',
  'Zz',
  '0',
  '12/31/2025',
  ' x',
  'ñ',
  'É',
  '(b)(6)',
  '=1+1',
  "'",
  'GENERAL AREA, NON-SPECIFIC',
  '|',
  ';',
  '\t',
  ',',
  '"',
  '\n',
];
const wide = ['–', '國', '😀', '\u00a0'];

type Drawn = { readonly text: string; readonly bytes: Buffer; readonly delimiter: string; readonly odd: string };

function drawn(seed: number): Drawn {
  const random = randomOf('text table', seed);
  const encoding = random.pick(encodings);
  const delimiter = random.pick([',', ';', '\t', '|']);
  const newline = random.pick(['\n', '\r\n', '\r']);
  const unicode = encoding.startsWith('utf');
  const width = random.whole(2, 9);
  const field = (): string => {
    if (random.next() < 0.15) return '';
    let text = random.pick(['a', 'Zz', '0', '(b)(7)(E )', 'W', 'r']);
    for (let left = random.whole(0, 3); left > 0; left--)
      text += unicode && random.next() < 0.3 ? random.pick(wide) : random.pick(pieces);
    return text.replace(/[\s\u00a0]+$/, '');
  };
  const quoted = (text: string): string => {
    const must = text.includes(delimiter) || /["\r\n]/.test(text);
    return must || random.next() < 0.1 ? `"${text.replaceAll('"', '""').replaceAll('\n', newline)}"` : text;
  };
  // The encoding of old Macs is told by a byte that Windows does not have, and by nothing else: such a file has one.
  const lines: string[] = encoding === 'macintosh' ? ['façade'] : [];
  for (let left = random.next() < 0.3 ? random.whole(1, 3) : 0; left > 0; left--)
    lines.push(random.pick(['For Official Use', 'Title']));
  // UTF-16 without a mark is told by how many characters are of the West: there none of the others repeats.
  const repeating = encoding === 'utf16le' ? 0 : random.pick([0, 0.5, 0.95]);
  let above: readonly string[] = [];
  for (let row = random.whole(4, 30); row > 0; row--) {
    // Some rows are ragged; most are not, or nobody could say what parts the fields.
    const count = random.next() < 0.05 ? random.whole(1, width + 2) : width;
    // What repeats down a column holds no other delimiter, for nobody could tell which one parts the fields.
    const fields = Array.from({ length: count }, (_, at) => {
      const text = above[at];
      return text !== undefined && random.next() < repeating && !/[,;|\t]/.test(text) ? text : field();
    });
    lines.push(fields.map(quoted).join(delimiter));
    above = fields;
    if (random.next() < 0.05) lines.push('');
  }
  const text = `${lines.join(newline)}${random.next() < 0.7 ? newline : ''}`;
  const [name = '', mark] = encoding.split(' with ');
  const odd = `${encoding}, parted by ${JSON.stringify(delimiter)}, lines end in ${JSON.stringify(newline)}`;
  return { text, bytes: iconv.encode(text, name, { addBOM: mark !== undefined }), delimiter, odd };
}

/** What both call a row: fields that hold something, by place; line ends inside a field are one. */
const told = (rows: readonly (readonly unknown[])[]): Record<string, string>[] =>
  rows
    .map((row) =>
      Object.fromEntries(
        [...row].flatMap((cell, at) => {
          const text = String(cell ?? '').replace(/\r\n?/g, '\n');
          return text.trim() === '' ? [] : [[at, text]];
        }),
      ),
    )
    .filter((row) => Object.keys(row).length > 0);

describe('a text table of any making', () => {
  it(`is read as another reader reads it that is told the encoding and the delimiter, ${seeds} times`, async () => {
    for (let seed = 0; seed < seeds; seed++) {
      const { text, bytes, delimiter, odd } = drawn(seed);
      const { data } = Papa.parse<string[]>(text, {
        delimiter,
        newline: text.includes('\r\n') ? '\r\n' : text.includes('\r') ? '\r' : '\n',
      });
      expect(told(await cellsOf(bytes)), `seed ${seed}: ${odd}`).toEqual(told(data));
    }
  }, 120_000);

  it('counts a row as identical however it is quoted, and two rows as different when only their fields are cut otherwise', async () => {
    const table = (lines: readonly string[]) =>
      readWhole(
        `Departed Date,Date of Birth,Gender,Country of Citizenship,Event Number,Most Serious Conviction,Case Category\n${lines.join('\n')}\n`,
      );
    const identical = async (lines: readonly string[]) => {
      const { reading } = await table(lines);
      return reading.status === 'taken' ? reading.sheets[0]?.identicalRows : reading.status;
    };
    const row = '1/3/2012,(b)(6),Male,MEXICO,1,x,[3] Final';
    expect(await identical([row, row])).toBe(1);
    expect(await identical([row, '"1/3/2012","(b)(6)","Male","MEXICO","1","x","[3] Final"'])).toBe(1);
    expect(await identical([row, `${row},,`])).toBe(1);
    expect(await identical([row, '1/3/2012,(b)(6),Male,MEXICO,1,x ,[3] Final'])).toBe(0);
    expect(await identical(['1/3/2012,a,b,c,1,x,y', '1/3/2012,"a,b",c,1,x,y'])).toBe(0);
    expect(await identical(['1/3/2012, ,b,c,1,x,y', '1/3/2012,,b,c,1,x,y'])).toBe(1);
    expect(await identical(['1/3/2012,"a""b",b,c,1,x,y', '1/3/2012,a"b,b,c,1,x,y'])).toBe(1);
    expect(await identical(['1/3/2012,ab,c,d,1,x,y', '1/3/2012,a,bc,d,1,x,y'])).toBe(0);
    expect(await identical(['1/3/2012,a,b,c,1,x,y', '1/3/2012,a,b,c,1,x,z', '1/3/2012,a,b,c,1,x,y'])).toBe(1);
    expect(await identical(['1/3/2012,a,b,c,1,x,y', '1/3/2012,a,b', '1/3/2012,a,b,,,, '])).toBe(1);
    expect(await identical(['1/3/2012,a,b,c,1,x,y', '1/3/2012,b,a,c,1,x,y'])).toBe(0);
  });
});
