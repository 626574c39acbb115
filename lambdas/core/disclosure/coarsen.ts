/**
 * Coarsen first: the regions of a map, chosen once per period and then frozen, so that neither their shape nor two of them together tell of a week
 * (docs/METHODS.md §3.3). Regions are made of parents of the properties' finest cells only, never of points indexed twice.
 */
import { cellToParent, getResolution, isValidCell } from 'h3-js';
import { sha256 } from '../domain/ids.ts';
import type { Policy } from './policy.ts';
import type { MapRegion } from './released-table.ts';

/** A place that can be counted: the finest cell of one or more city properties. A residential site is never shown below district: it joins the remainder. */
export type Site = { readonly cell: string; readonly count: number; readonly residential: boolean };

type Draft = { readonly cells: readonly string[]; readonly sites: readonly Site[]; readonly remainder: boolean };

const countOf = (sites: readonly Site[]): number => sites.reduce((sum, { count }) => sum + count, 0);

/**
 * An adaptive partition with merged remainder: a cell is split only when its children, with the small ones merged, all reach the threshold and hold enough sites.
 * Everything that no region covers is the remainder: always there, always last, and alone when even the whole is too small.
 */
export function partitionOf(sites: readonly Site[], { threshold, map }: Policy): MapRegion[] {
  const stands = (some: readonly Site[]) => countOf(some) >= threshold && some.length >= map.minimumSites;
  const mappable = sites.filter(({ cell, residential }) => !residential && isValidCell(cell));
  const coarse = childrenAt(mappable, map.coarsestResolution);
  let drafts = [...coarse]
    .filter(([, inside]) => stands(inside))
    .flatMap(([cell, inside]) =>
      split({ cells: [cell], sites: inside, remainder: false }, map.finestResolution, stands),
    );
  const rest = [...coarse].filter(([, inside]) => !stands(inside));
  let left: Site[] = [...rest.flatMap(([, inside]) => inside), ...sites.filter((site) => !mappable.includes(site))];
  let cells = rest.map(([cell]) => cell);
  drafts.sort((a, b) => countOf(a.sites) - countOf(b.sites) || (String(a.cells) < String(b.cells) ? -1 : 1));
  // A remainder too small to stand takes the smallest regions with it.
  while (left.length && !stands(left) && drafts.length) {
    const [smallest, ...others] = drafts;
    left = [...left, ...(smallest?.sites ?? [])];
    cells = [...cells, ...(smallest?.cells ?? [])];
    drafts = others;
  }
  const regions = drafts.map((draft) => regionOf(draft));
  regions.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...regions, remainderBeside(regions, cells)];
}

/** What the other regions do not cover, so it is named by them: the same name always means the same places. */
function remainderBeside(regions: readonly MapRegion[], cells: readonly string[]): MapRegion {
  const others = regions.flatMap(({ cells }) => cells).sort();
  return { id: `rest-${sha256(others.join(' ')).slice(0, 10)}`, cells: [...cells].sort(), remainder: true };
}

function split(draft: Draft, finest: number, stands: (sites: readonly Site[]) => boolean): Draft[] {
  const [cell] = draft.cells;
  if (draft.cells.length !== 1 || cell === undefined || getResolution(cell) >= finest) return [draft];
  const children = [...childrenAt(draft.sites, getResolution(cell) + 1)];
  const big: Draft[] = children
    .filter(([, inside]) => stands(inside))
    .map(([child, inside]) => ({ cells: [child], sites: inside, remainder: false }));
  const small = children.filter(([, inside]) => !stands(inside));
  if (small.length === 0) return big.flatMap((child) => split(child, finest, stands));
  let rest: Draft = {
    cells: small.map(([child]) => child),
    sites: small.flatMap(([, inside]) => inside),
    remainder: true,
  };
  big.sort((a, b) => countOf(b.sites) - countOf(a.sites));
  while (!stands(rest.sites)) {
    const taken = big.pop();
    if (!taken) return [draft];
    rest = { cells: [...rest.cells, ...taken.cells], sites: [...rest.sites, ...taken.sites], remainder: true };
  }
  if (big.length === 0) return [draft];
  return [...big.flatMap((child) => split(child, finest, stands)), rest];
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
function regionOf({ cells, remainder }: Pick<Draft, 'cells' | 'remainder'>): MapRegion {
  const sorted = [...cells].sort();
  const [only] = sorted;
  return {
    id: sorted.length === 1 && only ? only : `area-${sha256(sorted.join(' ')).slice(0, 10)}`,
    cells: sorted,
    remainder,
  };
}

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
