/** What looks like the header of a table that no layout knows: a row of different words with values under them. Only ever shown to a person. */
import { type Cell, cellText, SerialDate, type SheetRow } from './cell.ts';
import { whenIn } from './dates.ts';
import { type Column, columnsOf } from './header.ts';

export type LikelyHeader = { readonly row: number; readonly headers: readonly Column[] };

const rowsBelow = 8;
const longestName = 80;

const isName = (cell: Cell): boolean => {
  if (cell === undefined || typeof cell === 'number' || cell instanceof SerialDate) return false;
  const text = cellText(cell);
  return /\p{L}/u.test(text) && text.length <= longestName && whenIn(text).kind !== 'day';
};

/** The likeliest header among the first rows of a sheet; undefined when no row has two names with something under them. */
export function likelyHeader(rows: readonly SheetRow[]): LikelyHeader | undefined {
  let best: { readonly header: LikelyHeader; readonly score: number } | undefined;
  for (const [at, row] of rows.entries()) {
    const headers = columnsOf(row);
    const names = headers.filter(({ index }) => isName(row.cells[index]));
    const different = new Set(names.map(({ words }) => words)).size;
    if (different < 2 || names.length < headers.length * 0.75) continue;
    const below = rows.slice(at + 1, at + 1 + rowsBelow);
    if (below.length === 0) continue;
    const filled = below.reduce(
      (sum, { cells }) => sum + headers.filter(({ index }) => cells[index] !== undefined).length,
      0,
    );
    const score = different * (filled / (below.length * headers.length));
    if (!best || score > best.score) best = { header: { row: row.number, headers }, score };
  }
  return best?.header;
}
