/**
 * Strolling: a long walk by short moves in directions drawn by chance, each towards a value that some count still lacks (docs/METHODS.md §3.5). It never goes home, and every table
 * on it counts for all cells, so that most counts are settled before anything is sought for one of them. The chance is the same on every run.
 */
import { noiseFrom } from './noise.ts';
import { type Ground, see, unseenWay } from './walk.ts';

/** Sweeps over the open counts between two looks at how many are left, and the share of them that must be settled for another round. */
const sweeps = 8;
const gain = 0.08;
/** How often a move is made towards what is lacking and not in any direction. */
const bias = 0.75;

/** Answers the columns still open by `meets`. It stops when `walk.spent` passes `work`. */
export type Stroller = (columns: readonly number[], meets: (column: number) => boolean, work: number) => number[];

export function stroller({ fiber, walk, moves, value, shift, stepOf }: Ground): Stroller {
  const { low, high } = fiber;
  const { start, column: columnOf, amount, occursStart, occurs, occursAmount } = moves;
  const random = noiseFrom(0x2545f491);
  const fits = (move: number, sign: number): boolean => {
    const last = start[move + 1] as number;
    for (let entry = start[move] as number; entry < last; entry++) {
      const column = columnOf[entry] as number;
      const now = (value[column] as number) + sign * (amount[entry] as number);
      if (now < (low[column] as number) || now > (high[column] as number)) {
        walk.spent += entry + 1 - (start[move] as number);
        return false;
      }
    }
    walk.spent += last - (start[move] as number);
    return true;
  };
  /** Tries one move of a column; shorter ones more often. */
  const stride = (column: number): void => {
    const first = occursStart[column] as number;
    const many = (occursStart[column + 1] as number) - first;
    if (many === 0) return;
    const at = first + Math.floor(random() * random() * many);
    const move = occurs[at] as number;
    const up = random() < 0.5;
    const way = random() < bias ? unseenWay(walk, fiber, column, value[column] as number, up) : 0;
    const sign = (way === 0 ? (up ? 1 : -1) : way) * (occursAmount[at] as number) > 0 ? 1 : -1;
    if (!fits(move, sign)) return;
    walk.steps.push(stepOf(move, sign, 1));
    const last = start[move + 1] as number;
    for (let entry = start[move] as number; entry < last; entry++)
      shift(columnOf[entry] as number, sign * (amount[entry] as number));
    for (let entry = start[move] as number; entry < last; entry++) see(walk, fiber, columnOf[entry] as number, value);
  };
  return (columns, meets, work) => {
    let open = columns.filter((column) => !meets(column));
    for (let before = 2 * open.length; before - open.length > gain * before; ) {
      before = open.length;
      for (let nth = 0; nth < sweeps && walk.spent < work; nth++)
        for (const column of open) if (!meets(column)) stride(column);
      open = open.filter((column) => !meets(column));
    }
    return open;
  };
}
