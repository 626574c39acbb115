/** Drawn workbooks, cell by cell against what was meant and against a reader that others wrote. `FOIA_SEEDS=5000` draws more of them. */
import { read, utils, type WorkBook } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { type Cell, CellError, SerialDate } from '#core/foia/cell.ts';
import { type Adversary, adversary, type Meant } from './adversary.ts';
import { rowsOf } from './agency-file.ts';

const seeds = Number(process.env['FOIA_SEEDS'] ?? 200);
/** White space alone is nothing, and CR LF is one line end: choices of ours. */
const told = (meant: Meant): string => {
  if (typeof meant === 'string') return `text ${meant}`;
  if (typeof meant === 'object') return 'fault' in meant ? `fault ${meant.fault}` : `day ${meant.serial}`;
  return `${typeof meant} ${meant}`;
};
const toldOurs = (cell: Cell, from1904: boolean): string => {
  if (cell instanceof SerialDate) {
    expect(cell.from1904).toBe(from1904);
    return `day ${cell.serial}`;
  }
  return cell instanceof CellError
    ? `fault ${cell.code}`
    : typeof cell === 'string'
      ? `text ${cell}`
      : `${typeof cell} ${cell}`;
};

const meantIn = ({ sheets }: Adversary): Record<string, Record<string, string>> =>
  Object.fromEntries(
    [...sheets].map(([name, cells]) => [
      name,
      Object.fromEntries([...cells].filter(([, meant]) => meant !== '').map(([place, meant]) => [place, told(meant)])),
    ]),
  );

async function oursIn({ bytes, from1904 }: Adversary): Promise<Record<string, Record<string, string>>> {
  const found = await rowsOf(bytes);
  return Object.fromEntries(
    Object.entries(found).map(([name, rows]) => [
      name,
      Object.fromEntries(
        rows.flatMap(({ number, cells }) =>
          cells.flatMap((cell, column) =>
            cell === undefined ? [] : [[`${number},${column}`, toldOurs(cell, from1904)]],
          ),
        ),
      ),
    ]),
  );
}

/** Days are numbers to the other reader. */
const asNumbers = (sheets: Record<string, Record<string, string>>): Record<string, Record<string, string>> =>
  JSON.parse(JSON.stringify(sheets).replaceAll('"day ', '"number '));

function secondIn(workbook: WorkBook): Record<string, Record<string, string>> {
  return Object.fromEntries(
    workbook.SheetNames.map((name) => {
      const cells: Record<string, string> = {};
      for (const [address, cell] of Object.entries(workbook.Sheets[name] ?? {})) {
        if (address.startsWith('!') || cell.t === 'z' || cell.v === undefined || cell.v === '') continue;
        const { r, c } = utils.decode_cell(address);
        const value =
          cell.t === 'e'
            ? `fault ${cell.w}`
            : cell.t === 'n'
              ? `number ${cell.v}`
              : cell.t === 'b'
                ? `boolean ${cell.v}`
                : `text ${cell.v}`;
        cells[`${r + 1},${c}`] = value;
      }
      return [name, cells];
    }),
  );
}

/** What was drawn of the workbook, and of the first cells that are not alike. */
function blamed(
  { odd, oddCells }: Adversary,
  one: Record<string, Record<string, string>>,
  other: Record<string, Record<string, string>>,
): string {
  const places = new Set(
    [...Object.entries(one), ...Object.entries(other)].flatMap(([sheet, cells]) =>
      Object.keys(cells).flatMap((place) => (one[sheet]?.[place] === other[sheet]?.[place] ? [] : `${sheet} ${place}`)),
    ),
  );
  const cells = [...places].slice(0, 5).map((place) => `${place}: ${[...(oddCells.get(place) ?? [])].join(', ')}`);
  return `drawn: ${[...odd].join(', ')}${cells.length > 0 ? `; unlike: ${cells.join(' | ')}` : ''}`;
}

describe('a workbook of any making', () => {
  it('is named by its odd parts when it is misread', async () => {
    const drawn = await adversary(3);
    const meant = meantIn(drawn);
    const [sheet = ''] = Object.keys(meant).filter((name) => Object.keys(meant[name] ?? {}).length > 0);
    const [place = ''] = Object.keys(meant[sheet] ?? {});
    const misread = { ...meant, [sheet]: { ...meant[sheet], [place]: 'text misread' } };
    const parts = [...(drawn.oddCells.get(`${sheet} ${place}`) ?? [])];
    expect(parts.length).toBeGreaterThan(0);
    expect(blamed(drawn, misread, meant)).toContain(`unlike: ${sheet} ${place}: ${parts.join(', ')}`);
  });

  it(`is read as it was meant and as another reader reads it, ${seeds} times`, async () => {
    for (let seed = 0; seed < seeds; seed++) {
      const drawn = await adversary(seed);
      const ours = await oursIn(drawn);
      const meant = meantIn(drawn);
      expect(ours, `seed ${seed}; ${blamed(drawn, ours, meant)}`).toEqual(meant);
      const second = read(Buffer.from((await adversary(seed, true)).bytes), {
        type: 'buffer',
        cellNF: false,
        cellText: true,
        cellHTML: false,
        sheetStubs: false,
      });
      const numbers = asNumbers(ours);
      const theirs = secondIn(second);
      expect(theirs, `the other reader, seed ${seed}; ${blamed(drawn, theirs, numbers)}`).toEqual(numbers);
    }
  }, 120_000);
});
