/**
 * Where the areas of a map lie and where there is room for a label (docs/METHODS.md §5). Only shapes are looked at, never counts.
 */
import { cellsToMultiPolygon, getResolution } from 'h3-js';
import type { MapRegion } from '../disclosure/released-table.ts';

export type Point = readonly [number, number];
type Ring = readonly Point[];
export type Rings = readonly Ring[];

/** The connected parts of a region, each as rings in longitude and latitude; cells of one resolution are joined, so that inner edges vanish. */
export function piecesOf(region: MapRegion): readonly Rings[] {
  const byResolution = new Map<number, string[]>();
  for (const cell of region.cells) {
    const resolution = getResolution(cell);
    byResolution.set(resolution, [...(byResolution.get(resolution) ?? []), cell]);
  }
  return [...byResolution.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, cells]) => cellsToMultiPolygon([...cells].sort(), true))
    .map((polygon) => polygon.map((ring) => ring.map(([longitude = 0, latitude = 0]): Point => [longitude, latitude])));
}

/** Where a level line crosses the outlines: what has an odd number of crossings to its right is inside, so that holes are outside. */
function crossings(rings: Rings, y: number): readonly number[] {
  const found: number[] = [];
  for (const ring of rings) {
    let [xb, yb] = ring.at(-1) ?? [0, 0];
    for (const [xa, ya] of ring) {
      if (ya > y !== yb > y) found.push(((xb - xa) * (y - ya)) / (yb - ya) + xa);
      [xb, yb] = [xa, ya];
    }
  }
  return found;
}

function between(crossed: readonly number[], x: number): boolean {
  let odd = false;
  for (const crossing of crossed) if (x < crossing) odd = !odd;
  return odd;
}

const inside = (rings: Rings, [x, y]: Point): boolean => between(crossings(rings, y), x);

/** A corner of one lies in the other. Two shapes that only cross edges count as apart, and then are drawn whole: nothing vanishes. */
export function touches(one: Rings, other: Rings): boolean {
  const [first, second] = [boxOf(one), boxOf(other)];
  if (!overlap(first, second)) return false;
  const reaches = (from: Rings, into: Rings, box: Box) =>
    from.some((ring) => ring.some((point) => within(box, point) && inside(into, point)));
  return reaches(one, other, second) || reaches(other, one, first);
}

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

function boxOf(rings: Rings): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [x, y] of ring) {
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  return { left, top, right, bottom };
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const within = ({ left, top, right, bottom }: Box, [x, y]: Point): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

export function areaOf(rings: Rings): number {
  let area = 0;
  for (const ring of rings)
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
      area += (x1 * y2 - x2 * y1) / 2;
    }
  return Math.abs(area);
}

/** The same outline with points closer than `step` left out: exact enough to find room for a label. */
export const thinned = (rings: Rings, step: number): Rings =>
  rings.map((ring) => {
    const kept: Point[] = [];
    for (const point of ring) {
      const last = kept.at(-1);
      if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) kept.push(point);
    }
    return kept;
  });

/** How far the outline is from a point, at most `enough`; no more is asked of an outline that is nearer than `poor`. */
function distanceTo(rings: Rings, [x, y]: Point, enough: number, poor: number): number {
  let least = enough * enough;
  const worthless = poor * poor;
  for (const ring of rings) {
    let [xb, yb] = ring.at(-1) ?? [0, 0];
    for (const [xa, ya] of ring) {
      const [dx, dy] = [xb - xa, yb - ya];
      const length = dx * dx + dy * dy;
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - xa) * dx + (y - ya) * dy) / length));
      const [ox, oy] = [xa + along * dx - x, ya + along * dy - y];
      const square = ox * ox + oy * oy;
      if (square < least) least = square;
      if (least < worthless) return Math.sqrt(least);
      [xb, yb] = [xa, ya];
    }
  }
  return Math.sqrt(least);
}

export type Spot = { readonly at: Point; readonly room: number };

const gridSteps = 17;

/** The point of a shape with the most room around it: inside `clip` where given, and outside all of `beside`; undefined when nothing of the shape can be seen. */
export function roomiest(shape: Rings, clip: Rings | undefined, beside: readonly Rings[]): Spot | undefined {
  const { left, top, right, bottom } = boxOf(shape);
  const near = beside
    .map((rings) => ({ rings, box: boxOf(rings) }))
    .filter(({ box }) => overlap(box, { left, top, right, bottom }));
  const reach = Math.max(right - left, bottom - top) / 2;
  const outlines = [shape, ...(clip ? [clip] : []), ...near.map(({ rings }) => rings)];
  let best: Spot | undefined;
  for (let row = 0; row < gridSteps; row++) {
    const y = top + ((row + 0.5) / gridSteps) * (bottom - top);
    const own = crossings(shape, y);
    const others = near.filter(({ box }) => y >= box.top && y <= box.bottom).map(({ rings }) => crossings(rings, y));
    const seen = clip && crossings(clip, y);
    for (let column = 0; column < gridSteps; column++) {
      const x = left + ((column + 0.5) / gridSteps) * (right - left);
      if (!between(own, x) || others.some((other) => between(other, x)) || (seen && !between(seen, x))) continue;
      const at: Point = [x, y];
      let room = reach;
      for (const outline of outlines) {
        if (best && room <= best.room) break;
        room = distanceTo(outline, at, room, best?.room ?? 0);
      }
      if (!best || room > best.room + 1e-6) best = { at, room };
    }
  }
  return best;
}
