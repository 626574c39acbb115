/**
 * What to try to show: each raw table on the frozen basis, coarsened (docs/METHODS.md §3.1, §3.3). Weeks that were released are not counted again;
 * late records wait and are counted in the evidence.
 */
import type { City } from '../../domain/city.ts';
import { type Sha256, sha256 } from '../../domain/ids.ts';
import { type CalendarDate, daysBetween } from '../../domain/instant.ts';
import { invariant } from '../../domain/invariant.ts';
import { accept, type Outcome, refuse } from '../../domain/problem.ts';
import { type Week, weeksFrom } from '../../domain/week.ts';
import type { LedgerEntry, TableFrame } from '../ledger-entry.ts';
import type { Policy } from '../policy.ts';
import { type MapRegion, type ReleasedTable, total } from '../released-table.ts';
import { predicateKey, type Span } from '../system/system.ts';
import { tieBreak } from '../tie-break.ts';
import { atKey, type Candidate, type History, sitePredicate } from './assemble.ts';
import { partitionOf, regionOfSite, type Site } from './coarsen.ts';
import { withJoinedDistricts } from './districts.ts';
import {
  countsOf,
  type Dimension,
  dimensionsOf,
  frameOf,
  type Grid,
  gridOver,
  inDistricts,
  type RawTable,
  unknownCategory,
} from './grid.ts';
import { standingTable } from './settled.ts';
import { isFinerThanWeek } from './time-floor.ts';

/** `standing` is a table that an earlier release already showed for the same window: it is shown again as it was. `table` is the place in the request. */
export type Plan =
  | { readonly kind: 'coverage'; readonly table: number }
  | {
      readonly kind: 'counts';
      readonly table: number;
      readonly sql: Sha256;
      readonly candidate: Candidate;
      /** The regions of a map were drawn for this release, and are not those of an earlier one. */
      readonly drawn: boolean;
      readonly heldLate: number;
    }
  | {
      readonly kind: 'standing';
      readonly table: ReleasedTable;
      readonly truths: Readonly<Record<string, number>>;
      readonly frame: TableFrame | undefined;
      readonly heldLate: number;
    };

type Planning = {
  readonly id: string;
  readonly city: City;
  readonly tables: readonly RawTable[];
  readonly ledger: readonly LedgerEntry[];
  readonly tieBreakKey: string;
  /** Regions to try for a map instead of those that stand or would be drawn for it, by query. */
  readonly regions?: ReadonlyMap<string, readonly MapRegion[]>;
};

/** Every count that earlier releases settled, shown or not, by its predicate. */
export function settledCounts({ system }: History): Map<string, number> {
  const known = new Map<string, number>();
  for (const { key, truth } of system.variables) if (truth !== undefined) known.set(key, truth);
  return known;
}

/** Plans every table, those by week first, since the others are measured against them. Answers in the order of the request. */
export function planTables(asked: Planning, policy: Policy, history: History): Outcome<readonly Plan[]> {
  const { city, categoryOf } = withJoinedDistricts(asked.city, policy);
  const request = { ...asked, city, tables: asked.tables.map((raw) => inDistricts(raw, categoryOf)) };
  const known = settledCounts(history);
  const plans = new Map<number, Plan>();
  const byWeek = ({ query }: RawTable) => query.metadata.dimensions.some(({ vocabulary }) => vocabulary === 'weeks');
  const order = [...request.tables.entries()].sort(
    ([a, one], [b, other]) => Number(byWeek(other)) - Number(byWeek(one)) || a - b,
  );
  for (const [table, raw] of order) {
    const { dimensions, release } = raw.query.metadata;
    if (release.kind === 'none' || raw.query.metadata.audience !== 'public')
      return refuse('RELEASE_REFUSED', { detail: `${raw.query.name} is not a question for release` });
    if (isFinerThanWeek(raw))
      return refuse('RELEASE_REFUSED', { detail: `${raw.query.name} tells days or hours apart` });
    if (release.kind !== 'map' && dimensions.some(({ vocabulary }) => vocabulary === 'h3'))
      return refuse('RELEASE_REFUSED', { detail: `${raw.query.name} shows places outside a map` });
    if (release.kind === 'map' && (dimensions.length !== 1 || dimensions[0]?.vocabulary !== 'h3'))
      return refuse('RELEASE_REFUSED', { detail: `${raw.query.name} crosses places with something else` });
    if (release.kind === 'coverage') plans.set(table, { kind: 'coverage', table });
    else {
      const stood = standing(raw, request, history, known);
      invariant(stood ?? !raw.stands, 'only what an earlier release showed stands without being asked again');
      plans.set(table, stood ?? counted(raw, table, request, policy, known));
    }
  }
  return accept([...plans].sort(([a], [b]) => a - b).map(([, plan]) => plan));
}

