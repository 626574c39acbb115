/**
 * The pattern that GaussSuppression (R, MIT) withholds, as a reference for how much our own withholds: cells are published in order of falling value, zeros first, and one
 * is withheld when publishing it would let a primary cell be computed from what is published. It protects against linear disclosure only, not against intervals.
 * After Langsrud, Ø. (2024), "Secondary cell suppression by Gaussian elimination". Ties of equal values are broken by place, not by its crossproducts.
 */
import type { SdcTable } from './sdc-table.ts';

const prime = 67_108_859; // below 2^26, so that products are exact

/** The places of all withheld cells, primary ones included. */
export function gaussSuppression({ values, equations, primary }: SdcTable): ReadonlySet<number> {
  const { functional, dimension } = functionals(values.length, equations);
  const open = [...primary].map((cell) => functional(cell));
  const order = values
    .map((value, cell) => ({ value: value === 0 ? Number.POSITIVE_INFINITY : value, cell }))
    .filter(({ cell }) => !primary.has(cell))
    .sort((a, b) => (a.value === b.value ? a.cell - b.cell : b.value - a.value));
  const pivots: { readonly at: number; readonly row: Int32Array }[] = [];
  const withheld = new Set(primary);
  for (const { cell } of order) {
    const row = functional(cell);
    for (const pivot of pivots) eliminate(row, pivot.at, pivot.row);
    const at = row.findIndex((entry) => entry !== 0);
    if (at < 0) continue;
    scale(row, at);
    if (open.some((one) => isMultiple(one, row, at, dimension))) {
      withheld.add(cell);
      continue;
    }
    pivots.push({ at, row });
    for (const one of open) eliminate(one, at, row);
  }
  return withheld;
}

/** Each cell as a combination of the cells that the equations leave free. */
function functionals(cells: number, equations: SdcTable['equations']) {
  const rows = new Map<number, Map<number, number>>();
  const reduce = (row: Map<number, number>) => {
    for (;;) {
      const at = [...row.keys()].find((cell) => rows.has(cell));
      if (at === undefined) return;
      const factor = row.get(at) ?? 0;
      for (const [cell, entry] of rows.get(at) ?? []) add(row, cell, (prime - factor) * entry);
    }
  };
  for (const equation of equations) {
    const row = new Map<number, number>();
    for (const [cell, coefficient] of equation) add(row, cell, ((coefficient % prime) + prime) % prime);
    reduce(row);
    // A total is the last to be free, so the shortest way is to solve for the cell that fewest others hang on: the last one.
    const at = [...row.keys()].at(-1);
    if (at === undefined) continue;
    const inverse = inverseOf(row.get(at) ?? 0);
    for (const [cell, entry] of row) row.set(cell, (entry * inverse) % prime);
    for (const other of rows.values()) {
      const factor = other.get(at);
      if (factor !== undefined) for (const [cell, entry] of row) add(other, cell, (prime - factor) * entry);
    }
    rows.set(at, row);
  }
  const free = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => !rows.has(cell));
  const place = new Map(free.map((cell, at) => [cell, at]));
  const functional = (cell: number): Int32Array => {
    const vector = new Int32Array(free.length);
    const row = rows.get(cell);
    if (!row) vector[place.get(cell) ?? 0] = 1;
    else for (const [other, entry] of row) if (other !== cell) vector[place.get(other) ?? 0] = (prime - entry) % prime;
    return vector;
  };
  return { functional, dimension: free.length };
}

function add(row: Map<number, number>, cell: number, amount: number): void {
  const sum = ((row.get(cell) ?? 0) + (amount % prime)) % prime;
  if (sum === 0) row.delete(cell);
  else row.set(cell, sum);
}

function eliminate(row: Int32Array, at: number, pivot: Int32Array): void {
  const factor = row[at] ?? 0;
  if (factor === 0) return;
  const minus = prime - factor;
  for (let n = at; n < row.length; n++) {
    const entry = pivot[n] as number;
    if (entry !== 0) row[n] = ((row[n] as number) + minus * entry) % prime;
  }
}

function scale(row: Int32Array, at: number): void {
  const inverse = inverseOf(row[at] ?? 0);
  for (let n = at; n < row.length; n++) row[n] = ((row[n] as number) * inverse) % prime;
}

function isMultiple(one: Int32Array, of: Int32Array, at: number, dimension: number): boolean {
  const factor = one[at] ?? 0;
  if (factor === 0) return false;
  for (let n = 0; n < dimension; n++) if (one[n] !== ((of[n] as number) * factor) % prime) return false;
  return true;
}

function inverseOf(value: number): number {
  let [a, b, x, y] = [value, prime, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % prime) + prime) % prime;
}
