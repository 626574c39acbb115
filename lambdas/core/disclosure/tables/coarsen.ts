/**
 * Coarsen first: the regions of a map, chosen once per period and then frozen, so that neither their shape nor two of them together tell of a week
 * (docs/METHODS.md §3.3). Regions are made of parents of the properties' finest cells only, never of points indexed twice.
 */
import { cellToChildren, cellToParent, getResolution, isValidCell } from 'h3-js';
import { type City, residentsResolution } from '../../domain/city.ts';
import { sha256 } from '../../domain/ids.ts';
import type { Policy } from '../policy.ts';
import type { MapRegion } from '../released-table.ts';
import type { TieBreak } from '../tie-break.ts';

/** A place that can be counted: the finest cell of one or more city properties. A residential site is never shown below district: it joins the remainder. */
export type Site = { readonly cell: string; readonly count: number; readonly residential: boolean };

/** What the regions are drawn by besides the counts: who lives where, and the office's secret. */
export type Ground = { readonly residents: City['residents']; readonly chance: TieBreak };

type Draft = {
  readonly cells: readonly string[];
  readonly sites: readonly Site[];
  readonly remainder: boolean;
  readonly size: number;
  readonly stands: boolean;
};
type MakeDraft = (cells: readonly string[], sites: readonly Site[], remainder: boolean) => Draft;

/**
 * Weighs cells and the sites in them. Sizes are estimates, off by up to a half for each site and by half a threshold for each set of cells, by chance that only the key
 * holder can repeat: so that neither a cell that was split nor one that was not, nor which neighbour a small one was put to, tells what was counted there (attack A5).
 */
function drafting({ threshold, places }: Policy, { residents, chance }: Ground): MakeDraft {
  return (cells, sites, remainder) => {
    const living = cells
      .flatMap((cell) => (getResolution(cell) > residentsResolution ? [] : cellToChildren(cell, residentsResolution)))
      .reduce((sum, cell) => sum + (residents[cell] ?? 0), 0);
    const name = [...cells].sort().join(' ');
    const size = sites.reduce(
      (sum, { cell, count }) => sum + count * (0.5 + chance(`site ${cell}`)),
      (chance(`cells ${name}`) - 0.5) * threshold,
    );
    const stands =
      size >= places.regionIncidents &&
      sites.length >= places.regionProperties &&
      (cells.length === 0 || living >= places.regionResidents);
    return { cells, sites, remainder, size, stands };
  };
}

const bySize = (a: Draft, b: Draft): number => a.size - b.size || (String(a.cells) < String(b.cells) ? -1 : 1);

/**
 * An adaptive partition with merged remainder: a cell is split only when its children, with the small ones merged, all reach the floors of incidents, residents and
 * properties. Everything that no region covers is the remainder: always there, always last, and alone when even the whole is too small.
 */
export function partitionOf(sites: readonly Site[], policy: Policy, ground: Ground): MapRegion[] {
  const draft = drafting(policy, ground);
  const { coarsestResolution, finestResolution } = policy.places;
  const mappable = sites.filter(({ cell, residential }) => !residential && isValidCell(cell));
  const coarse = [...childrenAt(mappable, coarsestResolution)].map(([cell, inside]) => draft([cell], inside, false));
  let drafts = coarse.filter(({ stands }) => stands).flatMap((one) => split(one, finestResolution, draft));
  drafts.sort(bySize);
  const outside = coarse.filter(({ stands }) => !stands);
  let left = draft(
    outside.flatMap(({ cells }) => cells),
    [...outside.flatMap((one) => one.sites), ...sites.filter((site) => !mappable.includes(site))],
    true,
  );
  // A remainder too small to stand takes the smallest regions with it.
  while (left.sites.length && !left.stands && drafts.length) {
    const [smallest, ...others] = drafts;
    left = draft([...left.cells, ...(smallest?.cells ?? [])], [...left.sites, ...(smallest?.sites ?? [])], true);
    drafts = others;
  }
  const regions = drafts.map((draft) => regionOf(draft));
  regions.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...regions, remainderBeside(regions, left.cells)];
}

