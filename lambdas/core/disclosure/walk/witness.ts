/**
 * Integer witnesses: other tables of counts that agree with everything published (docs/METHODS.md §3.5). A walk starts at the true table; each step changes one count and
 * repairs the rest until every row holds again, in integers and within every range. Every table on the way proves its values possible, for all cells at once.
 */
import { boxFinder } from './box-moves.ts';
import { type Climber, climber } from './climb.ts';
import type { Fiber } from './fiber.ts';
import type { Moves } from './kernel-moves.ts';
import { standingAtBase } from './standing.ts';
import { again, movesAny, type Step, see, unseenWay, valuesSeen, type Walk } from './walk.ts';

/** How deep to look: failures allowed per cell, partners tried per box, and changes per repair. */
export type Effort = { readonly tries: number; readonly partners: number; readonly changes: number };

export type Walker = {
  /** Goes back to the true table, and forgets the steps that showed nothing new. */
  readonly home: () => void;
  /** From then on `climb` knows these moves. */
  readonly learn: (moves: Moves) => void;
  /** Makes a step of a column by kernel moves; false when none was found. */
  readonly climb: Climber;
  /** Goes to another table of whole numbers, given by some columns; false, and nothing changed, when it does not fit. */
  readonly jump: (columns: readonly number[], counts: Float64Array) => boolean;
  /**
   * Makes the steps of a walk under narrower bounds; at one that does not fit it goes on where that walk came home next. `mending` changes may make one fit. A way from
   * home to home that no `wanted` column is moved on is left out.
   */
  readonly inherit: (steps: readonly Step[], wanted: (column: number) => boolean, mending?: number) => void;
  /** Shows up to `wanted` values of a column as far as the effort reaches; answers whether they are shown. */
  readonly seek: (column: number, wanted: number, effort: Effort) => boolean;
  /** Walks a column towards a value; answers whether it or one beyond it was shown. */
  readonly reach: (column: number, value: number, effort: Effort) => boolean;
};

