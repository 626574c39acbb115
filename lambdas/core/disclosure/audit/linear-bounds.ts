/**
 * Bounds that no single equation gives: a linear program finds the multipliers, and they are rounded to whole numbers and added up again exactly (docs/METHODS.md §3.5).
 * Whatever the multipliers are, the sum of the equations is true; a wrong answer of the solver only proves less.
 */
import type { LinearProgram } from '../../domain/linear-program.ts';
import type { Bounds, Rows } from '../system/propagate.ts';
import type { Fiber } from '../walk/fiber.ts';

/** One bound drawn: equation, multiplier, equation, multiplier …, and what follows for the variable. */
export type Drawn = { readonly combination: readonly number[]; readonly bound: number };

/** What these rows say of the columns in them as a program of its own; whatever else holds of the columns is left out. */
export function programOf(fiber: Fiber, rows: readonly number[]) {
  const place = new Map<number, number>();
  for (const row of rows)
    for (let entry = fiber.start[row] as number; entry < (fiber.start[row + 1] as number); entry++) {
      const column = fiber.index[entry] as number;
      if (!place.has(column)) place.set(column, place.size);
    }
  const members = [...place.keys()];
  const start = [0];
  const index: number[] = [];
  const value: number[] = [];
  for (const row of rows) {
    for (let entry = fiber.start[row] as number; entry < (fiber.start[row + 1] as number); entry++) {
      index.push(place.get(fiber.index[entry] as number) ?? 0);
      value.push(fiber.coefficient[entry] as number);
    }
    start.push(index.length);
  }
  const of = (values: Float64Array, places: readonly number[]) =>
    Float64Array.from(places, (at) => values[at] as number);
  const program: LinearProgram = {
    columns: members.length,
    rows: rows.length,
    low: of(fiber.low, members),
    high: of(fiber.high, members),
    rowLow: of(fiber.rowLow, rows),
    rowHigh: of(fiber.rowHigh, rows),
    start: Int32Array.from(start),
    index: Int32Array.from(index),
    value: Float64Array.from(value),
    point: of(fiber.base, members),
  };
  return { program, members, place, equations: rows.map((row) => fiber.equation[row] as number) };
}

/** All rows in which columns stand. */
export function rowsWith(fiber: Fiber, columns: readonly number[]): number[] {
  const rows = new Set<number>();
  for (const column of columns)
    for (let at = fiber.occursStart[column] as number; at < (fiber.occursStart[column + 1] as number); at++)
      rows.add(fiber.occursRow[at] as number);
  return [...rows];
}

/** The rows around a column, nearest first, until about so many columns stand in them. */
export function rowsAround(fiber: Fiber, column: number, columns: number): number[] {
  const rows = new Set<number>();
  const reached = new Set([column]);
  for (const at of reached) {
    if (reached.size >= columns) break;
    for (let entry = fiber.occursStart[at] as number; entry < (fiber.occursStart[at + 1] as number); entry++) {
      const row = fiber.occursRow[entry] as number;
      rows.add(row);
      for (let other = fiber.start[row] as number; other < (fiber.start[row + 1] as number); other++)
        reached.add(fiber.index[other] as number);
    }
  }
  return [...rows];
}

/** Denominators that the multipliers of such programs have; the last takes what is left. */
const denominators = [1, 2, 3, 4, 6, 12, 60, 27720];

/** The tightest bound of `variable` that these multipliers prove: side 0 from below, 1 from above. Undefined when they prove none. */
export function drawn(
  multipliers: Float64Array,
  equations: readonly number[],
  variable: number,
  side: 0 | 1,
  rows: Rows,
  { low, high }: Bounds,
): Drawn | undefined {
  let best: Drawn | undefined;
  for (const denominator of denominators) {
    const combination: number[] = [];
    const sum = new Map<number, number>();
    let whole = true;
    for (const [at, multiplier] of multipliers.entries()) {
      const times = Math.round(multiplier * denominator);
      if (Math.abs(times - multiplier * denominator) > 1e-6) whole = false;
      if (times === 0) continue;
      const row = equations[at] as number;
      combination.push(row, times);
      for (let entry = rows.start[row] as number; entry < (rows.start[row + 1] as number); entry++) {
        const of = rows.index[entry] as number;
        sum.set(of, (sum.get(of) ?? 0) + times * (rows.coefficient[entry] as number));
      }
    }
    const factor = sum.get(variable) ?? 0;
    sum.delete(variable);
    if (factor === 0) continue;
    const wantsMost = (side === 1) === factor > 0;
    let right = 0;
    for (const [of, coefficient] of sum)
      if (coefficient !== 0) right -= coefficient * ((-coefficient > 0 === wantsMost ? high[of] : low[of]) as number);
    const bound = side === 1 ? Math.floor(right / factor) : Math.ceil(right / factor);
    const better = !best || (side === 1 ? bound < best.bound : bound > best.bound);
    if (Number.isSafeInteger(right) && better) best = { combination, bound };
    if (whole) break;
  }
  return best;
}

/** A point of whole numbers within tolerance, rounded; undefined when it is none. */
export function wholePoint(point: Float64Array): Float64Array | undefined {
  const rounded = point.map(Math.round);
  return rounded.every((value, at) => Math.abs(value - (point[at] as number)) < 1e-6) ? rounded : undefined;
}
