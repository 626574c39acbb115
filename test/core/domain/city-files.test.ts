import { getResolution, isValidCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { finestH3Resolution } from '#core/domain/city.ts';
import { cityFileErrorLine, cityFileNames, readCity } from '#core/domain/city-files.ts';
import { fixtureCity, fixtureCityFiles } from '../../fixtures/city.ts';

/** The fixture with one text of one file replaced, and the line that the reader answers. */
function lineAfter(file: string, from: string | RegExp, to: string): string {
  const files = fixtureCityFiles();
  const before = files.get(file) ?? '';
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  files.set(file, after);
  const read = readCity(files);
  return read.ok ? 'accepted' : cityFileErrorLine(read.error);
}

describe('readCity', () => {
  it('reads a whole folder', () => {
    const city = fixtureCity();
    expect(city).toMatchObject({ id: 'port-alder', timeZone: 'America/New_York', languages: ['en', 'es'] });
    expect(city.departments).toHaveLength(5);
    expect(city.districts.map(({ id }) => id)).toEqual(['N', 'E', 'S', 'W']);
    expect(city.properties).toHaveLength(14);
    expect(city.properties.find(({ residential }) => residential)?.id).toBe('harbor-homes');
    expect(city.departments[3]?.nameEs).toBe('Puerto, Transbordadores y Muelles');
  });

  it('gives a city that is the same when it was written as JSON, as functions are shipped it', () => {
    const city = fixtureCity();
    expect(Object.keys(city.residents).length).toBeGreaterThan(10);
    expect(JSON.parse(JSON.stringify(city))).toEqual(city);
  });

  it('indexes every property once, at the finest resolution', () => {
    for (const { h3 } of fixtureCity().properties)
      expect([isValidCell(h3), getResolution(h3)]).toEqual([true, finestH3Resolution]);
  });

  it('winds outer rings counter-clockwise and holes clockwise', () => {
    const files = fixtureCityFiles();
    const feature = JSON.parse(files.get('outline.geojson') ?? '');
    for (const polygon of feature.geometry.coordinates) for (const ring of polygon) ring.reverse();
    const turned = readCity(new Map(files).set('outline.geojson', JSON.stringify(feature)));
    const area = (ring: readonly (readonly [number, number])[]) =>
      ring.reduce((sum, [x, y], at) => sum + x * (ring[at + 1]?.[1] ?? y) - (ring[at + 1]?.[0] ?? x) * y, 0);
    for (const city of [fixtureCity(), turned.ok ? turned.value : undefined])
      expect(city?.outline.map((polygon) => polygon.map((ring) => area(ring) > 0))).toEqual([[true, false], [true]]);
  });

  it.each(cityFileNames)('says that %s is missing', (file) => {
    const files = fixtureCityFiles();
    files.delete(file);
    expect(readCity(files)).toEqual({ ok: false, error: { file, message: 'this file is missing' } });
  });

  it.each([
    ['departments.csv', 'PORT,', 'LIB,', 'departments.csv, row 5, column id: given twice'],
    [
      'departments.csv',
      'WORKS,',
      'works,',
      'departments.csv, row 6, column id: an id is 2 to 10 capital letters and digits',
    ],
    [
      'departments.csv',
      '2024-01-01,\n',
      '2024-01-01,2023-01-01\n',
      'departments.csv, row 2, column active_to: before active_from',
    ],
    ['departments.csv', 'name_es', 'spanish', 'departments.csv, row 1, column name_es: this column is missing'],
    ['districts.csv', '18950', 'many', 'districts.csv, row 3, column population: a population is a whole number'],
    [
      'properties.csv',
      'library,LIB,W',
      'library,BOOKS,W',
      'properties.csv, row 4, column department_id: not in departments.csv',
    ],
    [
      'properties.csv',
      'library,LIB,W',
      'library,LIB,X',
      'properties.csv, row 4, column district_id: not in districts.csv',
    ],
    [
      'properties.csv',
      'library,LIB,W',
      'bookshop,LIB,W',
      'properties.csv, row 4, column type: not one of the property types',
    ],
    ['properties.csv', '41.1630', '42.1630', 'properties.csv, row 5, column latitude: outside the outline of the city'],
    [
      'properties.csv',
      '-70.9350',
      '70.9350',
      'properties.csv, row 5, column longitude: outside the outline of the city',
    ],
    ['properties.csv', '41.1630', '41,1630', 'properties.csv, row 5: 9 cells under 8 headings'],
    ['properties.csv', 'central-library', 'city-hall', 'properties.csv, row 3, column id: given twice'],
    ['properties.csv', 'yes', 'maybe', 'properties.csv, row 15, column residential: yes or no'],
    ['properties.csv', 'residential', 'residential,note', 'properties.csv, row 2: 8 cells under 9 headings'],
    [
      'holidays.csv',
      '2026-02-16',
      '2026-02-30',
      'holidays.csv, row 8, column date: a date is YYYY-MM-DD and must exist',
    ],
    [
      'residents.csv',
      '882a061b4dfffff',
      '882a061b4dfffff0',
      'residents.csv, row 2, column h3_cell: a cell is an H3 index of resolution 8',
    ],
    [
      'residents.csv',
      '882a061b4dfffff,55',
      '882a061b4dfffff,-1',
      'residents.csv, row 2, column residents: a number of residents is a whole number',
    ],
    ['holidays.csv', ',city', ',state', 'holidays.csv, row 3, column authority: federal or city'],
    [
      'city.json',
      'America/New_York',
      'America/Port_Alder',
      'city.json, column timeZone: not the name of a time zone (IANA, such as Region/City)',
    ],
    ['city.json', '"id"', '"ident": 1, "id"', 'city.json, column ident: Unrecognized key: "ident"'],
    ['city.json', '{', '', 'city.json: not JSON'],
    ['city.json', 'mayor@', 'mayor', 'city.json, column mail.briefingTo.0: Invalid email address'],
    [
      'outline.geojson',
      '[-70.98, 41.12]]',
      '[-70.9, 41.12]]',
      'outline.geojson, column geometry.coordinates.0.0: a ring must end where it begins',
    ],
  ])('%s: %s → %s', (file, from, to, line) => {
    expect(lineAfter(file, from, to)).toBe(line);
  });

  it('counts rows as a spreadsheet does, empty lines included', () => {
    expect(
      lineAfter('districts.csv', 'E,East', '\nE,East').concat(
        lineAfter('districts.csv', 'E,East Ward,18950', '\nE,East Ward,x'),
      ),
    ).toBe('accepteddistricts.csv, row 4, column population: a population is a whole number');
  });
});
