/** A table of weeks × districts × agencies of the size that the background measured its anchors on, as a candidate for release. */

import { total } from '#core/disclosure/released-table.ts';
import { predicateKey, type Span } from '#core/disclosure/system/system.ts';
import type { Candidate } from '#core/disclosure/tables/assemble.ts';
import { gridOver } from '#core/disclosure/tables/grid.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { gammaPoisson } from '../fixtures/gamma-poisson.ts';

const first = '2024-01-01' as Week;

/** One table over these many weeks, districts and agencies with all its margins. */
export function cube(sizes: readonly [weeks: number, districts: number, agencies: number]): Candidate {
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
  const inner = gammaPoisson(sizes);
  const placesOf = (cell: number) => [
    Math.floor(cell / (districts * agencies)),
    Math.floor(cell / agencies) % districts,
    cell % agencies,
  ];
  const truths = new Map<string, number>();
  for (const { at, predicate } of grid.cells) {
    const wanted = dimensions.map(({ name, categories }) =>
      at[name] === total ? -1 : categories.indexOf(at[name] ?? ''),
    );
    let sum = 0;
    inner.forEach((count, cell) => {
      if (placesOf(cell).every((place, nth) => wanted[nth] === -1 || wanted[nth] === place)) sum += count;
    });
    truths.set(predicateKey(predicate), sum);
  }
  return { query: 'cube_v1', frame, span, grid, truths };
}