/** FOIA records counted over everything received have no window; every other table counts its window. */
const spanOf = ({ query, window }: RawTable): Span =>
  frameOf(query, '').windowless ? 'always' : { from: window.from, to: window.to };

function standing(
  raw: RawTable,
  { ledger }: Planning,
  { placed }: History,
  known: ReadonlyMap<string, number>,
): Plan | undefined {
  const before = standingTable(raw.query, raw.window, ledger);
  if (!before) return undefined;
  const { entry, table, frame } = before;
  const keys = new Set(gridOver(table.dimensions, { ...frame, span: table.window }).cells.map(({ key }) => key));
  for (const { sites, regions, frame: of, span } of placed)
    if (table.regions && regions && of.universe === frame.universe)
      for (const site of sites ?? []) keys.add(predicateKey(sitePredicate(frame, span, site)));
  const truths = Object.fromEntries(Object.entries(entry.sealed.truths).filter(([key]) => keys.has(key)));
  const whole =
    known.get(predicateKey({ universe: frame.universe, batch: frame.batch, span: table.window, where: {} })) ?? 0;
  const now = countsOf(raw).reduce((sum, { count }) => sum + count, 0);
  return { kind: 'standing', table, truths, frame, heldLate: raw.stands ? 0 : Math.abs(now - whole) };
}

function counted(raw: RawTable, table: number, request: Planning, policy: Policy, known: Map<string, number>): Plan {
  const map = raw.query.metadata.release.kind === 'map' ? coarsened(raw, request, policy) : undefined;
  const dimensions = map?.dimensions ?? dimensionsOf(raw, request.city);
  const inner = new Map<string, number>();
  for (const { at, count } of map?.counts ?? countsOf(raw)) {
    const key = JSON.stringify(at);
    inner.set(key, (inner.get(key) ?? 0) + count);
  }
  const span = spanOf(raw);
  // Only the weekly series is asked with late records in it, so only there does what was settled stand in for what was counted.
  const { window } = raw.query.metadata.release;
  const released = window === 'weeks' ? releasedWeeks(raw, request.ledger) : undefined;
  const on = (batch: string) => {
    const frame = frameOf(raw.query, batch);
    const grid = gridOver(dimensions, { ...frame, span });
    return { frame, grid, ...truthsOf(grid, inner, frame.time && batch === '' ? released : undefined, known) };
  };
  const contradicts = ({ truths }: ReturnType<typeof on>) =>
    [...truths].some(([key, truth]) => (known.get(key) ?? truth) !== truth);
  // Counted again with other records in it: another basis, tied to the first by their difference. One that an earlier release made is taken again where it still holds.
  let basis = on('');
  for (const batch of [...basesOf(raw, request.ledger), request.id]) if (contradicts(basis)) basis = on(batch);
  const { frame, grid, truths, heldLate } = basis;
  for (const [key, truth] of truths) known.set(key, truth);
  const candidate = {
    query: raw.query.name,
    frame,
    span,
    grid,
    truths,
    ...(raw.query.metadata.release.absent ? { impossible: cellsWithoutRows(grid, inner) } : {}),
    ...(map ? { regions: map.regions, sites: map.sites } : {}),
  };
  return { kind: 'counts', table, sql: sha256(raw.query.sql), candidate, drawn: map?.drawn ?? false, heldLate };
}

