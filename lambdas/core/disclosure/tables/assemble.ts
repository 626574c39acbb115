/**
 * Puts the candidate tables and everything in the ledger into one system of equations (docs/METHODS.md §3.2).
 */
import { isValidCell } from 'h3-js';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { City, Property } from '../../domain/city.ts';
import { invariant } from '../../domain/invariant.ts';
import { propertyGroupOf } from '../../domain/property-group.ts';
import { weekPlus } from '../../domain/week.ts';
import type { LedgerEntry, TableFrame } from '../ledger-entry.ts';
import type { MapRegion, ReleasedCell, ReleasedTable } from '../released-table.ts';
import {
  addSum,
  emptySystem,
  linkSpans,
  type Predicate,
  predicateKey,
  type Span,
  type System,
  segmentsOf,
  spanKey,
  type Variable,
  variableOf,
  whereKey,
} from '../system/system.ts';
import { regionOfSite } from './coarsen.ts';
import { linkComparisons } from './comparison-links.ts';
import { boundByCoverage, reportedWith } from './coverage-bounds.ts';
import { type Grid, gridOver } from './grid.ts';

/** A table in the making: its grid, its true counts by key, and for a map its regions and the sites behind them. */
export type Candidate = {
  readonly query: string;
  readonly frame: TableFrame;
  readonly span: Span;
  readonly grid: Grid;
  readonly truths: ReadonlyMap<string, number>;
  /** Cells that everybody knows to hold nothing; by key. */
  readonly impossible?: ReadonlySet<string>;
  readonly regions?: readonly MapRegion[];
  /** True counts by finest cell of the property; never published. */
  readonly sites?: ReadonlyMap<string, number>;
};

type Placed = Pick<Candidate, 'frame' | 'span' | 'grid' | 'regions'> & { readonly sites?: readonly string[] };

export const sitePredicate = (frame: TableFrame, span: Span, site: string): Predicate => ({
  universe: frame.universe,
  batch: frame.batch,
  span,
  where: { site },
});

/** The truths an entry's sealed evidence keeps of its tables' withheld cells and sites, back in the system: shown values from the content, the rest from the seal. */
function placeEntry(system: System, entry: LedgerEntry, before: Map<string, Standing>): Placed[] {
  const placed: Placed[] = [];
  for (const table of entry.content.tables) {
    const frame = entry.sealed.frames[table.query];
    if (!frame || table.cells.some(({ value }) => value.kind === 'status')) continue;
    const name = `${table.query} ${table.window.from} ${table.window.to}`;
    const standing = before.get(name);
    if (standing && isAgain(standing, { table, frame })) continue;
    before.set(name, { table, frame });
    const span = frame.windowless ? ('always' as const) : { from: table.window.from, to: table.window.to };
    const grid = gridOver(table.dimensions, { ...frame, span });
    for (const [place, { at, predicate, key }] of grid.cells.entries()) {
      const cell = table.cells[place];
      invariant(cell && samePlace(at, cell.at), 'a released table stands in the order of its grid');
      const { value } = cell;
      const variable = variableOf(system, predicate, key);
      variable.frozen = true;
      if (value.kind === 'count') {
        variable.state = 'shown';
        variable.truth = value.count;
      } else if (variable.state !== 'shown') {
        variable.state = 'hidden';
        variable.truth = entry.sealed.truths[key];
      }
    }
    if (!table.regions) {
      placed.push({ frame, span, grid });
      continue;
    }
    const prefix = predicateKey(sitePredicate(frame, span, ''));
    const [head = '', tail = ''] = prefix.split('site=');
    const sites = Object.keys(entry.sealed.truths)
      .filter((key) => key.startsWith(`${head}site=`) && key.endsWith(tail))
      .map((key) => key.slice(head.length + 5, key.length - tail.length))
      .filter((site) => !site.includes('&'));
    for (const site of sites) {
      const variable = variableOf(system, sitePredicate(frame, span, site));
      variable.truth = entry.sealed.truths[variable.key];
      variable.frozen = true;
    }
    placed.push({ frame, span, grid, regions: table.regions, sites });
  }
  return placed;
}

type Standing = { readonly table: ReleasedTable; readonly frame: TableFrame };

