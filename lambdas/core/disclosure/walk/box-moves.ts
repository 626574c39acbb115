/**
 * Box moves: in a table of k dimensions, up at a cell, down at a partner in each dimension, and so on around the corners of a box, leaves every sum as it is
 * (docs/METHODS.md §3.5). Rows know their dimension as their family; whatever else a corner stands in makes the box fail, so a box found is only a proposal.
 */
import type { Fiber } from './fiber.ts';

type Box = {
  /** Corners of the last box found, and how much each changes per step. */
  readonly corners: Int32Array;
  readonly amounts: Int32Array;
  count: number;
  /** How often its step can be made. */
  times: number;
};

const mostDimensions = 5;

export type BoxFinder = {
  readonly box: Box;
  /** The box with most room, up to `wanted` steps of `by` at `column` from the table `value`; answers its room, 0 for none. `budget` limits the partners tried. */
  readonly find: (column: number, by: number, wanted: number, value: Float64Array, budget: number) => number;
  spent: number;
};

/** `family` numbers the dimension of each row; rows of −1 belong to none. */
export function boxFinder(fiber: Fiber): BoxFinder {
  const { columns, rows, start, index, coefficient, low, high, occursStart, occursRow, family } = fiber;
  const families = family.reduce((most, one) => Math.max(most, one + 1), 0);
  // A column's row in each family, and its coefficient there; −1 where it has none, −2 where it has several.
  const rowIn = new Int32Array(columns * families).fill(-1);
  const signIn = new Int8Array(columns * families);
  for (let row = 0; row < rows; row++)
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
      const factor = coefficient[entry] as number;
      const of = family[row] as number;
      if (of < 0) continue;
      const place = (index[entry] as number) * families + of;
      rowIn[place] = rowIn[place] === -1 && Math.abs(factor) === 1 ? row : -2;
      signIn[place] = Math.sign(factor);
    }
  const meet = meetings(fiber);
  const box: Box = { corners: new Int32Array(32), amounts: new Int32Array(32), count: 0, times: 0 };
  const corners = new Int32Array(32);
  const amounts = new Int32Array(32);
  const own = new Int32Array(mostDimensions);
  let left = 0;
  let depth = 0;
  let turn = 0;
  let values: Float64Array = fiber.base;
  let wantedRoom = 0;
  const roomOf = (column: number, by: number): number =>
    by > 0
      ? (high[column] as number) - (values[column] as number)
      : (values[column] as number) - (low[column] as number);

  /** Adds dimension `level` to a box of `length` corners with `room`; true ends the search. */
  const widen = (level: number, length: number, room: number): boolean => {
    if (room <= box.times) return false;
    if (level === depth) {
      box.times = room;
      box.count = length;
      box.corners.set(corners);
      box.amounts.set(amounts);
      return room >= wantedRoom;
    }
    const along = own[level] as number;
    const center = corners[0] as number;
    const row = rowIn[center * families + along] as number;
    const first = start[row] as number;
    const size = (start[row + 1] as number) - first;
    const centerSign = signIn[center * families + along] as number;
    turn = (turn + 7) % 1_000_003;
    for (let nth = 0; nth < size; nth++) {
      const partner = index[first + ((nth + turn) % size)] as number;
      if (partner === center) continue;
      if (--left < 0) return true;
      let now = -(amounts[0] as number) * centerSign * (signIn[partner * families + along] as number);
      let most = Math.min(room, roomOf(partner, now));
      if (most <= box.times) continue;
      corners[length] = partner;
      amounts[length] = now;
      let closed = true;
      for (let corner = 1; corner < length; corner++) {
        const bit = 31 - Math.clz32(corner);
        const beside = corners[length + (corner ^ (1 << bit))] as number;
        const one = rowIn[beside * families + (own[bit] as number)] as number;
        const opposite = corners[corner] as number;
        const other = rowIn[opposite * families + along] as number;
        const found = one < 0 || other < 0 ? -1 : meet(one, other);
        if (found < 0) {
          closed = false;
          break;
        }
        now =
          -(amounts[corner] as number) *
          (signIn[opposite * families + along] as number) *
          (signIn[found * families + along] as number);
        most = Math.min(most, roomOf(found, now));
        if (most <= box.times) {
          closed = false;
          break;
        }
        corners[length + corner] = found;
        amounts[length + corner] = now;
      }
      if (closed && widen(level + 1, 2 * length, most)) return true;
    }
    return false;
  };

  const finder: BoxFinder = {
    box,
    spent: 0,
    find(column, by, wanted, value, budget) {
      box.times = box.count = 0;
      depth = 0;
      for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
        const of = family[occursRow[entry] as number] as number;
        if (of < 0 || depth === mostDimensions || (rowIn[column * families + of] as number) < 0) return 0;
        own[depth++] = of;
      }
      if (depth === 0) return 0;
      const sizeOf = (of: number) => {
        const row = rowIn[column * families + of] as number;
        return (start[row + 1] as number) - (start[row] as number);
      };
      for (let at = 1; at < depth; at++)
        for (let to = at; to > 0 && sizeOf(own[to] as number) < sizeOf(own[to - 1] as number); to--) {
          const other = own[to - 1] as number;
          own[to - 1] = own[to] as number;
          own[to] = other;
        }
      values = value;
      wantedRoom = wanted;
      left = budget;
      corners[0] = column;
      amounts[0] = by;
      widen(0, 1, Math.min(wanted, roomOf(column, by)));
      finder.spent += budget - Math.max(0, left);
      return box.times;
    },
  };
  return finder;
}

/** The one column in which two rows meet, −1 for none or several: a table of pairs of rows, hashed. */
function meetings({ columns, rows, occursStart, occursRow }: Fiber): (one: number, other: number) => number {
  let pairs = 0;
  for (let column = 0; column < columns; column++) {
    const degree = (occursStart[column + 1] as number) - (occursStart[column] as number);
    pairs += (degree * (degree - 1)) / 2;
  }
  const size = 2 ** Math.ceil(Math.log2(2 * pairs + 2));
  const keys = new Float64Array(size).fill(-1);
  const met = new Int32Array(size);
  const slotOf = (key: number): number => {
    let slot = Math.imul((key % 4294967296) ^ ((key / 4294967296) | 0), 0x9e3779b1) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & (size - 1); keys[slot] !== -1 && keys[slot] !== key; )
      slot = (slot + 1) & (size - 1);
    return slot;
  };
  for (let column = 0; column < columns; column++) {
    const last = occursStart[column + 1] as number;
    for (let a = occursStart[column] as number; a < last; a++)
      for (let b = a + 1; b < last; b++) {
        const [one, other] = [occursRow[a] as number, occursRow[b] as number];
        const key = Math.min(one, other) * rows + Math.max(one, other);
        const slot = slotOf(key);
        met[slot] = keys[slot] === -1 ? column : -1;
        keys[slot] = key;
      }
  }
  return (one, other) => {
    const slot = slotOf(Math.min(one, other) * rows + Math.max(one, other));
    return keys[slot] === -1 ? -1 : (met[slot] as number);
  };
}
