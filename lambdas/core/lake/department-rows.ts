import type { City } from '../domain/city.ts';
import type { Instant } from '../domain/instant.ts';
import type { LakeRow } from './tables.ts';

/** The registry of departments as one snapshot taken at a moment, in the order of their ids. A query reads the latest snapshot by its as-of. */
export function departmentRows(city: City, at: Instant): LakeRow<'departments'>[] {
  return [...city.departments]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, activeFrom, activeTo }) => ({
      department_id: id,
      active_from: activeFrom,
      active_to: activeTo ?? null,
      recorded_at: at,
    }));
}