/** Whether a table is one that was shown before, as it was: it tells nothing that is not told. */
function isAgain(before: Standing, { table, frame }: Standing): boolean {
  if (canonicalJson(before.frame) !== canonicalJson(frame) || before.table.cells.length !== table.cells.length)
    return false;
  return table.cells.every(({ at, value }, nth) => {
    const { at: place, value: then } = before.table.cells[nth] ?? {};
    const count = value.kind === 'count' ? value.count : undefined;
    return place && samePlace(place, at) && then && (then.kind === 'count' ? then.count : undefined) === count;
  });
}

function samePlace(one: ReleasedCell['at'], other: ReleasedCell['at']): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  return true;
}

export const atKey = (at: ReleasedCell['at']): string => whereKey(at);

/** What the ledger alone says: the variables that earlier releases settled. */
export type History = {
  readonly system: System;
  readonly placed: readonly Placed[];
  readonly ledger: readonly LedgerEntry[];
};

export function historyOf(ledger: readonly LedgerEntry[]): History {
  const system = emptySystem();
  const before = new Map<string, Standing>();
  return { system, placed: ledger.flatMap((entry) => placeEntry(system, entry, before)), ledger };
}

/**
 * The whole system: history, candidates and every equation between them. Candidate cells that history settled keep what they were; others start as shown,
 * or as hidden when small. `coverage` is what is released beside the candidates. Changes and completes `history`.
 */
export function assemble(
  { system, placed, ledger }: History,
  candidates: readonly Candidate[],
  city: City,
  threshold: number,
  coverage: readonly ReleasedTable[] = [],
): System {
  const all: Placed[] = [...placed];
  for (const { frame, span, grid, truths, impossible, regions, sites } of candidates) {
    for (const { predicate, key } of grid.cells) {
      const variable = variableOf(system, predicate, key);
      if (variable.frozen || variable.state !== 'latent') continue;
      variable.truth = truths.get(key) ?? 0;
      // Nothing is hidden by hiding what everybody knows.
      if (impossible?.has(key)) variable.frozen = true;
      variable.state = variable.truth >= 1 && variable.truth < threshold ? 'hidden' : 'shown';
    }
    for (const [site, count] of sites ?? []) {
      const variable = variableOf(system, sitePredicate(frame, span, site));
      if (!variable.frozen) variable.truth = count;
    }
    all.push({ frame, span, grid, ...(regions ? { regions } : {}), ...(sites ? { sites: [...sites.keys()] } : {}) });
  }
  const bases = [...new Set(all.map(({ frame }) => frame.batch))];
  for (const { grid, frame } of all) {
    for (const { whole, parts, along } of grid.lines) sumByKey(system, whole, parts, along);
    // Two counts of the same at different times: what lies between them is late records.
    if (frame.batch)
      for (const batch of bases)
        if (batch !== frame.batch)
          for (const { predicate, key } of grid.cells) sumByKey(system, key, [predicateKey({ ...predicate, batch })]);
  }
  for (const table of all) linkSites(system, table, city);
  linkFamilies(system, all, city);
  linkComparisons(system, all);
  linkSpans(system, weekPlus);
  const counted = candidates.map(({ grid }) => grid.dimensions);
  boundByCoverage(system, reportedWith(ledger, coverage, counted));
  return system;
}

function sumByKey(system: System, whole: string, parts: readonly string[], along?: string): void {
  const variable = system.byKey.get(whole);
  const summands = parts.map((key) => system.byKey.get(key));
  if (variable && summands.every((part) => part !== undefined)) addSum(system, variable, summands, along);
}

/** What anyone can look up of a property, and what a place outside the registry (undefined) is counted as. */
const attributes: readonly (readonly [name: string, valueAt: (property: Property | undefined) => string])[] = [
  ['district', (property) => property?.district ?? 'unlisted'],
  ['property_type', (property) => property?.type ?? 'unlisted'],
  ['property_group', (property) => propertyGroupOf(property?.type)],
];

