/**
 * Cells that would tell on people however large they are (docs/PRIVACY.md §6, attacks A11 and A13): nearly everything that a group saw was of one kind, or a kind of property is
 * a single building. They are withheld with a protection of their own, which the auditor holds against every attacker as it does a small count.
 */
import type { City } from '../../domain/city.ts';
import { propertyGroupOf } from '../../domain/property-group.ts';
import type { Policy } from '../policy.ts';
import { total } from '../released-table.ts';
import type { System, Variable } from '../system/system.ts';
import type { Grid } from '../tables/grid.ts';

/** Values of an attribute that say nothing of it. */
const unsaid = new Set(['unknown', 'not_stated']);

/** Withholds them in the tables of `grids`, earlier and new; what an earlier release showed stays shown. Changes `system`. */
export function withholdTelling(
  system: System,
  grids: readonly Grid[],
  city: Pick<City, 'properties'>,
  policy: Pick<Policy, 'threshold' | 'groupShare' | 'sensitiveAttributes' | 'places'>,
): void {
  const lonely = lonelyKinds(city, policy);
  for (const grid of grids) {
    withholdOneSided(system, grid, policy);
    for (const { at, key } of grid.cells) {
      const variable = system.byKey.get(key);
      if (!variable || !Object.entries(at).some(([name, category]) => lonely.get(name)?.has(category))) continue;
      const { truth = 0 } = variable;
      withhold(variable, Math.max(0, truth - policy.threshold), truth + policy.threshold);
    }
  }
}

/** In each group, a total beside at least one category: where one value of a sensitive attribute has more than its share, that share stays open. */
function withholdOneSided(
  system: System,
  { cells, lines }: Grid,
  { threshold, groupShare, sensitiveAttributes }: Pick<Policy, 'threshold' | 'groupShare' | 'sensitiveAttributes'>,
): void {
  const placeOf = new Map(cells.map(({ key, at }) => [key, at]));
  for (const { whole, parts, along } of lines) {
    if (!sensitiveAttributes.includes(along)) continue;
    const isGroup = Object.values(placeOf.get(whole) ?? {}).some((category) => category !== total);
    const { truth: size = 0 } = system.byKey.get(whole) ?? {};
    if (!isGroup || size < threshold) continue;
    const most = Math.floor((size * groupShare) / 100);
    for (const part of parts) {
      const variable = system.byKey.get(part);
      if (!variable || (variable.truth ?? 0) <= most || unsaid.has(placeOf.get(part)?.[along] ?? '')) continue;
      withhold(variable, most, variable.truth ?? 0);
    }
  }
}

/** Kinds of property with fewer places than a region must have, under either name of a kind; places outside the registry are of no kind that anyone could look up. */
function lonelyKinds(
  { properties }: Pick<City, 'properties'>,
  { places }: Pick<Policy, 'places'>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = [
    ['property_type', (type: string) => type],
    ['property_group', propertyGroupOf],
  ] as const;
  return new Map(
    kinds.map(([name, kindOf]) => {
      const many = new Map<string, number>();
      for (const { type } of properties) many.set(kindOf(type), (many.get(kindOf(type)) ?? 0) + 1);
      const few = [...many].filter(
        ([kind, count]) => count < places.regionProperties && kind !== propertyGroupOf(undefined),
      );
      return [name, new Set(few.map(([kind]) => kind))] as const;
    }),
  );
}

function withhold(variable: Variable, least: number, most: number): void {
  if (variable.frozen && variable.state === 'shown') return;
  variable.state = 'hidden';
  variable.keeps = {
    least: Math.min(least, variable.keeps?.least ?? least),
    most: Math.max(most, variable.keeps?.most ?? most),
  };
}
