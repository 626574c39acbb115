import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { City, Outline } from '#core/domain/city.ts';
import { cityFileErrorLine, cityFileNames, readCity } from '#core/domain/city-files.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { boundsOf } from '#core/domain/city-outline.ts';
import type { Instant } from '#core/domain/instant.ts';
import { examplesAt } from '#core/domain/report/examples.ts';
import { readReport } from '#core/domain/report/read-report.ts';

const cities = new URL('../../../cities/', import.meta.url);

function cityIn(folder: string): City {
  const read = readCity(
    new Map(cityFileNames.map((file) => [file, readFileSync(new URL(`${folder}/${file}`, cities), 'utf8')])),
  );
  if (!read.ok) throw new Error(cityFileErrorLine(read.error));
  return read.value;
}

/** Even-odd rule on plain degrees: right for outlines of a city's size. */
function holds(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (const ring of outline.flat())
    ring.forEach(([x1, y1], at) => {
      const [x2, y2] = ring[at + 1] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    });
  return inside;
}

describe.each(readdirSync(cities))('cities/%s', (folder) => {
  const city = cityIn(folder);

  it('is the city its folder says', () => {
    expect(city.id).toBe(folder);
  });

  it('has about forty departments and at least 60 properties, four or more in every district', () => {
    expect(city.departments.length).toBeGreaterThanOrEqual(40);
    expect(city.properties.length).toBeGreaterThanOrEqual(60);
    for (const { id } of city.districts)
      expect(city.properties.filter(({ district }) => district === id).length).toBeGreaterThanOrEqual(4);
  });

  it('would take the reports that its interface description shows', () => {
    const [property] = city.properties;
    if (!property) throw new Error('a city has a property');
    const context = {
      city: indexCity(city),
      department: property.department,
      now: '2026-06-12T12:00:00.000Z' as Instant,
    };
    for (const [name, example] of Object.entries(examplesAt(property)))
      expect({ name, ...readReport(example, context) }).toMatchObject({ name, ok: true });
  });

  it('has every property inside its outline', () => {
    const outside = city.properties.filter(({ longitude, latitude }) => !holds(city.outline, longitude, latitude));
    expect(outside.map(({ id }) => id)).toEqual([]);
    expect(boundsOf(city.outline).east).toBeGreaterThan(boundsOf(city.outline).west);
  });

  it.each(['federal', 'city'] as const)(
    'gives each year its whole list of %s holidays, none on a weekend',
    (authority) => {
      const days = city.holidays.filter((holiday) => holiday.authority === authority).map(({ date }) => date);
      expect(days).toEqual(days.toSorted());
      for (const date of days) expect([0, 6]).not.toContain(new Date(date).getUTCDay());
      for (const year of ['2026', '2027'])
        expect(days.filter((date) => date.startsWith(year)).length).toBeGreaterThanOrEqual(11);
    },
  );

  it('moves a holiday on a weekend to the weekday before or after', () => {
    const federal = city.holidays.filter((holiday) => holiday.authority === 'federal').map(({ date }) => `${date}`);
    expect(federal).toEqual(expect.arrayContaining(['2026-07-03', '2027-07-05', '2027-12-31', '2028-11-10']));
    expect(federal).not.toContain('2028-01-01');
  });
});
