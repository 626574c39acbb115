/** Shows values by chance and upwards along moves that the equations cannot see (docs/METHODS.md §3.5). */
import type { Reach } from '../walk/climb.ts';
import type { Moves } from '../walk/moves.ts';
import type { Depth, MoveBook } from '../walk/short-moves.ts';
import type { Walker } from '../walk/witness.ts';
import type { OpenCounts, Sought } from './open-counts.ts';

/** Each pass looks deeper at fewer cells. */
const climbs: readonly Reach[] = [
  { depth: 0, hindrances: 0, entries: 20_000 },
  { depth: 1, hindrances: 4, entries: 20_000 },
  { depth: 2, hindrances: 8, entries: 100_000 },
  { depth: 3, hindrances: 16, entries: 400_000 },
];
/** The moves to climb by, those that cost nothing first, and how deep to look with them. */
const stages: readonly (readonly [Depth, readonly Reach[]])[] = [
  ['known', climbs.slice(0, 2)],
  ['cycles', climbs.slice(0, 3)],
  ['parts', climbs.slice(0, 3)],
  ['layers', climbs],
];
const deeper = climbs[2] as Reach;
const mostSteps = 24;

type Climbing = {
  readonly book: MoveBook;
  /** Entries of equations that may be looked at. */
  readonly work: number;
  /** Whether programs come after it: a few counts are then left to them rather than to moves that are costly to find. */
  readonly isFollowed: boolean;
};

export function climbByMoves(counts: OpenCounts, walking: Walker, { book, work, isFollowed }: Climbing): void {
  const { fiber, walk } = counts.ground;
  /** Climbs from the true table, towards zero first where that is a safe end; answers whether something is still missing. */
  const isMissedBy =
    (reach: Reach) =>
    (at: Sought): boolean => {
      if (!counts.isOpen(at)) return false;
      for (const way of [-1, 1] as const) {
        walking.home();
        for (let nth = 0; nth < mostSteps; nth++) {
          if (walk.spent > work) return true;
          if (!counts.isOpen(at)) return false;
          if (!walking.climb(at.column, way, 8, reach)) break;
        }
      }
      return counts.isOpen(at);
    };
  counts.keep(counts.isOpen);
  if (counts.list.length > 0) book.add(fiber, walking.movesFollowed());
  let learned: Moves | undefined;
  for (const [depth, reaches] of stages) {
    const isLeft = isFollowed && counts.areFew();
    if (counts.list.length === 0 || (depth === 'layers' && isLeft)) break;
    const columns = counts.list.map(({ column }) => column);
    const asked = new Uint8Array(fiber.columns);
    for (const column of columns) asked[column] = 1;
    const { moves, spent } = book.open(
      fiber,
      asked,
      depth === 'parts' && isLeft ? 'flat parts' : depth,
      (work - walk.spent) / 2,
    );
    walk.spent += spent;
    if (moves.count === 0) continue;
    if (moves !== learned) {
      walking.learn(moves);
      walking.stroll(columns, (column) => !counts.isWanted(column), work);
    }
    learned = moves;
    for (const reach of reaches) counts.keep(isMissedBy(reach));
    // A few climb deeper by the moves at hand before programs are asked.
    if (depth === 'known' && counts.areFew()) counts.keep(isMissedBy(deeper));
  }
  walking.home();
}
