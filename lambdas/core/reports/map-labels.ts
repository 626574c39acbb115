/**
 * The labels of a map: in their area where there is room, else beside it with a line to it (docs/METHODS.md §5). Parts of one area that lie apart carry one letter.
 */

import { type Box, overlap, type Point, type Spot } from './map-geometry.ts';
import { escaped } from './markup.ts';

/** One area as it can be seen: the roomiest point of each of its parts, the roomiest part first; `text` is undefined for what is withheld. */
export type Labelled = { readonly spots: readonly Spot[]; readonly text: string | undefined; readonly ink: string };

type Frame = { readonly width: number; readonly height: number; readonly ink: string };

const glyph = 0.6; // the width of a digit in parts of the font size
const smallest = 8;
const beside = 11;

const boxAround = ([x, y]: Point, text: string, size: number): Box => {
  const half = (text.length * size * glyph) / 2 + 1.5;
  return { left: x - half, right: x + half, top: y - size * 0.6, bottom: y + size * 0.6 };
};

const letterOf = (place: number): string =>
  place < 26 ? String.fromCharCode(65 + place) : `${letterOf(Math.floor(place / 26) - 1)}${letterOf(place % 26)}`;

/** The size at which a text stands in a place; undefined where it would not. */
function sizeIn({ room }: Spot, text: string): number | undefined {
  const size = Math.min(13, room * 0.95, (room * 1.9) / (text.length * glyph));
  return size < smallest ? undefined : size;
}

export function labelMarkup(areas: readonly Labelled[], frame: Frame): string {
  const parted = areas
    .filter(({ spots }) => spots.length > 1)
    .sort((a, b) => (a.spots[0]?.at[1] ?? 0) - (b.spots[0]?.at[1] ?? 0));
  const letters = new Map(parted.map((area, place) => [area, letterOf(place)]));
  const taken: Box[] = [];
  const lines: string[] = [];
  const texts: string[] = [];
  const write = (at: Point, text: string, size: number, ink: string, halo: boolean) => {
    taken.push(boxAround(at, text, size));
    const edge = halo ? ' stroke="#ffffff" stroke-width="2.6" stroke-linejoin="round" paint-order="stroke"' : '';
    texts.push(
      `<text x="${at[0].toFixed(1)}" y="${(at[1] + size * 0.35).toFixed(1)}" font-size="${size.toFixed(1)}" fill="${ink}"${edge}>${escaped(text)}</text>`,
    );
  };
  const outside: (readonly [Spot, string])[] = [];
  for (const area of areas) {
    const letter = letters.get(area);
    const text = [letter, area.text].filter((part) => part !== undefined).join(' ');
    const [first, ...others] = area.spots;
    if (!first || text === '') continue;
    const size = sizeIn(first, text);
    if (size !== undefined) write(first.at, text, size, area.ink, area.text === undefined);
    else outside.push([first, text]);
    if (letter)
      for (const spot of others) {
        const size = sizeIn(spot, letter);
        if (size !== undefined) write(spot.at, letter, size, area.ink, area.text === undefined);
        else outside.push([spot, letter]);
      }
  }
  const marks = outside.map(
    ([{ at }]): Box => ({ left: at[0] - 4, right: at[0] + 4, top: at[1] - 4, bottom: at[1] + 4 }),
  );
  for (const [{ at }, text] of outside) {
    const free = placesAround(at).find((place) => {
      const box = boxAround(place, text, beside);
      if (box.left < 1 || box.top < 1 || box.right > frame.width - 1 || box.bottom > frame.height - 1) return false;
      return ![...taken, ...marks].some((other) => overlap(box, other));
    });
    if (!free) continue;
    lines.push(`<path d="M${at[0].toFixed(1)},${at[1].toFixed(1)}L${free[0].toFixed(1)},${free[1].toFixed(1)}"/>`);
    write(free, text, beside, frame.ink, true);
  }
  return [
    lines.length ? `<g fill="none" stroke="${frame.ink}" stroke-width=".8">${lines.join('')}</g>` : '',
    `<g font-weight="600" text-anchor="middle">${texts.join('')}</g>`,
  ].join('');
}

/** Places to try, the nearest first. */
function placesAround([x, y]: Point): Point[] {
  const places: Point[] = [];
  for (const far of [17, 22, 28, 36, 46, 58, 72])
    for (let step = 0; step < 16; step++) {
      const angle = (step * Math.PI) / 8;
      places.push([x + far * Math.cos(angle), y + far * Math.sin(angle)]);
    }
  return places;
}
