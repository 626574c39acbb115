/**
 * What the published numbers leave open: the unknowns, the rows that tie them, and the range of each (docs/METHODS.md §3.5). Shown numbers are substituted, fixed
 * unknowns too; the slack of a bounded form becomes the range of its row. A table of counts that fits it all is a point of the fiber; the true one is its base.
 */
import type { Bounds, Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';
import { type Lattice, withOccurrences } from './lattice.ts';

/** Columns are unknowns. A row says rowLow ≤ Σ coefficient × unknown ≤ rowHigh. */
export type Fiber = Lattice & {
  /** The variable of each column, and the column of each variable or −1. */
  readonly variable: Int32Array;
  readonly column: Int32Array;
  /** The equation of the system that each row came from. */
  readonly equation: Int32Array;
  /** The kind of sum each row is, numbered; −1 for none. */
  readonly family: Int32Array;
  readonly rowLow: Float64Array;
  readonly rowHigh: Float64Array;
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
