/**
 * The map: released regions and nothing finer, one colour class per count, hatch for what is withheld (docs/METHODS.md §5).
 * The picture carries no ids, no cell names and no metadata; same input, same bytes.
 */
import { geoMercator } from 'd3-geo';
import { cellsToMultiPolygon, getResolution } from 'h3-js';
import type { MapRegion, ReleasedValue } from '../disclosure/released-table.ts';
import type { Outline } from '../domain/city.ts';
import { type ColourClass, classOf, colourClasses } from './colour-classes.ts';
import { escaped } from './markup.ts';

export const fontFamily = "'Public Sans', 'Helvetica Neue', Arial, sans-serif";
export const ink = '#14243d';

type Point = readonly [number, number];
type Shape = {
  readonly rings: readonly (readonly Point[])[];
  readonly value: ReleasedValue;
  readonly remainder: boolean;
};

export type MapWords = {
  readonly title: string;
  readonly description: string;
  readonly legend: string;
  readonly withheld: string;
  readonly remainder: string;
  readonly source: string;
  readonly count: (value: number) => string;
  readonly language: string;
};

export type LegendEntry = { readonly label: string; readonly fill: string | 'hatch' };

/** Rings of a region in longitude and latitude; cells of one resolution are joined, so that inner edges vanish. */
function ringsOf(region: MapRegion): readonly (readonly Point[])[] {
  const byResolution = new Map<number, string[]>();
  for (const cell of region.cells) {
    const resolution = getResolution(cell);
    byResolution.set(resolution, [...(byResolution.get(resolution) ?? []), cell]);
  }
  return [...byResolution.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, cells]) => cellsToMultiPolygon([...cells].sort(), true))
    .flat()
    .map((ring) => ring.map(([longitude = 0, latitude = 0]): Point => [longitude, latitude]));
}

const classLabel = ({ from, to }: ColourClass, words: MapWords): string =>
  from === to ? words.count(from) : `${words.count(from)}–${words.count(to)}`;

type Valued = { readonly value: ReleasedValue; readonly remainder: boolean };

/** The counts that the colours tell; a remainder is spread over the city, and its sum would shade places that it says nothing of. */
const countsOf = (areas: readonly Valued[]): readonly number[] =>
  areas.flatMap(({ value, remainder }) => (value.kind === 'count' && !remainder ? [value.count] : []));

const remainderFill = '#ece6d8';

/** What the colours mean, for a legend in the page or in the picture. */
export function mapLegend(areas: readonly Valued[], words: MapWords): readonly LegendEntry[] {
  const entries: LegendEntry[] = colourClasses(countsOf(areas)).map((entry) => ({
    label: classLabel(entry, words),
    fill: entry.fill,
  }));
  if (areas.some(({ value }) => value.kind === 'withheld')) entries.push({ label: words.withheld, fill: 'hatch' });
  return entries;
}

/** The remainder in words, with its count when there is one remainder and its count is shown; undefined when there is none. */
export function remainderLegend(areas: readonly Valued[], words: MapWords): string | undefined {
  const [first, ...more] = areas.filter(({ remainder }) => remainder);
  if (!first) return undefined;
  return first.value.kind === 'count' && more.length === 0
    ? `${words.remainder} (${words.count(first.value.count)})`
    : words.remainder;
}

/** The hatch of what is withheld; `name` keeps two pictures of one page apart. */
export const hatch = (name: string): string =>
  `<defs><pattern id="${name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#f0eeea"/><rect width="1.4" height="5" fill="#8d8a84"/></pattern></defs>`;

/** Centre of the largest ring and half the width free around it. */
function middle(rings: readonly (readonly Point[])[]): { readonly at: Point; readonly room: number } {
  let best: { at: Point; room: number } = { at: [0, 0], room: 0 };
  for (const ring of rings) {
    let [area, x, y] = [0, 0, 0];
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
      const cross = x1 * y2 - x2 * y1;
      area += cross / 2;
      x += (x1 + x2) * cross;
      y += (y1 + y2) * cross;
    }
    if (area === 0) continue;
    const at: Point = [x / (6 * area), y / (6 * area)];
    const room = Math.min(...ring.map(([px, py]) => Math.hypot(px - at[0], py - at[1])));
    if (room > best.room) best = { at, room };
  }
  return best;
}

