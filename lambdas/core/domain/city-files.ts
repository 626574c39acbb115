/**
 * Reads the folder that configures one city. Everything is checked, and checked against everything else, before anything runs on it.
 */
import { latLngToCell } from 'h3-js';
import * as z from 'zod';
import { type City, type Department, finestH3Resolution, foiaAreaLevels, type Property } from './city.ts';
import { boundsOf, outlineFeature, outlineOf } from './city-outline.ts';
import {
  type CityFileError,
  CityFileFault,
  type CityTableName,
  faultOf,
  type Numbered,
  readTable,
} from './city-tables.ts';

export type { CityFileError } from './city-tables.ts';

/** The names of the files of a city's folder; all of them are needed. */
export const cityFileNames = [
  'city.json',
  'departments.csv',
  'districts.csv',
  'properties.csv',
  'residents.csv',
  'holidays.csv',
  'outline.geojson',
  'disclosure.json',
] as const;

const text = z.string().trim().min(1).max(200);
const languages = ['en', 'es'] as const;

function isTimeZone(name: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined && name.includes('/')
    );
  } catch {
    return false;
  }
}

const cityFile = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'an id is words of small letters with a hyphen between'),
  name: text,
  shortName: text,
  timeZone: z.string().refine(isTimeZone, 'not the name of a time zone (IANA, such as Region/City)'),
  languages: z
    .array(z.enum(languages))
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'a language is named twice'),
  office: z.strictObject({ en: text, es: text }),
  custodian: z.strictObject({ title: text, office: text }),
  court: z.strictObject({ name: text, batesPrefix: z.string().regex(/^[A-Z]{2,8}(-[A-Z]{2,8})?$/) }),
  mail: z.strictObject({
    from: z.email(),
    briefingTo: z.array(z.email()).min(1),
    requestsTo: z.array(z.email()).min(1),
  }),
  requests: z.strictObject({
    office: text,
    address: z.array(text).min(1),
    mail: z.email(),
    regimes: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1),
  }),
  foiaAreas: z.partialRecord(z.enum(foiaAreaLevels), text),
  boundaryVintage: text,
});

export type CityRead =
  | { readonly ok: true; readonly value: City }
  | { readonly ok: false; readonly error: CityFileError };

/** Makes a City of the texts of its folder, keyed by file name (see `cityFileNames`); otherwise says in which file, row and column the first thing is wrong. */
export function readCity(files: ReadonlyMap<string, string>): CityRead {
  try {
    return { ok: true, value: cityOf(files) };
  } catch (cause) {
    if (cause instanceof CityFileFault) return { ok: false, error: cause.error };
    throw cause;
  }
}

/** The error as one line for a person: `properties.csv, row 12, column latitude: …`. */
export const cityFileErrorLine = ({ file, row, column, message }: CityFileError): string =>
  `${file}${row === undefined ? '' : `, row ${row}`}${column === undefined ? '' : `, column ${column}`}: ${message}`;

function cityOf(files: ReadonlyMap<string, string>): City {
  const content = (file: string): string => {
    const found = files.get(file);
    if (found === undefined) throw new CityFileFault({ file, message: 'this file is missing' });
    return found;
  };
  const facts = readJson('city.json', content('city.json'), cityFile);
  const departments = readTable('departments.csv', content('departments.csv'));
  const districts = readTable('districts.csv', content('districts.csv'));
  const properties = readTable('properties.csv', content('properties.csv'));
  const residents = readTable('residents.csv', content('residents.csv'));
  const holidays = readTable('holidays.csv', content('holidays.csv'));
  const outline = outlineOf(readJson('outline.geojson', content('outline.geojson'), outlineFeature));

  const departmentIds = unique('departments.csv', 'id', departments, ({ id }) => id);
  const districtIds = unique('districts.csv', 'id', districts, ({ id }) => id);
  unique('properties.csv', 'id', properties, ({ id }) => id);
  unique('residents.csv', 'h3_cell', residents, ({ h3_cell }) => h3_cell);
  unique('holidays.csv', 'date', holidays, ({ date, authority }) => `${date} ${authority}`);
  for (const { row, value } of departments)
    if (value.active_to !== undefined && value.active_to < value.active_from)
      throw new CityFileFault({ file: 'departments.csv', row, column: 'active_to', message: 'before active_from' });
  const bounds = boundsOf(outline);
  for (const { row, value } of properties) {
    const wrong = (column: string, message: string) =>
      new CityFileFault({ file: 'properties.csv', row, column, message });
    if (!departmentIds.has(value.department_id)) throw wrong('department_id', 'not in departments.csv');
    if (!districtIds.has(value.district_id)) throw wrong('district_id', 'not in districts.csv');
    if (value.latitude < bounds.south || value.latitude > bounds.north)
      throw wrong('latitude', 'outside the outline of the city');
    if (value.longitude < bounds.west || value.longitude > bounds.east)
      throw wrong('longitude', 'outside the outline of the city');
  }
  return {
    ...facts,
    departments: departments.map(
      ({ value: { id, name, name_es, active_from, active_to } }): Department => ({
        id,
        name,
        nameEs: name_es,
        activeFrom: active_from,
        ...(active_to === undefined ? {} : { activeTo: active_to }),
      }),
    ),
    districts: districts.map(({ value }) => value),
    properties: properties.map(
      ({ value: { department_id, district_id, ...rest } }): Property => ({
        ...rest,
        department: department_id,
        district: district_id,
        h3: latLngToCell(rest.latitude, rest.longitude, finestH3Resolution),
      }),
    ),
    residents: Object.fromEntries(residents.map(({ value: { h3_cell, residents } }) => [h3_cell, residents])),
    holidays: holidays.map(({ value }) => value),
    outline,
    disclosure: content('disclosure.json'),
  };
}

function readJson<Schema extends z.ZodType>(file: string, content: string, schema: Schema): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new CityFileFault({ file, message: 'not JSON' });
  }
  const read = schema.safeParse(json);
  if (!read.success) throw faultOf(file, read.error);
  return read.data;
}

/** The keys of a table that must have at least one row, each key once. */
function unique<Row>(
  file: CityTableName,
  column: string,
  rows: readonly Numbered<Row>[],
  keyOf: (row: Row) => string,
): ReadonlySet<string> {
  if (rows.length === 0) throw new CityFileFault({ file, row: 1, message: 'no rows under the header' });
  const seen = new Set<string>();
  for (const { row, value } of rows) {
    const key = keyOf(value);
    if (seen.has(key)) throw new CityFileFault({ file, row, column, message: 'given twice' });
    seen.add(key);
  }
  return seen;
}
