/** The floor of residents for districts: those below it are counted together, before anything is counted (docs/METHODS.md §3.3). */
import type { City } from '../../domain/city.ts';
import type { Policy } from '../policy.ts';

/** The category of districts that are too small to be told apart. */
export const joinedDistricts = 'joined_districts';

/**
 * The city with every district below `places.districtResidents` joined into one, which takes in the next larger ones until it reaches the floor itself. Which districts
 * these are follows from their residents alone, so it tells nothing of what was counted. `categoryOf` names the district that another is counted in.
 */
export function withJoinedDistricts(
  city: City,
  { places }: Pick<Policy, 'places'>,
): { readonly city: City; readonly categoryOf: (district: string) => string } {
  const bySize = [...city.districts].sort((a, b) => a.population - b.population || (a.id < b.id ? -1 : 1));
  const joined = new Set<string>();
  let residents = 0;
  for (const { id, population } of bySize) {
    if (population >= places.districtResidents && (joined.size === 0 || residents >= places.districtResidents)) break;
    joined.add(id);
    residents += population;
  }
  if (joined.size === 0) return { city, categoryOf: (district) => district };
  const categoryOf = (district: string): string => (joined.has(district) ? joinedDistricts : district);
  const together = { id: joinedDistricts, name: 'Smaller districts together', population: residents };
  return {
    city: {
      ...city,
      districts: [...city.districts.filter(({ id }) => !joined.has(id)), together],
      properties: city.properties.map((property) => ({ ...property, district: categoryOf(property.district) })),
    },
    categoryOf,
  };
}
