/**
 * The way that costs least to meet a need (docs/METHODS.md §3.6): what has to move in it has to be withheld, and is paid for unless it is withheld already. A linear program, kept open
 * between questions, whose columns are the rise and the fall of each bundle.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { independentRows } from '../system/independent-rows.ts';
import { BalancedRows } from './balanced-rows.ts';
import { type Way, wayOf } from './known-ways.ts';
import type { Need } from './needs.ts';
import type { TiedCells } from './tied-cells.ts';

/** A fixed charge for each bundle is approached by dividing its cost by what it moved before (Candès, Wakin, Boyd 2008). */
const sharpenings = 3;
/** What did not move is charged as if it had moved this share of what it can. */
const leastMoved = 0.001;

export type WayProgram = {
  /** `costs` by bundle, nought for what is withheld. Undefined where there is no way, or the solver does not know. */
  readonly cheapest: (need: Need, costs: Float64Array) => Way | undefined;
  readonly close: () => void;
};

export function wayProgram({ bundles, rows }: TiedCells, solver: Solver): WayProgram {
  const size = bundles.length;
  const held = new BalancedRows();
  // Rows that follow from others only cost time here.
  for (const row of independentRows(rows, (row) => row)) {
    for (const [bundle, coefficient] of row) {
      held.add(2 * bundle, coefficient);
      held.add(2 * bundle + 1, -coefficient);
    }
    held.end();
  }
  const low = new Float64Array(2 * size);
  const high = new Float64Array(2 * size);
  const opened = solver.open(held.program(low.slice(), high.slice()));
  return {
    cheapest({ bundle, way, amount, reach: { up, down } }, costs) {
      for (let at = 0; at < size; at++) {
        high[2 * at] = (up[at] as number) / amount;
        high[2 * at + 1] = (down[at] as number) / amount;
      }
      const [there, back] = way > 0 ? [2 * bundle, 2 * bundle + 1] : [2 * bundle + 1, 2 * bundle];
      if ((high[there] as number) < 1) return undefined;
      low[there] = high[there] = 1;
      high[back] = 0;
      opened.within(low, high, false);
      low[there] = 0;
      // What a bundle can move at most: one that cannot move far is no cheap way for much.
      const most = high.map((far) => Math.min(1, far));
      let weights = most.map((far, column) => (far > 0 ? -(costs[column >> 1] as number) / far : 0));
      let best: { readonly way: Way; readonly cost: number } | undefined;
      for (let nth = 0; nth < sharpenings && best?.cost !== 0; nth++) {
        const point = opened.greatest(weights);
        if (!point) break;
        const moved = Float64Array.from(costs, (_, at) => (point[2 * at] as number) - (point[2 * at + 1] as number));
        const found = wayOf(moved.map((share) => share * amount));
        let cost = 0;
        for (const at of found.at) cost += costs[at] as number;
        if (!best || cost < best.cost) best = { way: found, cost };
        weights = most.map((far, column) => {
          const at = column >> 1;
          return -(costs[at] as number) / (Math.abs(moved[at] as number) + far * leastMoved + 1e-9);
        });
      }
      return best?.way;
    },
    close: opened.close,
  };
}
