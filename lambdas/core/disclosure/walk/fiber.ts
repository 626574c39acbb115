/**
 * What the published numbers leave open: the unknowns, the rows that tie them, and the range of each (docs/METHODS.md §3.5). Shown numbers are substituted, fixed
 * unknowns too; the slack of a bounded form becomes the range of its row. A table of counts that fits it all is a point of the fiber; the true one is its base.
 */
import type { Bounds, Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';

/** Columns are unknowns. A row says rowLow ≤ Σ coefficient × unknown ≤ rowHigh over entries start[row] … start[row + 1]; `occurs` lists for each column its entries by row. */
export type Fiber = {
  readonly columns: number;
  readonly rows: number;
  /** The variable of each column, and the column of each variable or −1. */
  readonly variable: Int32Array;
  readonly column: Int32Array;
  /** The equation of the system that each row came from. */
  readonly equation: Int32Array;
  /** The kind of sum each row is, numbered; −1 for none. */
  readonly family: Int32Array;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly coefficient: Int32Array;
  readonly rowLow: Float64Array;
  readonly rowHigh: Float64Array;
  readonly occursStart: Int32Array;
  readonly occursRow: Int32Array;
  readonly occursCoefficient: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly base: Float64Array;
};

/** `base` gives a fitting count to every variable; what does not vary under `bounds` is substituted. */
export function fiberOf(
  { variables, equations }: Pick<System, 'variables' | 'equations'>,
  rows: Rows,
  { low, high }: Bounds,
  base: Float64Array,
): Fiber {
  const column = new Int32Array(variables.length).fill(-1);
  const open: number[] = [];
  for (const { index, state } of variables)
    if (low[index] !== high[index] && state !== 'slack') column[index] = open.push(index) - 1;
  const start = [0];
  const index: number[] = [];
  const coefficient: number[] = [];
  const equation: number[] = [];
  const rowLow: number[] = [];
  const rowHigh: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    let [least, most] = [0, 0];
    const first = index.length;
    for (let entry = rows.start[row] as number; entry < (rows.start[row + 1] as number); entry++) {
      const at = rows.index[entry] as number;
      const factor = rows.coefficient[entry] as number;
      const place = column[at] as number;
      if (place >= 0) {
        index.push(place);
        coefficient.push(factor);
        continue;
      }
      const [one, other] = [-factor * (low[at] as number), -factor * (high[at] as number)];
      least += Math.min(one, other);
      most += Math.max(one, other);
    }
    if (index.length === first) continue;
    start.push(index.length);
    equation.push(row);
    rowLow.push(least);
    rowHigh.push(most);
  }
  const families = new Map<string, number>();
  const familyOf = (row: number): number => {
    const name = equations[row]?.family;
    if (name === undefined) return -1;
    const known = families.get(name);
    if (known === undefined) families.set(name, families.size);
    return known ?? families.size - 1;
  };
  return withOccurrences({
    columns: open.length,
    rows: equation.length,
    variable: Int32Array.from(open),
    column,
    equation: Int32Array.from(equation),
    family: Int32Array.from(equation, familyOf),
    start: Int32Array.from(start),
    index: Int32Array.from(index),
    coefficient: Int32Array.from(coefficient),
    rowLow: Float64Array.from(rowLow),
    rowHigh: Float64Array.from(rowHigh),
    low: Float64Array.from(open, (at) => low[at] as number),
    high: Float64Array.from(open, (at) => high[at] as number),
    base: Float64Array.from(open, (at) => base[at] as number),
  });
}

function withOccurrences(fiber: Omit<Fiber, 'occursStart' | 'occursRow' | 'occursCoefficient'>): Fiber {
  const { columns, rows, start, index, coefficient } = fiber;
  const occursStart = new Int32Array(columns + 1);
  for (const column of index) occursStart[column + 1] = (occursStart[column + 1] as number) + 1;
  for (let column = 0; column < columns; column++)
    occursStart[column + 1] = (occursStart[column + 1] as number) + (occursStart[column] as number);
  const fill = occursStart.slice();
  const occursRow = new Int32Array(index.length);
  const occursCoefficient = new Int32Array(index.length);
  for (let row = 0; row < rows; row++)
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
      const column = index[entry] as number;
      const place = fill[column] as number;
      occursRow[place] = row;
      occursCoefficient[place] = coefficient[entry] as number;
      fill[column] = place + 1;
    }
  return { ...fiber, occursStart, occursRow, occursCoefficient };
}

/** The connected part of each column, numbered from 0. */
export function partsOf({ columns, rows, start, index }: Fiber): { readonly part: Int32Array; readonly count: number } {
  const parent = Int32Array.from({ length: columns }, (_, column) => column);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let row = 0; row < rows; row++) {
    const first = root(index[start[row] as number] as number);
    for (let entry = (start[row] as number) + 1; entry < (start[row + 1] as number); entry++)
      parent[root(index[entry] as number)] = first;
  }
  const part = new Int32Array(columns).fill(-1);
  let count = 0;
  for (let column = 0; column < columns; column++) {
    const top = root(column);
    if (part[top] === -1) part[top] = count++;
    part[column] = part[top] as number;
  }
  return { part, count };
}