/** True counts of every cell: a cell of time whose weeks are settled is their sum, whatever came in since; totals are sums of what stands in the grid. */
function truthsOf(
  { dimensions, cells }: Grid,
  inner: ReadonlyMap<string, number>,
  released: ReadonlySet<Week> | undefined,
  known: ReadonlyMap<string, number>,
) {
  const sums = new Map<string, number>();
  let heldLate = 0;
  for (const { at, predicate, key } of cells) {
    const path = dimensions.map(({ name }) => at[name] ?? total);
    if (path.includes(total)) continue;
    const counted = inner.get(JSON.stringify(path)) ?? 0;
    let truth = counted;
    if (released) {
      const settled =
        known.get(key) ??
        (predicate.span === 'always'
          ? undefined
          : sumOf(
              weeksFrom(predicate.span.from, predicate.span.to).map((week) =>
                known.get(predicateKey({ ...predicate, span: { from: week, to: week } })),
              ),
            ));
      if (settled !== undefined) truth = settled;
      else if (predicate.span !== 'always' && released.has(predicate.span.from)) truth = 0;
    }
    heldLate += Math.abs(counted - truth);
    for (let mask = 0; mask < 2 ** dimensions.length; mask++) {
      const totals = Object.fromEntries(
        dimensions.map(({ name }, bit) => [name, (mask >> bit) & 1 ? total : (path[bit] ?? total)]),
      );
      sums.set(atKey(totals), (sums.get(atKey(totals)) ?? 0) + truth);
    }
  }
  // Cells of the same predicate, such as the only month of a window and its total, are one number.
  const truths = new Map(cells.map(({ at, key }) => [key, sums.get(atKey(at)) ?? 0] as const));
  return { truths, heldLate };
}

/** Cells that no row of the answer is a part of. */
function cellsWithoutRows({ dimensions, cells }: Grid, inner: ReadonlyMap<string, number>): Set<string> {
  const rows = [...inner.keys()].map((key) => JSON.parse(key) as string[]);
  const holds = (at: Readonly<Record<string, string>>) => (row: readonly string[]) =>
    dimensions.every(({ name }, nth) => at[name] === total || at[name] === row[nth]);
  const possible = new Set(cells.flatMap(({ at, key }) => (rows.some(holds(at)) ? key : [])));
  return new Set(cells.flatMap(({ key }) => (possible.has(key) ? [] : key)));
}

/** The bases on which earlier releases counted this question anew, the latest first. */
const basesOf = ({ query }: RawTable, ledger: readonly LedgerEntry[]): Set<string> =>
  new Set(ledger.toReversed().flatMap(({ sealed }) => sealed.frames[query.name]?.batch || []));

/** Weeks that this question was already released for: a category that appears in one of them now can only hold late records. */
const releasedWeeks = ({ query }: RawTable, ledger: readonly LedgerEntry[]): Set<Week> =>
  new Set(
    ledger.flatMap(({ content }) =>
      content.tables
        .filter((table) => table.query === query.name)
        .flatMap(({ window }) => weeksFrom(window.from, window.to)),
    ),
  );

const sumOf = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );

const firstPeriod = '2024-01-01' as CalendarDate;
const periodOf = (week: Week, weeks: number): number => Math.floor(daysBetween(firstPeriod, week) / 7 / weeks);

/** A map's sites in the regions of its period: those of the first map of the period, some of them as one where that is tried, or a new partition that from now on stands. */
function coarsened(raw: RawTable, { city, ledger, tieBreakKey, regions: tried }: Planning, policy: Policy) {
  const [dimension] = raw.query.metadata.dimensions;
  invariant(dimension, 'a map has its one dimension');
  const residential = new Set(city.properties.filter((property) => property.residential).map(({ h3 }) => h3));
  const sites = new Map<string, number>(city.properties.map(({ h3 }) => [h3, 0]));
  for (const { at, count } of countsOf(raw)) {
    const cell = at[0] ?? unknownCategory;
    sites.set(cell, (sites.get(cell) ?? 0) + count);
  }
  const period = periodOf(raw.window.to, policy.places.frozenWeeks);
  const earlier = ledger
    .flatMap(({ content }) => content.tables)
    .find(
      (table) =>
        table.query === raw.query.name &&
        table.regions &&
        periodOf(table.window.to, policy.places.frozenWeeks) === period,
    );
  const places: Site[] = [...sites].map(([cell, count]) => ({ cell, count, residential: residential.has(cell) }));
  const chance = tieBreak(`${tieBreakKey} map ${raw.query.name} ${period}`);
  const regions: readonly MapRegion[] =
    tried?.get(raw.query.name) ??
    earlier?.regions ??
    partitionOf(places, policy, { residents: city.residents, chance });
  const locate = regionOfSite(regions);
  const dimensions: Dimension[] = [{ name: dimension.name, categories: regions.map(({ id }) => id) }];
  const counts = places.map(({ cell, count, residential }) => ({ at: [locate(cell, residential) ?? ''], count }));
  return { regions, drawn: earlier === undefined, sites, dimensions, counts };
}
