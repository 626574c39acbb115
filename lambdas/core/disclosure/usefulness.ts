/**
 * What protection cost: the share of what a table counts that it shows in true counts, how many cells it withholds, and how coarse its map is (docs/METHODS.md §3.8).
 * Everything here follows from what was released, so that it can be printed anywhere.
 */
import { cellArea, getResolution } from 'h3-js';
import { type MapRegion, type ReleasedTable, type ReleasedValue, total } from './released-table.ts';

/** Between two shares from 0 to 1. They are equal where the total is shown; where it is withheld, no more is said than its interval tells anyone. */
type Share = { readonly least: number; readonly most: number };

/** The regions of a map that have a place: how many, how large in km², half of them and half of the incidents shown in them at most so large; and the coarsest and the finest H3 resolution of their cells. */
type Coarseness = {
  readonly regions: number;
  readonly medianKm2: number;
  readonly incidentMedianKm2: number;
  readonly resolutions: readonly [coarsest: number, finest: number];
};

export type Usefulness = {
  readonly query: string;
  readonly cells: { readonly shown: number; readonly withheld: number };
  /** Of what the table counts, how much its inner cells show in true counts; absent where a table holds no counts. */
  readonly inTrueCounts?: Share;
  readonly map?: Coarseness;
};

export function usefulnessOf(table: ReleasedTable): Usefulness {
  const withheld = table.cells.filter(({ value }) => value.kind === 'withheld').length;
  const counts = table.cells.every(({ value }) => value.kind !== 'status');
  const map = table.regions && coarsenessOf(table, table.regions);
  return {
    query: table.query,
    cells: { shown: table.cells.length - withheld, withheld },
    ...(counts ? { inTrueCounts: shareOf(table) } : {}),
    ...(map ? { map } : {}),
  };
}

function shareOf({ cells }: ReleasedTable): Share {
  const inner: ReleasedValue[] = [];
  let whole: ReleasedValue | undefined;
  for (const { at, value } of cells) {
    const path = Object.values(at);
    if (!path.includes(total)) inner.push(value);
    else if (path.every((category) => category === total)) whole = value;
  }
  const shown = inner.reduce((sum, value) => sum + (value.kind === 'count' ? value.count : 0), 0);
  const [least, most] = whole?.kind === 'count' ? [whole.count, whole.count] : boundsOf(shown, inner, whole);
  const of = (incidents: number): number => (incidents === 0 ? 1 : shown / incidents);
  const atLeast = Number.isFinite(most) ? inThousandths(of(most), Math.floor) : 0;
  return { least: atLeast, most: least === most ? atLeast : inThousandths(of(least), Math.ceil) };
}

/** Between what numbers a withheld total lies, by its own interval and by those of the cells that it sums up. */
function boundsOf(shown: number, inner: readonly ReleasedValue[], whole: ReleasedValue | undefined) {
  const ends = (value: ReleasedValue | undefined) => (value?.kind === 'withheld' ? value.interval : undefined);
  const hidden = inner.filter(({ kind }) => kind === 'withheld');
  const sum = hidden.reduce((most, value) => most + (ends(value)?.most ?? Number.POSITIVE_INFINITY), shown);
  return [Math.max(shown, ends(whole)?.least ?? 0), Math.min(sum, ends(whole)?.most ?? sum)] as const;
}

/** To a tenth of a percent: more would only pretend to be exact. */
const inThousandths = (share: number, round: (of: number) => number): number => round(share * 1000) / 1000;

function coarsenessOf({ cells }: ReleasedTable, regions: readonly MapRegion[]): Coarseness | undefined {
  // The last region is what has no place on the map.
  const placed = regions.slice(0, -1).filter((region) => region.cells.length > 0);
  if (placed.length === 0) return undefined;
  const counts = new Map(
    cells.flatMap(({ at, value }) =>
      value.kind === 'count' ? [[Object.values(at)[0] ?? '', value.count] as const] : [],
    ),
  );
  const sized = placed
    .map((region) => ({
      area: region.cells.reduce((sum, cell) => sum + cellArea(cell, 'km2'), 0),
      count: counts.get(region.id) ?? 0,
    }))
    .sort((a, b) => a.area - b.area);
  const resolutions = placed.flatMap((region) => region.cells.map((cell) => getResolution(cell)));
  return {
    regions: placed.length,
    medianKm2: medianOf(sized.map(({ area }) => ({ area, weight: 1 }))),
    incidentMedianKm2: medianOf(sized.map(({ area, count }) => ({ area, weight: count }))),
    resolutions: [Math.min(...resolutions), Math.max(...resolutions)],
  };
}

/** The area at or below which half of the weight lies, to a tenth of a km²; `sized` is in the order of areas. */
function medianOf(sized: readonly { readonly area: number; readonly weight: number }[]): number {
  const half = sized.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const { area, weight } of sized) {
    below += weight;
    if (below >= half && (below > 0 || half === 0)) return Math.round(area * 10) / 10;
  }
  return 0;
}
