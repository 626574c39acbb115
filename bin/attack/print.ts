/**
 * A print as a person reads it: what stands apart on the sheet is read apart. Labels of neighbouring places on a map follow each other in the file without a blank, and are two
 * numbers all the same.
 */
import { getDocumentProxy } from 'unpdf';

/** Pieces of one word touch: the next begins where the last ended, to within this share of the height of the letters. */
const touching = 0.1;

type Piece = {
  readonly said: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

function isOneWord(before: Piece, after: Piece): boolean {
  const gap = touching * Math.max(before.height, after.height);
  return Math.abs(after.y - before.y) <= gap && Math.abs(after.x - before.x - before.width) <= gap;
}

/** The text of each sheet. */
export async function sheetsOf(pdf: Uint8Array): Promise<string[]> {
  const print = await getDocumentProxy(pdf);
  const sheets: string[] = [];
  for (let nth = 1; nth <= print.numPages; nth++) {
    const { items } = await (await print.getPage(nth)).getTextContent();
    let sheet = '';
    let before: Piece | undefined;
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue;
      const [, , , , x = 0, y = 0]: readonly number[] = item.transform;
      const piece = { said: item.str, x, y, width: item.width, height: item.height };
      sheet += before && !isOneWord(before, piece) ? ` ${piece.said}` : piece.said;
      before = piece;
    }
    sheets.push(sheet);
  }
  return sheets;
}
