import type { City } from '#core/domain/city.ts';
import { cityFileErrorLine, cityFileNames, readCity } from '#core/domain/city-files.ts';
import type { Assets } from '#core/ports.ts';

/** Thrown when the city that ships with the program is not whole. */
class CityError extends Error {
  override name = 'CityError';
}

/** The city under `cities/<name>` of the program's files. Throws CityError with file, row and column of what is wrong. */
export async function cityOf(assets: Pick<Assets, 'text'>, name: string): Promise<City> {
  const files = await Promise.all(
    cityFileNames.map(async (file) => [file, await assets.text(`cities/${name}/${file}`)] as const),
  );
  const read = readCity(new Map(files));
  if (!read.ok) throw new CityError(`cities/${name}/${cityFileErrorLine(read.error)}`);
  return read.value;
}
