import type { City, Department, Property, Ring } from './city.ts';
import type { DepartmentId, PropertyId } from './ids.ts';

/** A city made ready for many look-ups; build it once. */
export type CityIndex = {
  readonly timeZone: string;
  readonly boundaryVintage: string;
  readonly department: (id: DepartmentId) => Department | undefined;
  readonly property: (id: PropertyId) => Property | undefined;
  /** Whether a point lies within the city's outline (even-odd rule, WGS84 degrees). Always true for a city without an outline. */
  readonly holds: (longitude: number, latitude: number) => boolean;
};

function crossings(ring: Ring, x: number, y: number): number {
  let count = 0;
  let before = ring[ring.length - 1];
  for (const at of ring) {
    if (before && at[1] > y !== before[1] > y) {
      const crossing = ((before[0] - at[0]) * (y - at[1])) / (before[1] - at[1]) + at[0];
      if (x < crossing) count++;
    }
    before = at;
  }
  return count;
}

export function indexCity(city: City): CityIndex {
  const departments = new Map(city.departments.map((department) => [department.id, department]));
  const properties = new Map(city.properties.map((property) => [property.id, property]));
  const polygons = city.outline.map((rings) => {
    const box = { west: 180, south: 90, east: -180, north: -90 };
    for (const [x, y] of rings[0] ?? []) {
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.south = Math.min(box.south, y);
      box.north = Math.max(box.north, y);
    }
    return { box, rings };
  });
  const holds = (x: number, y: number): boolean =>
    polygons.length === 0 ||
    polygons.some(
      ({ box, rings }) =>
        x >= box.west &&
        x <= box.east &&
        y >= box.south &&
        y <= box.north &&
        rings.reduce((count, ring) => count + crossings(ring, x, y), 0) % 2 === 1,
    );
  return {
    timeZone: city.timeZone,
    boundaryVintage: city.boundaryVintage,
    department: (id) => departments.get(id),
    property: (id) => properties.get(id),
    holds,
  };
}
