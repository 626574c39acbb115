import * as z from 'zod';
import type { Outline, Ring } from './city.ts';

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .rest(z.number())
  .transform(([longitude, latitude]) => [longitude, latitude] as const);
const ring = z
  .array(position)
  .min(4, 'a ring needs at least four positions')
  .refine((positions) => {
    const first = positions[0];
    const last = positions.at(-1);
    return first?.[0] === last?.[0] && first?.[1] === last?.[1];
  }, 'a ring must end where it begins');
const polygon = z.array(ring).min(1);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
]);

/** One GeoJSON Feature (RFC 7946) whose geometry is a Polygon or a MultiPolygon in WGS84. */
export const outlineFeature = z.object({ type: z.literal('Feature'), geometry });

/** Twice the signed area in square degrees; positive when the ring runs counter-clockwise. */
function signedArea(positions: Ring): number {
  let sum = 0;
  positions.forEach(([x, y], at) => {
    const [nextX, nextY] = positions[at + 1] ?? [x, y];
    sum += x * nextY - nextX * y;
  });
  return sum;
}

/** The rings of a feature, wound as RFC 7946 §3.1.6 says: outer rings counter-clockwise, holes clockwise. */
export function outlineOf({ geometry }: z.infer<typeof outlineFeature>): Outline {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) =>
    rings.map((positions, at) => (signedArea(positions) > 0 === (at === 0) ? positions : positions.toReversed())),
  );
}

/** The smallest box around an outline, in degrees. */
export function boundsOf(outline: Outline): { west: number; south: number; east: number; north: number } {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [x, y] of outline.flat(2)) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}