/** Deterministic: the same fiber and the same calls make the same walk. */
export function walker(fiber: Fiber, walk: Walk): Walker {
  const { columns, start, index, coefficient, low, high, base, occursStart, variable } = fiber;
  const standing = standingAtBase(fiber, walk);
  const { value, broken, lacks, helpUp, helpDown, change } = standing;
  // Within one repair a column goes one way only, or two changes would undo each other for ever.
  const repairOf = new Int32Array(columns);
  const moved = new Int32Array(columns);
  const changed = new Int32Array(columns);
  let changedCount = 0;
  let repairs = 0;
  let noise = 0x9e3779b9;
  const random = (): number => {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    return (noise >>> 0) / 4294967296;
  };

  const move = (column: number, by: number): void => {
    if (repairOf[column] !== repairs) {
      repairOf[column] = repairs;
      moved[column] = 0;
      changed[changedCount++] = column;
      if (!isAway[column]) away.push(column);
      isAway[column] = 1;
    }
    moved[column] = (moved[column] as number) + by;
    change(column, by);
  };

  /** Makes the change that helps most in the broken row that leaves the least choice; false when a broken row leaves none. */
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

  const repair = (target: number, by: number, changes: number): boolean => {
    repairs++;
    changedCount = 0;
    move(target, by);
    for (let nth = 0; standing.brokenCount() > 0; nth++) {
      if (nth < changes && mend(target)) continue;
      undo();
      return false;
    }
    return true;
  };

  const inRange = (): boolean => {
    for (let at = 0; at < changedCount; at++) {
      const column = changed[at] as number;
      const now = value[column] as number;
      if (now < (low[column] as number) || now > (high[column] as number)) return false;
    }
    return true;
  };

  /** How often the step just made can be made again. */
  const moreTimes = (most: number): number => {
    let times = most;
    for (let at = 0; at < changedCount; at++) {
      const column = changed[at] as number;
      const by = moved[column] as number;
      const room = ((by > 0 ? (high[column] as number) : (low[column] as number)) - (value[column] as number)) / by;
      times = Math.min(times, Math.floor(room));
    }
    return times;
  };

  const mark = (): void => {
    for (let at = 0; at < changedCount; at++) see(walk, fiber, changed[at] as number, value);
  };

  // Columns that may stand elsewhere than in the true table.
  const away: number[] = [];
  const isAway = new Uint8Array(columns);
  /** Part of a change that keeps every row within its range at its end. */
  const shift = (column: number, by: number): void => {
    standing.shift(column, by);
    if (!isAway[column]) away.push(column);
    isAway[column] = 1;
  };
  let useful = 0;
  let newsBefore = 0;
  const weigh = (): void => {
    if (walk.news > newsBefore) useful = walk.steps.length;
    newsBefore = walk.news;
  };
  let climb: Climber = () => false;

  const finder = boxFinder(fiber);
  const viaBox = (column: number, by: number, most: number, budget: number): boolean => {
    if (finder.find(column, by, most, value, budget) === 0) return false;
    repairs++;
    changedCount = 0;
    for (let corner = 0; corner < finder.box.count; corner++)
      move(finder.box.corners[corner] as number, finder.box.amounts[corner] as number);
    if (standing.brokenCount() === 0) return true;
    undo();
    return false;
  };

  const step = (column: number, by: number, most: number, { changes, partners }: Effort): boolean => {
    if (!viaBox(column, by, most, partners) && !repair(column, by, changes)) return false;
    mark();
    let times = 1;
    for (const more = 1 + moreTimes(most - 1); times < more; times++) {
      for (let at = 0; at < changedCount; at++) change(changed[at] as number, moved[changed[at] as number] as number);
      mark();
    }
    keep(times);
    return true;
  };

  const keep = (times: number): void => {
    const along = new Int32Array(2 * changedCount);
    for (let at = 0; at < changedCount; at++) {
      along[2 * at] = variable[changed[at] as number] as number;
      along[2 * at + 1] = moved[changed[at] as number] as number;
    }
    walk.steps.push({ along, times });
    weigh();
  };

  const home = (): void => {
    for (const column of away) {
      shift(column, (base[column] as number) - (value[column] as number));
      isAway[column] = 0;
    }
    away.length = 0;
    walk.steps.length = useful;
    if (useful > 0 && walk.steps[useful - 1]?.times !== 0)
      useful = walk.steps.push({ along: new Int32Array(0), times: 0 });
  };

  return {
    home,
    learn(moves) {
      climb = climber(fiber, walk, moves, value, shift);
    },
    climb(column, way, most, reach) {
      const found = climb(column, way, most, reach);
      weigh();
      return found;
    },
    jump(members, counts) {
      repairs++;
      changedCount = 0;
      for (const [at, column] of members.entries()) {
        const by = (counts[at] as number) - (value[column] as number);
        if (by !== 0) move(column, by);
      }
      if (standing.brokenCount() > 0 || !inRange()) {
        undo();
        return false;
      }
      mark();
      if (changedCount > 0) keep(1);
      return true;
    },
    inherit(steps, wanted, mending = 0) {
      let astray = !movesAny(steps, 0, fiber, wanted);
      for (const [nth, step] of steps.entries()) {
        const { along, times } = step;
        if (times === 0) {
          home();
          astray = !movesAny(steps, nth + 1, fiber, wanted);
        }
        if (astray) continue;
        if (standing.fits(along, times)) {
          again(step, walk, fiber, value, shift);
          weigh();
          continue;
        }
        if (mending === 0) {
          astray = true;
          continue;
        }
        repairs++;
        changedCount = 0;
        for (let at = 0; at < along.length; at += 2) {
          const column = fiber.column[along[at] as number] as number;
          if (column >= 0) move(column, along[at + 1] as number);
        }
        for (let nth = 0; standing.brokenCount() > 0 && nth < mending && mend(-1); nth++);
        if (standing.brokenCount() > 0 || moreTimes(times - 1) < times - 1 || !inRange()) {
          undo();
          astray = true;
          continue;
        }
        mark();
        for (let time = 1; time < times; time++) {
          for (let at = 0; at < changedCount; at++)
            change(changed[at] as number, moved[changed[at] as number] as number);
          mark();
        }
        keep(times);
      }
    },
    seek(column, wanted, effort) {
      const { tries } = effort;
      for (let failed = 0, made = 0; failed < tries && made < 4 * wanted + tries; ) {
        if (valuesSeen(walk, column) >= wanted) return true;
        let way = unseenWay(walk, fiber, column, value[column] as number, random() < 0.5);
        if (way === 0) return false;
        // After half the tries the other way, where there is room.
        if (failed > tries / 2 && (way > 0 ? value[column] !== low[column] : value[column] !== high[column]))
          way = -way;
        if (!step(column, Math.sign(way), Math.abs(way), effort)) failed++;
        else made++;
      }
      return valuesSeen(walk, column) >= wanted;
    },
    reach(column, wanted, effort) {
      const { tries } = effort;
      for (let failed = 0, made = 0; failed < tries && made < 40; ) {
        if ((walk.least[column] as number) <= wanted && (walk.most[column] as number) >= wanted) return true;
        const far = wanted - (value[column] as number);
        if (!step(column, Math.sign(far), Math.abs(far), effort)) failed++;
        else made++;
      }
      return (walk.least[column] as number) <= wanted && (walk.most[column] as number) >= wanted;
    },
  };
}
