import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from '#core/domain/city.ts';
import { cityFileErrorLine, readCity } from '#core/domain/city-files.ts';
import { StartError } from './start-error.ts';

/** Reads a city from its folder. Throws StartError with file, row and column of what is wrong. */
export function cityFolder(root: string, name: string): City {
  const folder = join(root, 'cities', name);
  if (!existsSync(folder)) throw new StartError(`there is no folder cities/${name}`);
  const read = readCity(new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
  if (!read.ok) throw new StartError(`cities/${name}/${cityFileErrorLine(read.error)}`);
  return read.value;
}
