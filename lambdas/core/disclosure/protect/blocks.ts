/** Blocks of a full table (docs/METHODS.md §3.6): the cells of two categories in each dimension. Adding at some corners and taking off at the others keeps every sum of the table. */
import type { System, Variable } from '../system/system.ts';
import type { Grid } from '../tables/grid.ts';
import type { Step } from '../walk/walk.ts';

/** By variable: where each stands, the range it may move in, and what it costs to let it move; infinite where it may not. */
export type Ground = {
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly cost: Float64Array;
  /** Whether a change of some variables keeps every equation. */
  readonly keepsRows: (at: ArrayLike<number>, by: ArrayLike<number>) => boolean;
  /** Corners that may still be looked at; counted down. */
  left: number;
};

export type Blocks = {
  /** The variable of each cell, in the order of the grid. */
  readonly cells: readonly (Variable | undefined)[];
  /** The block at a cell that costs least for each time it can be changed, towards `by` and at most so often; undefined where there is none. */
  readonly cheapest: (cell: number, by: number) => Step | undefined;
};

/** Free blocks that can be changed more often come first. */
const nearlyNothing = 0.01;

export function blocksOf({ byKey }: System, { dimensions, cells: gridCells }: Grid, ground: Ground): Blocks {
  const { value, low, high, cost, keepsRows } = ground;
  const cells = gridCells.map(({ key }) => byKey.get(key));
  const indexOf = Int32Array.from(cells, (one) => one?.index ?? -1);
  // Cells stand in the order of their categories, the last dimension fastest, totals last.
  const sides: { readonly size: number; readonly step: number }[] = [];
  let step = 1;
  for (const { categories } of [...dimensions].reverse()) {
    sides.push({ size: categories.length + 1, step });
    step *= categories.length + 1;
  }
  sides.sort((one, other) => one.size - other.size);
  const depth = dimensions.length;
  const corner = new Int32Array(2 ** depth);
  const amount = new Int8Array(2 ** depth);
  /** What the search below is about, and the best it found. */
  let most = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let times = 0;
  let best: Int32Array | undefined;
  const take = (price: number, room: number): void => {
    const at = Array.from(corner, (cell) => indexOf[cell] as number);
    // Where two categories are the same weeks, corners are the same number.
    if (new Set(at).size < at.length || !keepsRows(at, amount)) return;
    lowest = price;
    times = room;
    best = Int32Array.from(at.flatMap((index, nth) => [index, amount[nth] as number]));
  };
  const grow = (side: number, count: number, price: number, room: number): void => {
    const { size, step } = sides[side] as (typeof sides)[number];
    const place = Math.floor((corner[0] as number) / step) % size;
    for (let other = 0; other < size && ground.left > 0; other++) {
      if (other === place) continue;
      const flip = (place === size - 1) === (other === size - 1) ? -1 : 1;
      let sum = price;
      let least = room;
      for (let nth = 0; nth < count; nth++) {
        const cell = (corner[nth] as number) + (other - place) * step;
        const index = indexOf[cell] as number;
        const by = flip * (amount[nth] as number);
        corner[count + nth] = cell;
        amount[count + nth] = by;
        if (index < 0) least = 0;
        else {
          sum += cost[index] as number;
          const now = value[index] as number;
          least = Math.min(least, by > 0 ? (high[index] as number) - now : now - (low[index] as number));
        }
        if (!(least >= 1) || (sum + nearlyNothing) / least >= lowest) {
          least = 0;
          ground.left -= nth + 1;
          break;
        }
      }
      if (least === 0) continue;
      ground.left -= count;
      if (side + 1 < depth) grow(side + 1, 2 * count, sum, least);
      else take((sum + nearlyNothing) / least, least);
      if (lowest * most <= nearlyNothing) return;
    }
  };
  return {
    cells,
    cheapest(cell, by) {
      const index = indexOf[cell] as number;
      if (index < 0 || depth === 0) return undefined;
      corner[0] = cell;
      amount[0] = Math.sign(by);
      const now = value[index] as number;
      most = Math.min(Math.abs(by), by > 0 ? (high[index] as number) - now : now - (low[index] as number));
      lowest = Number.POSITIVE_INFINITY;
      best = undefined;
      if (most >= 1) grow(0, 1, 0, most);
      return best && { along: best, times };
    },
  };
}
