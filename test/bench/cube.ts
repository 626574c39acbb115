/** A table of weeks × districts × agencies of the size that the background measured its anchors on: gamma-Poisson counts, skewed by district and agency, from a seed. */

import { total } from '#core/disclosure/released-table.ts';
import { predicateKey, type Span } from '#core/disclosure/system/system.ts';
import type { Candidate } from '#core/disclosure/tables/assemble.ts';
import { gridOver } from '#core/disclosure/tables/grid.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';

const first = '2024-01-01' as Week;

/** Mulberry32 with the draws that counts are made of. */
function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const poisson = (mean: number): number => {
    if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const least = Math.exp(-mean);
    let events = 0;
    for (let product = next(); product > least; product *= next()) events++;
    return events;
  };
  /** Marsaglia and Tsang (2000). */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * next() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return { next, poisson, gamma };
}

/** One table over these many weeks, districts and agencies with all its margins; `mean` is of an inner cell. */
export function cube(
  sizes: readonly [weeks: number, districts: number, agencies: number],
  { seed = 7, mean = 12 }: { readonly seed?: number; readonly mean?: number } = {},
): Candidate {
  const { next, poisson, gamma } = chanceOf(seed);
  const weights = sizes.map((size, dimension) => {
    const drawn = Array.from({ length: size }, () => (dimension === 0 ? 0.6 + 0.8 * next() : gamma(1.2) + 0.05));
    const average = drawn.reduce((sum, one) => sum + one, 0) / size;
    return drawn.map((one) => one / average);
  });
  const [weeks, districts, agencies] = sizes;
  const span: Span = { from: first, to: weekPlus(first, weeks - 1) };
  const frame = {
    universe: 'incidents',
    batch: '',
    names: { week: 'week', district: 'district', agency: 'agency' },
    time: 'week',
  };
  const list = (size: number, letter: string) => Array.from({ length: size }, (_, n) => `${letter}${n + 1}`);
  const dimensions = [
    { name: 'week', categories: Array.from({ length: weeks }, (_, n): string => weekPlus(first, n)) },
    { name: 'district', categories: list(districts, 'D') },
    { name: 'agency', categories: list(agencies, 'A') },
  ];
  const grid = gridOver(dimensions, { ...frame, span });
  const inner = dimensions[0]?.categories.map((_, w) =>
    list(districts, 'D').map((_, d) =>
      list(agencies, 'A').map((_, a) =>
        poisson(mean * (weights[0]?.[w] ?? 1) * (weights[1]?.[d] ?? 1) * (weights[2]?.[a] ?? 1) * (gamma(0.9) / 0.9)),
      ),
    ),
  );
  const indexes = dimensions.map(({ categories }) => new Map(categories.map((category, at) => [category, at])));
  const truths = new Map<string, number>();
  for (const { at, predicate } of grid.cells) {
    const places = dimensions.map(({ name }, n) => indexes[n]?.get(at[name] ?? total));
    let sum = 0;
    inner?.forEach((plane, w) => {
      if (places[0] !== undefined && places[0] !== w) return;
      plane.forEach((line, d) => {
        if (places[1] !== undefined && places[1] !== d) return;
        line.forEach((count, a) => {
          if (places[2] === undefined || places[2] === a) sum += count;
        });
      });
    });
    truths.set(predicateKey(predicate), sum);
  }
  return { query: 'cube_v1', frame, span, grid, truths };
}