const path = (rings: readonly (readonly Point[])[]): string =>
  rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`).join('');

/**
 * Draws the map as an SVG `width` pixels wide; the height follows the city. With `legend` false the page around it gives the legend (a legend inside
 * is too small on a telephone).
 */
export function mapSvg(picture: {
  readonly regions: readonly MapRegion[];
  readonly read: (region: MapRegion) => ReleasedValue;
  readonly outline: Outline;
  readonly words: MapWords;
  readonly legend: boolean;
  readonly width?: number;
}): string {
  const { regions, read, outline, words, width = 720 } = picture;
  const geographic = regions.map((region) => ({
    rings: ringsOf(region),
    value: read(region),
    remainder: region.remainder,
  }));
  const points = [
    ...outline.flatMap((polygon) => polygon.flat()),
    ...geographic.flatMap(({ rings }) => rings.flat()),
  ].map(([longitude, latitude]) => [longitude, latitude]);
  const margin = 12;
  const bounds = { type: 'MultiPoint' as const, coordinates: points };
  const projection = geoMercator().fitWidth(width - 2 * margin, bounds);
  const project = ([longitude, latitude]: Point): Point => {
    const [x = 0, y = 0] = projection([longitude, latitude]) ?? [];
    return [x + margin, y + margin];
  };
  const projected = points.map(([longitude = 0, latitude = 0]) => project([longitude, latitude])[1]);
  let mapHeight = points.length ? Math.max(...projected) + margin : 200;
  // A tall city would not fit a page: shrink it instead.
  const shrink = Math.min(1, (width * 1.05) / mapHeight);
  mapHeight *= shrink;
  const place = (point: Point): Point => {
    const [x, y] = project(point);
    return [(x - width / 2) * shrink + width / 2, y * shrink];
  };

  const shapes: Shape[] = geographic.map((shape) => ({ ...shape, rings: shape.rings.map((ring) => ring.map(place)) }));
  // Row order must tell nothing: remainder first, then by place on the page.
  shapes.sort((a, b) => Number(b.remainder) - Number(a.remainder) || path(a.rings).localeCompare(path(b.rings), 'en'));
  const classes = colourClasses(countsOf(shapes));
  const legend = picture.legend ? mapLegend(shapes, words) : [];
  const remainder = picture.legend ? remainderLegend(shapes, words) : undefined;
  const legendTop = mapHeight + 18;
  const height = Math.round(picture.legend ? legendTop + 60 + (remainder ? 18 : 0) : mapHeight);

  const city = path(outline.flatMap((polygon) => polygon.map((ring) => ring.map(place))));
  const areas = shapes.map(({ rings, value, remainder }) => {
    const shade = () => (value.kind === 'count' && !remainder ? classOf(classes, value.count).fill : remainderFill);
    const fill = value.kind === 'count' ? shade() : 'url(#map-withheld)';
    return `<path d="${path(rings)}" fill="${fill}"/>`;
  });
  const remainders = shapes.filter(({ remainder }) => remainder).map(({ rings }) => `<path d="${path(rings)}"/>`);
  const labels = shapes.flatMap(({ rings, value, remainder }) => {
    if (value.kind !== 'count' || (remainder && rings.length > 1)) return [];
    const { at, room } = middle(rings);
    const text = words.count(value.count);
    const size = Math.min(13, room * 0.95);
    if (size < 8 || text.length * size * 0.6 > room * 1.9) return [];
    return `<text x="${at[0].toFixed(1)}" y="${(at[1] + size * 0.35).toFixed(1)}" font-size="${size.toFixed(1)}" fill="${remainder ? ink : classOf(classes, value.count).ink}">${escaped(text)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:lang="${words.language}" font-family="${fontFamily}">`,
    `<title>${escaped(words.title)}</title><desc>${escaped(words.description)}</desc>`,
    hatch('map-withheld'),
    picture.legend ? `<rect width="${width}" height="${height}" fill="#ffffff"/>` : '',
    city ? `<path d="${city}" fill="#faf8f4" fill-rule="evenodd"/>` : '',
    `<g stroke="#ffffff" stroke-width="1" fill-rule="evenodd" stroke-linejoin="round">${areas.join('')}</g>`,
    remainders.length
      ? `<g fill="none" stroke="${ink}" stroke-width="1.4" stroke-dasharray="3 2.5">${remainders.join('')}</g>`
      : '',
    city ? `<path d="${city}" fill="none" stroke="#6f6a60" stroke-width="1.1" stroke-linejoin="round"/>` : '',
    `<g font-weight="600" text-anchor="middle">${labels.join('')}</g>`,
    picture.legend ? legendMarkup(legend, words, { left: margin, top: legendTop, width, remainder }) : '',
    '</svg>',
  ].join('');
}

function legendMarkup(
  entries: readonly LegendEntry[],
  words: MapWords,
  at: { readonly left: number; readonly top: number; readonly width: number; readonly remainder: string | undefined },
): string {
  const step = Math.min(104, (at.width - 2 * at.left) / Math.max(1, entries.length));
  const boxes = entries.map(({ label, fill }, index) => {
    const x = at.left + index * step;
    const paint = fill === 'hatch' ? 'url(#map-withheld)' : fill;
    return `<rect x="${x.toFixed(1)}" y="${at.top + 10}" width="20" height="13" fill="${paint}" stroke="#6f6a60" stroke-width=".6"/><text x="${(x + 26).toFixed(1)}" y="${at.top + 21}">${escaped(label)}</text>`;
  });
  const remainder = at.remainder
    ? `<rect x="${at.left}" y="${at.top + 30}" width="20" height="13" fill="${remainderFill}" stroke="${ink}" stroke-dasharray="2.5 2"/><text x="${at.left + 26}" y="${at.top + 41}">${escaped(at.remainder)}</text>`
    : '';
  const source = at.top + (at.remainder ? 62 : 44);
  return `<g font-size="12" fill="${ink}"><text x="${at.left}" y="${at.top}" font-weight="700">${escaped(words.legend)}</text>${boxes.join('')}${remainder}<text x="${at.left}" y="${source}" font-size="10" fill="#55514a">${escaped(words.source)}</text></g>`;
}
