/**
 * Moves of tables of many dimensions (docs/METHODS.md §3.5). Two layers of a table, taken together, are a table of one dimension less: what is added to a cell of one is taken from
 * its like in the other, and only cells that are open in both are there. The kernel of that smaller table is found quickly and its vectors are short; elimination over
 * the whole table gives long ones. A cell's like is told by the rows alone: both stand in one row of the family that the layers are taken along.
 */

import { cycleSeeker, isGraph } from './cycles.ts';
import type { Fiber } from './fiber.ts';
import { kernelVectors } from './kernel-moves.ts';
import { coreOf, type Lattice, latticeOf, membersOf, narrowedTo, partsOf, rowKeeper, type Vector } from './lattice.ts';

/** Columns are pairs of columns of the fiber: `second` changes by `ratio` times what `first` changes by. */
type Pairs = {
  readonly lattice: Lattice;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly ratio: Int8Array;
};

/** More pairs than this along one family are not looked at. */
const mostPairs = 400_000;
/** Small parts are looked at together, so many pairs at once. */
const fullBatch = 600;

/** What is looked at: `cycles`, pairs of cells of tables of three dimensions and nothing else, of which moves come without elimination; or all `layers`. */
export type Pairing = 'cycles' | 'layers';

/** Moves along a family, of connected parts of pairs that hold a column of `wanted`. */
export function pairedVectors(
  fiber: Fiber,
  family: number,
  wanted: Uint8Array,
  work: number,
  pairing: Pairing,
): { readonly vectors: Vector[]; readonly spent: number } {
  const vectors: Vector[] = [];
  const pairs = pairsAlong(fiber, family, pairing);
  if (!pairs) return { vectors, spent: 0 };
  const { lattice, first, second, ratio } = pairs;
  const keepsRows = rowKeeper(fiber);
  const place = new Int32Array(lattice.rows).fill(-1);
  let spent = lattice.index.length;
  const add = (found: readonly Vector[], pairOf: (place: number) => number): void => {
    for (const { at, by } of found) {
      const columns = new Int32Array(2 * at.length);
      const amounts = new Int8Array(2 * at.length);
      for (let nth = 0; nth < at.length; nth++) {
        const pair = pairOf(at[nth] as number);
        columns[nth] = first[pair] as number;
        amounts[nth] = by[nth] as number;
        columns[at.length + nth] = second[pair] as number;
        amounts[at.length + nth] = (by[nth] as number) * (ratio[pair] as number);
      }
      if (keepsRows(columns, amounts)) vectors.push({ at: columns, by: amounts });
    }
  };
  let batch: number[] = [];
  const seek = (): void => {
    const within = batch;
    const found = kernelVectors(
      narrowedTo(lattice, within, place),
      new Uint8Array(within.length).fill(1),
      work - spent,
    );
    spent += found?.spent ?? work;
    add(found?.vectors ?? [], (place) => within[place] as number);
    batch = [];
  };
  const cyclesIn = cycleSeeker(lattice);
  for (const members of membersOf(partsOf(lattice))) {
    if (spent > work) break;
    if (!members.some((pair) => wanted[first[pair] as number] || wanted[second[pair] as number])) continue;
    if (isGraph(lattice, members)) {
      const found = cyclesIn(members);
      spent += found.reduce((sum, { at }) => sum + at.length, members.length);
      add(found, (pair) => pair);
      continue;
    }
    batch = batch.concat(members);
    if (batch.length >= fullBatch) seek();
  }
  if (batch.length > 0 && spent <= work) seek();
  return { vectors, spent };
}

/** Of how many dimensions the table is whose cell a column is and nothing else; 0 where it stands in rows of no family, or in more than one of the same. */
export function dimensionsOf({ family, occursStart, occursRow }: Fiber, column: number): number {
  const first = occursStart[column] as number;
  const last = occursStart[column + 1] as number;
  for (let entry = first; entry < last; entry++) {
    const of = family[occursRow[entry] as number] as number;
    if (of < 0) return 0;
    for (let other = first; other < entry; other++) if (family[occursRow[other] as number] === of) return 0;
  }
  return last - first;
}

/** Undefined where there are none, or too many. */
function pairsAlong(fiber: Fiber, along: number, pairing: Pairing): Pairs | undefined {
  const { rows, start, index, coefficient, family } = fiber;
  const first: number[] = [];
  const second: number[] = [];
  const ratio: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (family[row] !== along) continue;
    const within: number[] = [];
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++)
      if (
        Math.abs(coefficient[entry] as number) === 1 &&
        (pairing === 'layers' || dimensionsOf(fiber, index[entry] as number) === 3)
      )
        within.push(entry);
    for (const [nth, one] of within.entries())
      for (let other = nth + 1; other < within.length; other++) {
        const opposite = within[other] as number;
        first.push(index[one] as number);
        second.push(index[opposite] as number);
        ratio.push(-(coefficient[one] as number) * (coefficient[opposite] as number));
      }
    if (first.length > mostPairs) return undefined;
  }
  return first.length === 0 ? undefined : core(fiber, along, first, second, ratio);
}

/** Rows of pairs, less the pairs that stand alone in one: nothing could balance them. */
function core(
  fiber: Fiber,
  along: number,
  first: readonly number[],
  second: readonly number[],
  ratio: readonly number[],
): Pairs {
  const { rows, family, occursStart, occursRow, occursCoefficient } = fiber;
  const number = new Map<number, number>();
  const entriesStart = new Int32Array(first.length + 1);
  const entryRow: number[] = [];
  const entryFactor: number[] = [];
  const enter = (key: number, factor: number): void => {
    const known = number.get(key);
    const row = known ?? number.size;
    if (known === undefined) number.set(key, row);
    entryRow.push(row);
    entryFactor.push(factor);
  };
  /** Where a column stands in a row of a family. */
  const entryIn = (column: number, of: number): number => {
    for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++)
      if (family[occursRow[entry] as number] === of) return entry;
    return -1;
  };
  for (let pair = 0; pair < first.length; pair++) {
    const [one, other, times] = [first[pair] as number, second[pair] as number, ratio[pair] as number];
    for (let entry = occursStart[one] as number; entry < (occursStart[one + 1] as number); entry++) {
      const row = occursRow[entry] as number;
      const of = family[row] as number;
      if (of === along) continue;
      const opposite = of < 0 ? -1 : entryIn(other, of);
      const factor = occursCoefficient[entry] as number;
      if (opposite < 0) {
        enter(row, factor);
        continue;
      }
      // Both sides of the pair of rows say the same: the one of the lower number is written down.
      const like = occursRow[opposite] as number;
      const swapped = like < row;
      enter(
        (1 + Math.min(row, like)) * rows + Math.max(row, like),
        swapped ? times * (occursCoefficient[opposite] as number) : factor,
      );
    }
    for (let entry = occursStart[other] as number; entry < (occursStart[other + 1] as number); entry++) {
      const row = occursRow[entry] as number;
      const of = family[row] as number;
      if (of === along || (of >= 0 && entryIn(one, of) >= 0)) continue;
      enter(row, times * (occursCoefficient[entry] as number));
    }
    entriesStart[pair + 1] = entryRow.length;
  }
  const whole = latticeOf(first.length, number.size, entriesStart, entryRow, entryFactor);
  const kept = coreOf(whole);
  const of = (values: readonly number[]) => Int32Array.from(kept, (pair) => values[pair] as number);
  return {
    lattice: narrowedTo(whole, kept, new Int32Array(whole.rows).fill(-1)),
    first: of(first),
    second: of(second),
    ratio: Int8Array.from(of(ratio)),
  };
}
