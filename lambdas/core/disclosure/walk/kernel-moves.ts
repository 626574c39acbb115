/**
 * Kernel moves: changes of whole numbers that keep every row of a fiber as it is (docs/METHODS.md §3.5). Elimination gives a basis of them; most of its vectors are long, and
 * each is shortened by the shorter ones, as far as the sum of its squares falls. A move found is checked against the rows before it is used.
 */
import { echelon, type LinearRow } from '../system/eliminate.ts';
import { type Lattice, rowKeeper, type Vector } from './lattice.ts';

const prime = 67_108_859;
const mostEntries = 16_000_000;
const mostAmount = 100;
/** Longer moves shorten no others, and longer ones still are seldom possible. */
const longestHelper = 72;
const longestMove = 2500;

/** The vectors of whole connected parts, `asked` marks their columns; `spent` tells the entries looked at. Undefined when the basis has no room in memory or the work is spent. */
export function kernelVectors(
  lattice: Lattice,
  asked: Uint8Array,
  work: number,
): { readonly vectors: readonly Vector[]; readonly spent: number } | undefined {
  const basis = kernelBasis(lattice, asked, work);
  return basis && shortened(lattice, basis, work);
}

/** One vector for each unknown that elimination leaves free; those that are not whole or too large are left out. */
function kernelBasis(lattice: Lattice, asked: Uint8Array, work: number): Vector[] | undefined {
  const { columns, rows, start, index, coefficient } = lattice;
  const linear: LinearRow[] = [];
  for (let row = 0; row < rows; row++) {
    const first = start[row] as number;
    if (!asked[index[first] as number]) continue;
    const entries: [number, number][] = [];
    for (let entry = first; entry < (start[row + 1] as number); entry++)
      entries.push([index[entry] as number, coefficient[entry] as number]);
    linear.push({ entries, right: 0 });
  }
  const pivots = echelon(linear, prime, work);
  if (!pivots) return undefined;
  const pivoted = new Uint8Array(columns);
  for (const { unknown } of pivots) pivoted[unknown] = 1;
  const free: number[] = [];
  for (let column = 0; column < columns; column++) if (asked[column] && !pivoted[column]) free.push(column);
  // Each unknown in terms of the free ones, by their number: the free ones themselves, then the pivots, last first.
  const inFree: Vector[] = [];
  for (const [number, column] of free.entries()) inFree[column] = { at: Int32Array.of(number), by: Int8Array.of(1) };
  const sum = new Float64Array(free.length);
  const touched = new Uint8Array(free.length);
  const unfit = new Uint8Array(free.length);
  const lengths = new Int32Array(free.length).fill(1);
  let entries = 0;
  for (const { unknown, entries: row } of pivots.reverse()) {
    const list: number[] = [];
    for (const [other, residue] of row) {
      const factor = residue > prime / 2 ? residue - prime : residue;
      const { at, by } = inFree[other] as Vector;
      for (let nth = 0; nth < at.length; nth++) {
        const number = at[nth] as number;
        if (!touched[number]) {
          touched[number] = 1;
          list.push(number);
        }
        sum[number] = (sum[number] as number) - factor * (by[nth] as number);
      }
    }
    let length = 0;
    for (const number of list) {
      touched[number] = 0;
      if (Math.abs(sum[number] as number) > mostAmount) {
        unfit[number] = 1;
        sum[number] = 0;
      }
      if (sum[number] !== 0) length++;
    }
    entries += length;
    if (entries > mostEntries) return undefined;
    const at = new Int32Array(length);
    const by = new Int8Array(length);
    let nth = 0;
    for (const number of list) {
      if (sum[number] === 0) continue;
      at[nth] = number;
      by[nth++] = sum[number] as number;
      lengths[number] = (lengths[number] as number) + 1;
      sum[number] = 0;
    }
    inFree[unknown] = { at, by };
  }
  const vectors = Array.from(lengths, (length) => ({ at: new Int32Array(length), by: new Int8Array(length) }));
  const filled = new Int32Array(free.length);
  for (let column = 0; column < columns; column++) {
    const { at, by } = inFree[column] ?? { at: [], by: [] };
    for (let nth = 0; nth < at.length; nth++) {
      const number = at[nth] as number;
      const place = filled[number] as number;
      const vector = vectors[number] as Vector;
      vector.at[place] = column;
      vector.by[place] = by[nth] as number;
      filled[number] = place + 1;
    }
  }
  return vectors.filter((_, number) => !unfit[number]).sort((one, other) => one.at.length - other.at.length);
}

/** Each vector less the shorter ones that it has much in common with. */
function shortened(lattice: Lattice, basis: readonly Vector[], work: number) {
  const { columns } = lattice;
  const keepsRows = rowKeeper(lattice);
  const value = new Float64Array(columns);
  const isIn = new Uint8Array(columns);
  const short: Vector[] = [];
  const squares: number[] = [];
  const helpers: number[][] = Array.from({ length: columns }, () => []);
  const factors: number[][] = Array.from({ length: columns }, () => []);
  const common: number[] = [];
  let spent = 0;
  for (const { at, by } of basis) {
    if (spent > work) break;
    const inVector: number[] = [];
    const met: number[] = [];
    const queue: number[] = [];
    const add = (column: number, amount: number) => {
      if (!isIn[column]) {
        isIn[column] = 1;
        inVector.push(column);
      }
      value[column] = (value[column] as number) + amount;
      const here = helpers[column] as number[];
      const times = factors[column] as number[];
      spent += here.length + 1;
      for (let nth = 0; nth < here.length; nth++) {
        const helper = here[nth] as number;
        const now = (common[helper] as number) + amount * (times[nth] as number);
        if (common[helper] === 0) met.push(helper);
        common[helper] = now;
        if (2 * Math.abs(now) > (squares[helper] as number)) queue.push(helper);
      }
    };
    for (let nth = 0; nth < at.length; nth++) add(at[nth] as number, by[nth] as number);
    for (let helper = queue.pop(); helper !== undefined; helper = queue.pop()) {
      const [much, square] = [common[helper] as number, squares[helper] as number];
      if (2 * Math.abs(much) <= square) continue;
      const times = -Math.round(much / square) || -Math.sign(much);
      const { at, by } = short[helper] as Vector;
      for (let nth = 0; nth < at.length; nth++) add(at[nth] as number, times * (by[nth] as number));
    }
    const left = inVector.filter((column) => value[column] !== 0);
    const amounts = left.map((column) => value[column] as number);
    for (const column of inVector) value[column] = isIn[column] = 0;
    for (const helper of met) common[helper] = 0;
    const fits = amounts.every((amount) => Math.abs(amount) <= mostAmount);
    if (left.length === 0 || left.length > longestMove || !fits || !keepsRows(left, amounts)) continue;
    const id = short.push({ at: Int32Array.from(left), by: Int8Array.from(amounts) }) - 1;
    squares.push(amounts.reduce((sum, amount) => sum + amount * amount, 0));
    common.push(0);
    if (left.length <= longestHelper)
      for (const [nth, column] of left.entries()) {
        helpers[column]?.push(id);
        factors[column]?.push(amounts[nth] as number);
      }
  }
  return { vectors: short, spent };
}