/** What the other regions do not cover, so it is named by them: the same name always means the same places. */
function remainderBeside(regions: readonly MapRegion[], cells: readonly string[]): MapRegion {
  const others = regions.flatMap(({ cells }) => cells).sort();
  return { id: `rest-${sha256(others.join(' ')).slice(0, 10)}`, cells: [...cells].sort(), remainder: true };
}

/**
 * The same partition with these regions made one. What they count together follows from what the others and the whole show, so it may as well be shown (docs/METHODS.md §3.3);
 * a single one takes the smallest of the others with it, by `sizeOf`.
 */
export function joinRegions(
  regions: readonly MapRegion[],
  ids: ReadonlySet<string>,
  sizeOf: (id: string) => number,
): readonly MapRegion[] {
  const apart = regions.filter(({ id }) => !ids.has(id));
  const [smallest] = [...apart].sort((a, b) => sizeOf(a.id) - sizeOf(b.id) || (a.id < b.id ? -1 : 1));
  const joined = new Set(ids.size === 1 && smallest ? [...ids, smallest.id] : ids);
  const cells = regions.flatMap(({ id, cells }) => (joined.has(id) ? cells : [])).sort();
  const others = regions.slice(0, -1).filter(({ id }) => !joined.has(id));
  const rest = regions.at(-1);
  if (!rest || joined.has(rest.id)) return [...others, remainderBeside(others, cells)];
  const region = { id: areaName(cells), cells, remainder: true };
  return [...[...others, region].sort((a, b) => (a.id < b.id ? -1 : 1)), rest];
}

function split(whole: Draft, finest: number, draft: MakeDraft): Draft[] {
  const [cell] = whole.cells;
  if (whole.cells.length !== 1 || cell === undefined || getResolution(cell) >= finest) return [whole];
  const children = [...childrenAt(whole.sites, getResolution(cell) + 1)].map(([child, inside]) =>
    draft([child], inside, false),
  );
  const big = children.filter(({ stands }) => stands).sort(bySize);
  const small = children.filter(({ stands }) => !stands);
  if (small.length === 0) return big.flatMap((child) => split(child, finest, draft));
  const together = (some: readonly Draft[]) =>
    draft(
      some.flatMap(({ cells }) => cells),
      some.flatMap(({ sites }) => sites),
      true,
    );
  let merged = [...small];
  let rest = together(merged);
  while (!rest.stands) {
    const taken = big.shift();
    if (!taken) return [whole];
    merged = [...merged, taken];
    rest = together(merged);
  }
  if (big.length === 0) return [whole];
  return [...big.flatMap((child) => split(child, finest, draft)), rest];
}

function childrenAt(sites: readonly Site[], resolution: number): Map<string, Site[]> {
  const children = new Map<string, Site[]>();
  for (const site of sites) {
    const parent = cellToParent(site.cell, resolution);
    const inside = children.get(parent);
    if (inside) inside.push(site);
    else children.set(parent, [site]);
  }
  return children;
}

/** The name tells the cells and nothing else, so the same region has the same name in every release. */
function regionOf({ cells, remainder }: Draft): MapRegion {
  const sorted = [...cells].sort();
  return { id: areaName(sorted), cells: sorted, remainder };
}

const areaName = (sorted: readonly string[]): string =>
  sorted.length === 1 && sorted[0] ? sorted[0] : `area-${sha256(sorted.join(' ')).slice(0, 10)}`;

/** Which region of a frozen partition a site falls into; what no region covers falls into the last remainder. */
export function regionOfSite(
  regions: readonly MapRegion[],
): (cell: string, residential: boolean) => string | undefined {
  const byCell = new Map(regions.flatMap(({ id, cells }) => cells.map((cell) => [cell, id] as const)));
  const resolutions = [...new Set([...byCell.keys()].map((cell) => getResolution(cell)))].sort((a, b) => b - a);
  const rest = regions.at(-1);
  return (cell, residential) => {
    if (!residential && isValidCell(cell))
      for (const resolution of resolutions) {
        const region = byCell.get(cellToParent(cell, Math.min(resolution, getResolution(cell))));
        if (region !== undefined) return region;
      }
    return rest?.id;
  };
}
