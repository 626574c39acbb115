/** Linear programs against what the walk left open: they prove that a count cannot be safe, or find another table (docs/METHODS.md §3.5). */
import type { Solver } from '../../domain/linear-program.ts';
import { drawn, programOf, rowsAround, rowsWith, wholePoint } from './linear-bounds.ts';
import type { Ground, Sought } from './open-counts.ts';

/** `bounds` are completed with what is proven, and `proof` with how. */
type Prover = Ground & { readonly solver: Solver; readonly proof: number[][] };

/** Larger parts are left to the walk: one program over them takes too long. */
const mostColumns = 3000;
/** So many columns around a count are enough for most proofs. */
const nearColumns = 250;

/** Whether a tighter bound on this side could still disclose a count, after what has been seen of it. */
function isProvable({ walk, bounds, threshold }: Prover, { index, column, demand }: Sought, way: 1 | -1): boolean {
  const [least, most] = [walk.least[column] as number, walk.most[column] as number];
  const [low, high] = [bounds.low[index] as number, bounds.high[index] as number];
  if (way === 1 ? most === high : least === low) return false;
  // From above first: from below only where that left few enough values.
  if ((way === 1 ? most : high) - least + 1 < demand.values || least > demand.least || most < demand.most) return true;
  return demand.safeEnd && least >= 1 && (way === 1 ? high >= threshold && most < threshold : high < threshold);
}

type Around = ReturnType<typeof programOf>;

function prove(
  prover: Prover,
  { equations, place }: Around,
  at: Sought,
  opened: ReturnType<Solver['open']>,
  way: 1 | -1,
) {
  const { rows, bounds, proof } = prover;
  const optimum = opened.extreme(place.get(at.column) ?? 0, way);
  if (!optimum) return undefined;
  const side = way === 1 ? 1 : 0;
  const found = drawn(optimum.multipliers, equations, at.index, side, rows, bounds);
  const held = side === 1 ? bounds.high : bounds.low;
  const before = held[at.index] as number;
  if (found && (side === 1 ? found.bound < before : found.bound > before)) {
    held[at.index] = found.bound;
    proof.push([at.index, side, ...found.combination]);
  }
  return optimum.point;
}

/** By the rows around the count alone: what follows from them follows from all. */
export function proveNearby(prover: Prover, at: Sought): void {
  if (!isProvable(prover, at, 1) && !isProvable(prover, at, -1)) return;
  const around = programOf(prover.fiber, rowsAround(prover.fiber, at.column, nearColumns));
  if (!around.place.has(at.column)) return;
  const opened = prover.solver.open({ ...around.program, point: new Float64Array(0) });
  for (const way of [1, -1] as const) if (isProvable(prover, at, way)) prove(prover, around, at, opened, way);
  opened.close();
}

/** By all rows of a connected part. `pursue` is told of points of whole numbers. */
export function proveInPart(
  prover: Prover,
  inPart: readonly number[],
  asked: readonly Sought[],
  pursue: (at: Sought, columns: readonly number[], point: Float64Array) => void,
): void {
  if (asked.length === 0 || inPart.length > mostColumns) return;
  const around = programOf(prover.fiber, rowsWith(prover.fiber, inPart));
  const opened = prover.solver.open(around.program);
  for (const at of asked)
    for (const way of [1, -1] as const) {
      if (!around.place.has(at.column) || !isProvable(prover, at, way)) continue;
      const point = prove(prover, around, at, opened, way);
      const whole = point && wholePoint(point);
      if (whole) pursue(at, around.members, whole);
    }
  opened.close();
}
