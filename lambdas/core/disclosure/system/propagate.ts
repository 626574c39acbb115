/**
 * Integer bound propagation: what follows from each equation alone, repeated until nothing more follows (docs/METHODS.md §3.4).
 */
import type { Equation } from './system.ts';

/** Bounds of every variable, by index; changed in place by `propagate`. A shown variable has equal bounds. */
export type Bounds = { readonly low: Float64Array; readonly high: Float64Array };

/** Equations in rows (`start`, `index`, `coefficient`) and, for each variable, the equations it stands in (`occursStart`, `occurs`). */
export type Rows = {
  readonly count: number;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly coefficient: Int32Array;
  readonly occursStart: Int32Array;
  readonly occurs: Int32Array;
};

export function rowsOf(equations: readonly Equation[], variables: number): Rows {
  const entries = equations.reduce((sum, { variables: row }) => sum + row.length, 0);
  const start = new Int32Array(equations.length + 1);
  const index = new Int32Array(entries);
  const coefficient = new Int32Array(entries);
  const occursStart = new Int32Array(variables + 1);
  let at = 0;
  equations.forEach((equation, row) => {
    start[row] = at;
    equation.variables.forEach((variable, position) => {
      index[at] = variable;
      coefficient[at++] = equation.coefficients[position] ?? 0;
      occursStart[variable + 1] = (occursStart[variable + 1] ?? 0) + 1;
    });
  });
  start[equations.length] = at;
  for (let variable = 0; variable < variables; variable++)
    occursStart[variable + 1] = (occursStart[variable + 1] ?? 0) + (occursStart[variable] ?? 0);
  const fill = occursStart.slice();
  const occurs = new Int32Array(entries);
  for (let row = 0; row < equations.length; row++)
    for (let entry = start[row] ?? 0; entry < (start[row + 1] ?? 0); entry++) {
      const variable = index[entry] ?? 0;
      const place = fill[variable] ?? 0;
      occurs[place] = row;
      fill[variable] = place + 1;
    }
  return { count: equations.length, start, index, coefficient, occursStart, occurs };
}

/** Which equation tightened which bound of which variable, in order: row, variable, 0 for the lower or 1 for the upper bound. */
export type Trace = number[];

/**
 * Tightens the bounds to a fixed point; every bound that stands at the end is implied by the equations. Answers false when no table fits them at all.
 * `steps` limits the rows looked at; reaching it leaves valid, only looser, bounds and answers 'unfinished'.
 * `trace` is told every bound drawn; `changed` names the variables whose bounds were changed since the last fixed point.
 */
export function propagate(
  rows: Rows,
  bounds: Bounds,
  steps = 20_000_000,
  trace?: Trace,
  changed?: readonly number[],
): boolean | 'unfinished' {
  const { start, index, coefficient, occursStart, occurs } = rows;
  const { low, high } = bounds;
  const queue: number[] = changed ? [] : Array.from({ length: rows.count }, (_, row) => row);
  const queued = new Uint8Array(rows.count).fill(changed ? 0 : 1);
  let head = 0;
  const touch = (variable: number) => {
    for (let entry = occursStart[variable] as number; entry < (occursStart[variable + 1] as number); entry++) {
      const row = occurs[entry] as number;
      if (!queued[row]) {
        queued[row] = 1;
        queue.push(row);
      }
    }
  };
  for (const variable of changed ?? []) touch(variable);
  while (head < queue.length) {
    if (steps-- <= 0) return 'unfinished';
    const row = queue[head++] as number;
    if (head > 65_536 && head * 2 > queue.length) {
      queue.splice(0, head);
      head = 0;
    }
    queued[row] = 0;
    const first = start[row] as number;
    const last = start[row + 1] as number;
    let least = 0;
    let most = 0;
    let leastOpen = 0;
    let mostOpen = 0;
    for (let entry = first; entry < last; entry++) {
      const variable = index[entry] as number;
      const factor = coefficient[entry] as number;
      const a = factor * ((factor > 0 ? low[variable] : high[variable]) as number);
      const b = factor * ((factor > 0 ? high[variable] : low[variable]) as number);
      if (a === Number.NEGATIVE_INFINITY) leastOpen++;
      else least += a;
      if (b === Number.POSITIVE_INFINITY) mostOpen++;
      else most += b;
    }
    if ((leastOpen === 0 && least > 0) || (mostOpen === 0 && most < 0)) return false;
    for (let entry = first; entry < last; entry++) {
      const variable = index[entry] as number;
      const factor = coefficient[entry] as number;
      const l = low[variable] as number;
      const h = high[variable] as number;
      if (l === h) continue;
      const a = factor * (factor > 0 ? l : h);
      const b = factor * (factor > 0 ? h : l);
      const restLeast =
        leastOpen === 0
          ? least - a
          : leastOpen === 1 && a === Number.NEGATIVE_INFINITY
            ? least
            : Number.NEGATIVE_INFINITY;
      const restMost =
        mostOpen === 0 ? most - b : mostOpen === 1 && b === Number.POSITIVE_INFINITY ? most : Number.POSITIVE_INFINITY;
      const newLow = Math.ceil((factor > 0 ? -restMost : -restLeast) / factor);
      const newHigh = Math.floor((factor > 0 ? -restLeast : -restMost) / factor);
      if (newLow <= l && newHigh >= h) continue;
      if (newLow > l) {
        low[variable] = newLow;
        trace?.push(row, variable, 0);
      }
      if (newHigh < h) {
        high[variable] = newHigh;
        trace?.push(row, variable, 1);
      }
      if ((low[variable] as number) > (high[variable] as number)) return false;
      touch(variable);
      break;
    }
  }
  return true;
}
