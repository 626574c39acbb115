/** One step in the making (docs/METHODS.md §3.5): what it has changed so far, the repair of what that broke, and the way back. */
import type { Fiber } from './fiber.ts';
import type { Standing } from './standing.ts';
import { see, type Walk } from './walk.ts';

export type Change = {
  /** Begins a new step where the last one ended. */
  readonly begin: () => void;
  readonly move: (column: number, by: number) => void;
  /** Makes the change that helps most in the broken row that leaves the least choice, never of `target`; false when a broken row leaves none. */
  readonly mend: (target: number) => boolean;
  readonly undo: () => void;
  /** A step of `by` at `target`, mended by so many changes at most; false, and nothing changed, when that was not enough. */
  readonly repair: (target: number, by: number, changes: number) => boolean;
  readonly isInRange: () => boolean;
  /** How often the step can be made once more, at most `most` times. */
  readonly again: (most: number) => number;
  readonly repeat: () => void;
  /** Remembers where the changed columns stand. */
  readonly mark: () => void;
  /** Variable, amount, variable, amount … */
  readonly along: () => Int32Array;
};

/** `leave` is told of every column that may no longer stand where it stood in the true table. */
export function changeOf(
  fiber: Fiber,
  walk: Walk,
  standing: Standing,
  random: () => number,
  leave: (column: number) => void,
): Change {
  const { columns, start, index, coefficient, low, high, occursStart, variable } = fiber;
  const { value, broken, lacks, helpUp, helpDown, change } = standing;
  // Within one repair a column goes one way only, or two changes would undo each other for ever.
  const repairOf = new Int32Array(columns);
  const moved = new Int32Array(columns);
  const changed = new Int32Array(columns);
  let changedCount = 0;
  let repairs = 0;

  const begin = (): void => {
    repairs++;
    changedCount = 0;
  };
  const move = (column: number, by: number): void => {
    if (repairOf[column] !== repairs) {
      repairOf[column] = repairs;
      moved[column] = 0;
      changed[changedCount++] = column;
      leave(column);
    }
    moved[column] = (moved[column] as number) + by;
    change(column, by);
  };
  const mend = (target: number): boolean => {
    let fewest = Number.POSITIVE_INFINITY;
    let chosen = -1;
    let chosenBy = 0;
    const looked = Math.min(standing.brokenCount(), 4);
    const from = standing.brokenCount() > looked ? Math.floor(random() * standing.brokenCount()) : 0;
    for (let nth = 0; nth < looked; nth++) {
      const row = broken[(from + nth) % standing.brokenCount()] as number;
      const lacking = lacks[row] === 1;
      const last = start[row + 1] as number;
      walk.spent += last - (start[row] as number);
      let choices = 0.5 * random();
      let best = Number.NEGATIVE_INFINITY;
      let bestColumn = -1;
      let bestBy = 0;
      for (let entry = start[row] as number; entry < last; entry++) {
        const column = index[entry] as number;
        if (column === target) continue;
        const by = (coefficient[entry] as number) > 0 === lacking ? 1 : -1;
        const now = value[column] as number;
        if (by > 0 ? now >= (high[column] as number) : now <= (low[column] as number)) continue;
        if (repairOf[column] === repairs && (moved[column] as number) > 0 !== by > 0) continue;
        const helped = (by > 0 ? helpUp[column] : helpDown[column]) as number;
        const degree = (occursStart[column + 1] as number) - (occursStart[column] as number);
        const score = 2 * helped - degree + 0.5 * random();
        choices++;
        if (score > best) [best, bestColumn, bestBy] = [score, column, by];
      }
      if (bestColumn < 0) return false;
      choices -= 3 * best;
      if (choices < fewest) [fewest, chosen, chosenBy] = [choices, bestColumn, bestBy];
    }
    move(chosen, chosenBy);
    return true;
  };
  const undo = (): void => {
    for (let at = 0; at < changedCount; at++) {
      const column = changed[at] as number;
      change(column, -(moved[column] as number));
    }
  };
  return {
    begin,
    move,
    mend,
    undo,
    repair(target, by, changes) {
      begin();
      move(target, by);
      for (let nth = 0; standing.brokenCount() > 0; nth++) {
        if (nth < changes && mend(target)) continue;
        undo();
        return false;
      }
      return true;
    },
    isInRange() {
      for (let at = 0; at < changedCount; at++) {
        const column = changed[at] as number;
        const now = value[column] as number;
        if (now < (low[column] as number) || now > (high[column] as number)) return false;
      }
      return true;
    },
    again(most) {
      let times = most;
      for (let at = 0; at < changedCount; at++) {
        const column = changed[at] as number;
        const by = moved[column] as number;
        const room = ((by > 0 ? (high[column] as number) : (low[column] as number)) - (value[column] as number)) / by;
        times = Math.min(times, Math.floor(room));
      }
      return times;
    },
    repeat() {
      for (let at = 0; at < changedCount; at++) change(changed[at] as number, moved[changed[at] as number] as number);
    },
    mark() {
      for (let at = 0; at < changedCount; at++) see(walk, fiber, changed[at] as number, value);
    },
    along() {
      const along = new Int32Array(2 * changedCount);
      for (let at = 0; at < changedCount; at++) {
        along[2 * at] = variable[changed[at] as number] as number;
        along[2 * at + 1] = moved[changed[at] as number] as number;
      }
      return along;
    },
  };
}
