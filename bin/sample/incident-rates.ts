import type { City, Department, Property } from '#core/domain/city.ts';
import { randomOf } from './random.ts';
import type { Manner } from './sample-submission.ts';

/** How much more often something is seen at one kind of place than at another. */
const typeRate: Readonly<Record<string, number>> = {
  street_or_right_of_way: 14,
  parking_lot_or_garage: 8,
  park: 6,
  airport: 6,
  transit_stop: 5,
  recreation_center: 3,
  harbor: 3,
  city_hall_or_office: 2,
  public_safety_facility: 2,
  construction_or_contract_site: 2,
  housing: 2,
  vacant_lot: 2,
  library: 1.5,
  leased_or_tenant: 1,
  senior_center: 0.8,
  animal_shelter: 0.7,
  utility: 0.7,
};

/** The share of all incidents that departments without places of their own see, from their desks and on their rounds. */
const roundsShare = 0.09;

type Means = readonly { readonly property: Property; readonly mean: number }[];
export type DepartmentRates = {
  readonly department: Department;
  readonly manner: Manner;
  /** For each week, the mean number of incidents at each place. */
  readonly means: readonly Means[];
};

/**
 * How many incidents to expect from each department at each place in each week. Skewed as such counts are (gamma-Poisson by place, and by place and week), with two
 * surges in the city's weeks; the means add up to about `incidents`.
 */
export function incidentRates(
  city: City,
  { seed, weeks, incidents }: { seed: string; weeks: number; incidents: number },
): DepartmentRates[] {
  const random = randomOf(seed, city.id, 'rates');
  const cityWeeks = Array.from({ length: weeks }, (_, at) => (1 + 0.5 * surge(at / weeks)) * random.gamma(25));
  const places = city.properties.map((property) => {
    const chance = randomOf(seed, property.id, 'rate');
    const rate = (typeRate[property.type] ?? 1) * (0.05 + 0.95 * chance.gamma(0.9));
    return { property, weekly: cityWeeks.map((factor) => rate * factor * chance.gamma(1.5)) };
  });
  const sum = (rows: readonly (readonly number[])[]) => rows.flat().reduce((total, mean) => total + mean, 0);
  const owners = new Set(city.properties.map(({ department }) => department));
  const rounds = city.departments.filter(({ id }) => !owners.has(id));
  const share = rounds.length ? roundsShare : 0;
  const scale = (incidents * (1 - share)) / sum(places.map(({ weekly }) => weekly));
  const common = places.filter(({ property: { type } }) => type === 'city_hall_or_office' || type.startsWith('street'));
  const visited = common.length ? common : places;
  const roundsScale = (incidents * share) / (Math.max(1, rounds.length) * sum(visited.map(({ weekly }) => weekly)));
  const rates = city.departments.map((department) => {
    const own = owners.has(department.id);
    const held = own ? places.filter(({ property }) => property.department === department.id) : visited;
    const means = cityWeeks.map((_, at) =>
      held.map(({ property, weekly }) => ({ property, mean: (weekly[at] ?? 0) * (own ? scale : roundsScale) })),
    );
    return { department, own, means, total: sum(means.map((week) => week.map(({ mean }) => mean))) };
  });
  const ranked = rates.filter(({ own }) => own).toSorted((a, b) => b.total - a.total);
  return rates.map((rate) => ({
    ...rate,
    manner: mannerOf(rate.own ? ranked.indexOf(rate) : -1, ranked.length, rounds.length),
  }));
}

/** Two surges in the time from 0 to 1. */
const surge = (time: number): number =>
  Math.exp(-(((time - 0.3) / 0.07) ** 2)) + 1.6 * Math.exp(-(((time - 0.75) / 0.1) ** 2));

/** Departments with places send weekly files, by rank of volume; the others, or else the smallest, send report by report. */
function mannerOf(rank: number, owners: number, rounds: number): Manner {
  if (rank < 0 || (rounds === 0 && rank === owners - 1)) return 'single';
  return rank % 5 === 2 ? 'csv' : rank % 5 === 3 ? 'ndjson' : 'batch';
}
