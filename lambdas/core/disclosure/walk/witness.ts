/**
 * Integer witnesses: other tables of counts that agree with everything published (docs/METHODS.md §3.5). A walk starts at the true table; each step changes one count and
 * repairs the rest until every row holds again, in integers and within every range. Every table on the way proves its values possible, for all cells at once.
 */
import { changeOf } from './change.ts';
import { type Climber, climber } from './climb.ts';
import type { Fiber } from './fiber.ts';
import { rowKeeper, type Vector } from './lattice.ts';
import type { Moves } from './moves.ts';
import { noiseFrom } from './noise.ts';
import { standingAtBase } from './standing.ts';
import { type Stroller, stroller } from './stroll.ts';
import { again, home as homeward, movesAny, type Step, stepMaker, unseenWay, valuesSeen, type Walk } from './walk.ts';

/** How deep to look: failures allowed per cell, and changes per repair. */
export type Effort = { readonly tries: number; readonly changes: number };

export type Walker = {
  /** Goes back to the true table, and forgets the steps that showed nothing new. */
  readonly home: () => void;
  /** From then on `stroll` and `climb` know these moves. */
  readonly learn: (moves: Moves) => void;
  /** Walks on from the true table by chance, for all these columns at once; answers those still open. */
  readonly stroll: Stroller;
  /** Makes a step of a column by kernel moves; false when none was found. */
  readonly climb: Climber;
  /** Goes to another table of whole numbers, given by some columns; false, and nothing changed, when it does not fit. */
  readonly jump: (columns: readonly number[], counts: Float64Array) => boolean;
  /**
   * Makes the steps of a walk under narrower bounds; at one that does not fit it goes on where that walk came home next. `mending` changes may make one fit. A way from
   * home to home that no `wanted` column is moved on is left out.
   */
  readonly inherit: (steps: readonly Step[], wanted: (column: number) => boolean, mending?: number) => void;
  /** The moves among the steps of such walks. */
  readonly movesFollowed: () => readonly Vector[];
  /** Shows up to `wanted` values of a column as far as the effort reaches; answers whether they are shown. */
  readonly seek: (column: number, wanted: number, effort: Effort) => boolean;
  /** Walks a column towards a value; answers whether it or one beyond it was shown. */
  readonly reach: (column: number, value: number, effort: Effort) => boolean;
};

/** Deterministic: the same fiber and the same calls make the same walk. */
export function walker(fiber: Fiber, walk: Walk): Walker {
  const { low, high, base } = fiber;
  const standing = standingAtBase(fiber, walk);
  const { value } = standing;
  const random = noiseFrom(0x9e3779b9);
  // Columns that may stand elsewhere than in the true table.
  const away: number[] = [];
  const isAway = new Uint8Array(fiber.columns);
  const leave = (column: number): void => {
    if (!isAway[column]) away.push(column);
    isAway[column] = 1;
  };
  const change = changeOf(fiber, walk, standing, random, leave);
  /** Part of a change that keeps every row within its range at its end. */
  const shift = (column: number, by: number): void => {
    standing.shift(column, by);
    leave(column);
  };
  let useful = 0;
  let newsBefore = 0;
  const keep = (step: Step): void => {
    walk.steps.push(step);
    weigh();
  };
  const weigh = (): void => {
    if (walk.news > newsBefore) useful = walk.steps.length;
    newsBefore = walk.news;
  };
  /** Marks the step just made, makes it again up to `most` times in all, and keeps it. */
  const keepChange = (most: number): void => {
    change.mark();
    let times = 1;
    for (const more = 1 + change.again(most - 1); times < more; times++) {
      change.repeat();
      change.mark();
    }
    keep({ along: change.along(), times });
  };
  const home = (): void => {
    for (const column of away) {
      standing.shift(column, (base[column] as number) - (value[column] as number));
      isAway[column] = 0;
    }
    away.length = 0;
    walk.steps.length = useful;
    if (useful > 0 && walk.steps[useful - 1]?.times !== 0) useful = walk.steps.push(homeward);
  };

  let climb: Climber = () => false;
  let stroll: Stroller = (columns) => [...columns];
  const step = (column: number, by: number, most: number, { changes }: Effort): boolean => {
    if (!change.repair(column, by, changes)) return false;
    keepChange(most);
    return true;
  };
  const said = movesSaid(fiber);
  /** Makes a step again that may have to be mended first. */
  const retrace = ({ along, times }: Step, mending: number): boolean => {
    change.begin();
    for (let at = 0; at < along.length; at += 2) {
      const column = fiber.column[along[at] as number] as number;
      if (column >= 0) change.move(column, along[at + 1] as number);
    }
    for (let nth = 0; standing.brokenCount() > 0 && nth < mending && change.mend(-1); nth++);
    const fits = standing.brokenCount() === 0 && change.again(times - 1) >= times - 1;
    if (!fits || !change.isInRange()) {
      change.undo();
      return false;
    }
    keepChange(times);
    return true;
  };

  return {
    home,
    movesFollowed: () => said.moves,
    learn(moves) {
      const ground = { fiber, walk, moves, value, shift, stepOf: stepMaker(fiber, moves) };
      climb = climber(ground);
      stroll = stroller(ground);
    },
    stroll(columns, meets, work) {
      home();
      const open = stroll(columns, meets, work);
      weigh();
      home();
      return open;
    },
    climb(column, way, most, reach) {
      const found = climb(column, way, most, reach);
      weigh();
      return found;
    },
    jump(members, counts) {
      change.begin();
      for (const [at, column] of members.entries()) {
        const by = (counts[at] as number) - (value[column] as number);
        if (by !== 0) change.move(column, by);
      }
      if (standing.brokenCount() > 0 || !change.isInRange()) {
        change.undo();
        return false;
      }
      const along = change.along();
      change.mark();
      if (along.length > 0) keep({ along, times: 1 });
      return true;
    },
    inherit(steps, wanted, mending = 0) {
      let astray = !movesAny(steps, 0, fiber, wanted);
      for (const [nth, step] of steps.entries()) {
        if (step.times === 0) {
          home();
          astray = !movesAny(steps, nth + 1, fiber, wanted);
        } else if (astray) continue;
        else if (standing.fits(step.along, step.times)) {
          again(step, walk, fiber, value, shift);
          said.note(step.along);
          weigh();
        } else astray = mending === 0 || !retrace(step, mending);
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

/** The moves among steps of older walks, each looked up once. */
function movesSaid(fiber: Fiber) {
  const keepsRows = rowKeeper(fiber);
  const noted = new Set<Int32Array>();
  const moves: Vector[] = [];
  return {
    moves,
    note(along: Int32Array): void {
      if (noted.has(along)) return;
      noted.add(along);
      const at = new Int32Array(along.length / 2);
      const by = new Int8Array(along.length / 2);
      for (let nth = 0; nth < at.length; nth++) {
        at[nth] = fiber.column[along[2 * nth] as number] as number;
        by[nth] = along[2 * nth + 1] as number;
        // An amount that a move has no room for is no move's.
        if (by[nth] !== along[2 * nth + 1]) return;
      }
      if (keepsRows(at, by)) moves.push({ at, by });
    },
  };
}
