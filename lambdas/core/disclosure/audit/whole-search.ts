/**
 * Tables of whole numbers for counts that walks left open, from a solver: each answer is a point that the walk checks before it believes it (docs/METHODS.md §3.5).
 */
import type { Solver } from '../../domain/linear-program.ts';
import { valueSeen } from '../walk/walk.ts';
import { programOf, rowsWith, wholePoint } from './linear-bounds.ts';
import type { Ground, Sought } from './open-counts.ts';

/** A count that is not settled. */
type Open = Pick<Sought, 'column' | 'demand'>;

/** Larger parts are left to the walk. */
const mostColumns = 6000;

/** Questions without an answer, for one count. */
const mostInVain = 4;

type Seeker = Pick<Ground, 'fiber' | 'walk' | 'threshold'> & {
  readonly solver: Solver;
  /** So many questions may still be asked, and so many of them in vain. */
  readonly patience: { questions: number; inVain: number };
};

/** Ranges that a value is still to be shown in: a safe end first, then the values nearest to the true count. */
function missing({ fiber, walk, threshold }: Seeker, { column, demand }: Open): (readonly [number, number])[] {
  const [low, high] = [fiber.low[column] as number, fiber.high[column] as number];
  const base = fiber.base[column] as number;
  const ranges: (readonly [number, number])[] = [];
  const [least, most] = [walk.least[column] as number, walk.most[column] as number];
  if (demand.safeEnd && least > 0 && most < threshold) ranges.push([low, 0], [threshold, high]);
  if (least > demand.least) ranges.push([low, demand.least]);
  if (most < demand.most) ranges.push([demand.most, high]);
  for (let far = 1; far <= demand.values + 1; far++)
    for (const value of [base - far, base + far])
      if (!valueSeen(walk, fiber, column, value)) ranges.push([value, value]);
  return ranges.filter(([from, to]) => from <= to && from <= high && to >= low);
}

/** Asks for tables in which these counts of one part have the values that are missing; `pursue` is told of each and answers whether the count is settled by it. Without `branching` only where the nearest table is one of whole numbers by itself. */
export function seekWhole(
  seeker: Seeker,
  inPart: readonly number[],
  asked: readonly Open[],
  branching: boolean,
  pursue: (at: Open, columns: readonly number[], point: Float64Array) => boolean,
): void {
  const { fiber, solver, patience } = seeker;
  if (asked.length === 0 || inPart.length > mostColumns) return;
  const { program, members, place } = programOf(fiber, rowsWith(fiber, inPart));
  const opened = solver.open(program);
  for (const at of asked) {
    let inVain = 0;
    for (const [least, most] of missing(seeker, at)) {
      if (inVain >= mostInVain || patience.inVain <= 0 || patience.questions-- <= 0) break;
      const point = opened.near(place.get(at.column) ?? 0, least, most, branching);
      const whole = point && wholePoint(point);
      if (whole && pursue(at, members, whole)) break;
      if (whole) continue;
      inVain++;
      patience.inVain--;
    }
  }
  opened.close();
}
