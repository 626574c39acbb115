/**
 * Programs of whole numbers for counts that walks and linear programs left open: each answer is another table of counts, which the walk checks before it believes it
 * (docs/METHODS.md §3.5). A block around the count is asked first, with all beyond it as it is in the true table; then the whole connected part.
 */
import type { LinearProgram, Solver } from '../../domain/linear-program.ts';
import type { Fiber } from '../walk/fiber.ts';
import { valueSeen, type Walk } from '../walk/walk.ts';
import type { Demand } from './demand.ts';
import { columnsAround, programOf, rowsWith, wholePoint } from './linear-bounds.ts';

/** A count that is not settled. */
type Open = { readonly column: number; readonly demand: Demand };

/** Blocks of so many columns around a count; larger parts than the most are not asked as a whole. */
const blocks = [250, 1000];
const mostColumns = 6000;

/** Programs without an answer, for one count. */
const mostInVain = 4;

type Seeker = {
  readonly fiber: Fiber;
  readonly walk: Walk;
  readonly threshold: number;
  readonly solver: Solver;
  /** So many programs may still be asked in vain. */
  readonly patience: { left: number };
};

/** Ranges that the walk must show a value in, the one that is missing most first: a safe end, then the values nearest to the true count. */
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

/** The rows of these columns as a program in which nothing else moves. */
function blockOf(fiber: Fiber, columns: readonly number[]) {
  const around = programOf(fiber, rowsWith(fiber, columns));
  const inside = new Set(columns);
  const held = (bounds: Float64Array): Float64Array =>
    Float64Array.from(around.members, (column, at) => (inside.has(column) ? bounds[at] : fiber.base[column]) as number);
  const { program } = around;
  const block: LinearProgram = { ...program, low: held(program.low), high: held(program.high) };
  return { ...around, program: block };
}

/** Asks for tables with the values that are missing; `pursue` is told of each and answers whether the count is settled by it. */
export function seekWhole(
  seeker: Seeker,
  at: Open,
  inPart: readonly number[],
  pursue: (columns: readonly number[], point: Float64Array) => boolean,
): void {
  const { fiber, solver, patience } = seeker;
  let inVain = 0;
  const sizes = [
    ...blocks.filter((size) => size < inPart.length),
    ...(inPart.length <= mostColumns ? [inPart.length] : []),
  ];
  for (const size of sizes) {
    const { program, members, place } = blockOf(
      fiber,
      size === inPart.length ? inPart : columnsAround(fiber, at.column, size),
    );
    const opened = solver.open(program);
    let settled = false;
    for (const [least, most] of missing(seeker, at)) {
      if (settled || inVain >= mostInVain || patience.left <= 0) break;
      const point = opened.whole(place.get(at.column) ?? 0, least, most);
      const whole = point && wholePoint(point);
      settled = whole !== undefined && pursue(members, whole);
      if (whole) continue;
      inVain++;
      patience.left--;
    }
    opened.close();
    if (settled) return;
  }
}
