/**
 * The map: released regions and nothing finer, one colour class per count, hatch for what is withheld (docs/METHODS.md §5).
 * The picture carries no ids, no cell names and no metadata; same input, same bytes.
 */
import { geoMercator } from 'd3-geo';
import type { MapRegion, ReleasedValue } from '../disclosure/released-table.ts';
import type { Outline } from '../domain/city.ts';
import { type ColourClass, classOf, colourClasses } from './colour-classes.ts';
import { areaOf, type Point, piecesOf, type Rings, roomiest, thinned, touches } from './map-geometry.ts';
import { labelMarkup } from './map-labels.ts';
import { escaped } from './markup.ts';

export const fontFamily = "'Public Sans', 'Helvetica Neue', Arial, sans-serif";
export const ink = '#14243d';

/** One connected part of a region; `clipped` when it touches the city, so that only what lies in the city is drawn. */
type Piece = { readonly rings: Rings; readonly clipped: boolean };
type Shape = { readonly pieces: readonly Piece[]; readonly value: ReleasedValue; readonly remainder: boolean };

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

const path = (rings: Rings): string =>
  rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`).join('');

/**
 * Draws the map as an SVG `width` pixels wide; the height follows the city. Regions are cut at the outline of the city, a part that does not touch it is drawn whole:
 * the picture is cut, the counts are not. With `legend` false the page around it gives the legend (a legend inside is too small on a telephone).
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
  const border: Rings = outline.flatMap((polygon) =>
    polygon.map((ring) => ring.map(([longitude = 0, latitude = 0]): Point => [longitude, latitude])),
  );
  const geographic: Shape[] = regions.map((region) => ({
    pieces: piecesOf(region).map((rings) => ({ rings, clipped: touches(rings, border) })),
    value: read(region),
    remainder: region.remainder,
  }));
  const seen = geographic.flatMap(({ pieces }) => pieces).filter(({ clipped }) => !clipped);
  const { place, mapHeight } = frameOf([...border, ...seen.flatMap(({ rings }) => rings)].flat(), width);
  const onPage = (rings: Rings): Rings => rings.map((ring) => ring.map(place));

  const shapes = geographic.map((shape) => {
    const pieces = shape.pieces.map(({ rings, clipped }) => ({ rings: onPage(rings), clipped }));
    return {
      ...shape,
      pieces,
      size: areaOf(pieces[0]?.rings ?? []),
      key: pieces.map(({ rings }) => path(rings)).join(''),
    };
  });
  // The order must tell nothing of counts: remainders below the rest, the large below the small.
  shapes.sort(
    (a, b) => Number(b.remainder) - Number(a.remainder) || b.size - a.size || a.key.localeCompare(b.key, 'en'),
  );
  const classes = colourClasses(countsOf(shapes));
  const legend = picture.legend ? mapLegend(shapes, words) : [];
  const remainder = picture.legend ? remainderLegend(shapes, words) : undefined;
  const legendTop = mapHeight + 18;
  const height = Math.round(picture.legend ? legendTop + 60 + (remainder ? 18 : 0) : mapHeight);

  const cityRings = onPage(border);
  const city = path(cityRings);
  const cut = (clipped: boolean) => (clipped ? ' clip-path="url(#map-city)"' : '');
  const drawn = (pieces: readonly Piece[], paint: string) =>
    [true, false].flatMap((clipped) => {
      const rings = pieces.filter((piece) => piece.clipped === clipped).flatMap((piece) => piece.rings);
      return rings.length ? [`<path d="${path(rings)}"${paint}${cut(clipped)}/>`] : [];
    });
  const paintOf = ({ value, remainder }: Valued) =>
    value.kind !== 'count' ? 'url(#map-withheld)' : remainder ? remainderFill : classOf(classes, value.count).fill;
  const standing = shapes.filter(({ remainder }) => !remainder);
  const remainders = shapes.filter(({ remainder }) => remainder);
  const fills = (some: typeof shapes) =>
    `<g stroke="#ffffff" stroke-width="1" fill-rule="evenodd" stroke-linejoin="round">${some.flatMap((shape) => drawn(shape.pieces, ` fill="${paintOf(shape)}"`)).join('')}</g>`;

  const edge = thinned(cityRings, 4);
  const labels = shapes.map(({ pieces, value, remainder }, at) => {
    const above = shapes.slice(at + 1).flatMap((other) => other.pieces.map(({ rings }) => rings));
    const spots = pieces
      .flatMap(({ rings, clipped }) => roomiest(rings, clipped ? edge : undefined, above) ?? [])
      .sort((a, b) => b.room - a.room);
    return {
      spots,
      text: value.kind === 'count' ? words.count(value.count) : undefined,
      ink: value.kind !== 'count' || remainder ? ink : classOf(classes, value.count).ink,
    };
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:lang="${words.language}" font-family="${fontFamily}">`,
    `<title>${escaped(words.title)}</title><desc>${escaped(words.description)}</desc>`,
    hatch('map-withheld'),
    city ? `<clipPath id="map-city"><path d="${city}" clip-rule="evenodd"/></clipPath>` : '',
    picture.legend ? `<rect width="${width}" height="${height}" fill="#ffffff"/>` : '',
    city ? `<path d="${city}" fill="#faf8f4" fill-rule="evenodd"/>` : '',
    // The edges of remainders lie below the other regions, whose cells reach a little over those of their parents.
    remainders.length
      ? `${fills(remainders)}<g fill="none" stroke="${ink}" stroke-width="1" stroke-opacity=".7" stroke-dasharray="3 2.5">${remainders.flatMap(({ pieces }) => drawn(pieces, '')).join('')}</g>`
      : '',
    fills(standing),
    city ? `<path d="${city}" fill="none" stroke="#6f6a60" stroke-width="1.1" stroke-linejoin="round"/>` : '',
    labelMarkup(labels, { width, height: mapHeight, ink }),
    picture.legend ? legendMarkup(legend, words, { left: margin, top: legendTop, width, remainder }) : '',
    '</svg>',
  ].join('');
}

const margin = 12;

/** From longitude and latitude to the page: as wide as the picture, but not much taller than wide. */
function frameOf(points: readonly Point[], width: number) {
  const bounds = { type: 'MultiPoint' as const, coordinates: points.map(([x, y]) => [x, y]) };
  const projection = geoMercator().fitWidth(width - 2 * margin, bounds);
  const project = ([longitude, latitude]: Point): Point => {
    const [x = 0, y = 0] = projection([longitude, latitude]) ?? [];
    return [x + margin, y + margin];
  };
  let lowest = 200 - margin;
  if (points.length) {
    lowest = Number.NEGATIVE_INFINITY;
    for (const point of points) lowest = Math.max(lowest, project(point)[1]);
  }
  const full = lowest + margin;
  // A tall city would not fit a page: shrink it instead.
  const shrink = Math.min(1, (width * 1.05) / full);
  const place = (point: Point): Point => {
    const [x, y] = project(point);
    return [(x - width / 2) * shrink + width / 2, y * shrink];
  };
  return { place, mapHeight: full * shrink };
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
