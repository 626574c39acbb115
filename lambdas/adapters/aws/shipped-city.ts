import type { City } from '#core/domain/city.ts';
import type { Assets } from '#core/ports.ts';

/** The city of the bundle: `lib/bundle-function.ts` reads its folder, checks it and writes it as `city.json`, so that a function starts without reading tables or indexing places. */
export const shippedCity = async (assets: Pick<Assets, 'text'>): Promise<City> =>
  JSON.parse(await assets.text('city.json')) as City;
