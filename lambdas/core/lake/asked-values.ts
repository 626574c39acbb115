import { type City, foiaAreaLevels } from '../domain/city.ts';
import type { Instant } from '../domain/instant.ts';
import type { Window } from '../domain/period.ts';

/** What questions are asked with: reports as known at `asOf`, agency files as known at `recordsAsOf`, beside the areas of agency files that hold the city (empty where it names none). */
type Asking = { readonly window: Window; readonly asOf: Instant; readonly recordsAsOf: Instant };

/** Values for every parameter that a question of this house may declare, by name. */
export const askedValues = (
  { foiaAreas }: Pick<City, 'foiaAreas'>,
  { window, asOf, recordsAsOf }: Asking,
): Readonly<Record<string, string>> => ({
  as_of: asOf,
  from_week: window.from,
  to_week: window.to,
  records_as_of: recordsAsOf,
  ...Object.fromEntries(foiaAreaLevels.map((level) => [`${level}_area`, foiaAreas[level] ?? ''])),
});