/** Ties regions to the sites in them, and districts and property types to theirs: anyone can look up which property lies where. */
function linkSites(system: System, { frame, span, regions, sites }: Placed, city: City): void {
  if (!regions || !sites) return;
  const residential = new Set(city.properties.filter((property) => property.residential).map(({ h3 }) => h3));
  const locate = regionOfSite(regions);
  const group = <Key>(keyOf: (site: string) => Key | undefined) => {
    const groups = new Map<Key, string[]>();
    for (const site of sites) {
      const key = keyOf(site);
      if (key === undefined) continue;
      const members = groups.get(key);
      if (members) members.push(site);
      else groups.set(key, [site]);
    }
    return groups;
  };
  const siteVariable = (site: string) => variableOf(system, sitePredicate(frame, span, site));
  const members = group((site) => locate(site, residential.has(site)));
  for (const { id } of regions) {
    const region = variableOf(system, { universe: frame.universe, batch: frame.batch, span, where: { region: id } });
    addSum(system, region, (members.get(id) ?? []).map(siteVariable));
  }
  const siteKeys = new Set(sites.map((site) => siteVariable(site).key));
  for (const [attribute, valueAt] of attributes) {
    const valuesAt = new Map<string, Set<string>>();
    for (const property of city.properties) {
      const values = valuesAt.get(property.h3) ?? new Set();
      valuesAt.set(property.h3, values.add(valueAt(property)));
    }
    for (const site of sites) if (!isValidCell(site)) valuesAt.set(site, new Set([valueAt(undefined)]));
    const parts = new Map<string, string[]>();
    for (const site of sites) {
      const values = [...(valuesAt.get(site) ?? [])];
      for (const value of values) (parts.get(value) ?? parts.set(value, []).get(value))?.push(site);
      // A cell with properties on both sides of a boundary is the sum of its sides.
      if (values.length > 1)
        addSum(
          system,
          siteVariable(site),
          values.map((value) => side(system, frame, span, site, attribute, value)),
        );
    }
    for (const [value, inside] of parts) {
      const where = { [attribute]: value };
      if (!system.groups.has(`${frame.universe}@${frame.batch}|${whereKey(where)}`)) continue;
      const whole = variableOf(system, { universe: frame.universe, batch: frame.batch, span, where });
      const shares = inside.map((site) => ({
        region: locate(site, residential.has(site)),
        variable:
          (valuesAt.get(site)?.size ?? 0) > 1 ? side(system, frame, span, site, attribute, value) : siteVariable(site),
      }));
      // What a district has in one region is a count too: it follows where district and region nearly cover each other.
      const byRegion = new Map<string | undefined, Variable[]>();
      for (const { region, variable } of shares)
        (byRegion.get(region) ?? byRegion.set(region, []).get(region))?.push(variable);
      const summands = [...byRegion].flatMap(([region, within]) => {
        if (region === undefined || within.length < 2) return within;
        const all = { universe: frame.universe, batch: frame.batch, span };
        const covers = within.length === members.get(region)?.length && within.every(({ key }) => siteKeys.has(key));
        if (covers) return [variableOf(system, { ...all, where: { region } })];
        const common = variableOf(system, { ...all, where: { region, [attribute]: value } });
        common.truth ??= sumOf(within);
        addSum(system, common, within);
        return [common];
      });
      // Nobody asked for this count, but it is known here; without it, records that came late would look like a contradiction.
      whole.truth ??= sumOf(shares.map(({ variable }) => variable));
      addSum(system, whole, summands);
    }
  }
}

const sumOf = (parts: readonly Variable[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { truth }) => (sum === undefined || truth === undefined ? undefined : sum + truth),
    0,
  );

const side = (system: System, frame: TableFrame, span: Span, site: string, attribute: string, value: string) =>
  variableOf(system, { universe: frame.universe, batch: frame.batch, span, where: { site, [attribute]: value } });

/** Two overlapping windows of one table: its lines hold in each common part of them too. */
function linkFamilies(system: System, all: readonly Placed[], city: City): void {
  const families = new Map<string, Placed[]>();
  for (const table of all) {
    if (table.frame.time || table.span === 'always') continue;
    const key = JSON.stringify([table.frame.universe, table.frame.batch, table.grid.dimensions]);
    const family = families.get(key);
    if (!family) families.set(key, [table]);
    else if (!family.some(({ span }) => spanKey(span) === spanKey(table.span))) family.push(table);
  }
  for (const family of families.values()) {
    const spans = new Set(family.map(({ span }) => spanKey(span)));
    const [one] = family;
    if (spans.size < 2 || !one) continue;
    for (const span of segmentsOf(
      family.map((table) => table.span),
      weekPlus,
    )) {
      if (spans.has(spanKey(span))) continue;
      const inSegment = gridOver(one.grid.dimensions, { ...one.frame, span });
      for (const { predicate } of inSegment.cells) variableOf(system, predicate);
      for (const { whole, parts, along } of inSegment.lines) sumByKey(system, whole, parts, along);
      linkSites(system, { ...one, span, grid: inSegment }, city);
    }
  }
}
