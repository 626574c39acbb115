/**
 * How far a withheld cell can move if these cells are withheld, and what would have to be withheld beside them for it to move as far as it must (docs/METHODS.md §3.6): the
 * attacker's linear program, kept open between questions. Its multipliers prove each answer that is no way, so what they demand holds for every choice of cells.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { independentRows } from '../system/independent-rows.ts';
import { noiseFrom } from '../walk/noise.ts';
import { BalancedRows } from './balanced-rows.ts';
import { isWhole, type Way, wayOf } from './known-ways.ts';
import type { Need } from './needs.ts';
import type { TiedCells } from './tied-cells.ts';

/** Shares of bundles, at least one in all of which every choice must take. */
export type Demand = readonly (readonly [bundle: number, share: number])[];

/** A way. Or what every choice of bundles must satisfy. */
export type Answer =
  | { readonly way: Way; readonly demand?: undefined }
  | { readonly demand: Demand; readonly way?: undefined };

export type AttackerProgram = {
  /** `withheld`: 1 by bundle where it is, 0 where it is not, or a share of it. A demand found afresh asks for fewer bundles. Undefined when the solver does not know. */
  readonly ask: (need: Need, withheld: Float64Array, afresh: boolean) => Answer | undefined;
  /** Ways of whole numbers that each meet many of these needs at once, all of one attacker's, and the needs that are left. */
  readonly together: (
    needs: readonly Need[],
    withheld: Float64Array,
  ) => { readonly ways: readonly Way[]; readonly left: readonly Need[] };
  readonly close: () => void;
};

/**
 * No bundle moves farther than so many times what the need is: first narrowly, because then shares of bundles say most; where the multipliers of that prove
 * nothing of the wider program, the wider one is asked.
 */
const widths = [1, 8, 100_000];
const manyBundles = 1500;
const tiny = 1e-7;
const enough = 1 - 1e-6;

/** Ways that meet fewer of the needs that are left than this share of them are not worth their time. */
const fewestMet = 0.03;

/** Whether the way moves a bundle as it is needed. */
const meets = ({ bundle, way, amount }: Need, moved: Float64Array): boolean =>
  way * (moved[bundle] as number) >= amount * enough;

export function attackerProgram(
  { bundles, rows }: TiedCells,
  isHidden: (bundle: number) => boolean,
  solver: Solver,
): AttackerProgram {
  const size = bundles.length;
  const held = new BalancedRows();
  // Multipliers say more where rows that follow from others are there to be taken; where there are many, they take too long.
  for (const row of size > manyBundles ? independentRows(rows, (row) => row) : rows) {
    for (const [bundle, coefficient] of row) held.add(bundle, coefficient);
    held.end();
  }
  const program = held.program(new Float64Array(size), new Float64Array(size));
  const opened = solver.open(program);
  const { low, high, start, index, value } = program;

  const askWithin = (
    { bundle: target, way, amount, reach: { up, down } }: Need,
    withheld: Float64Array,
    width: number,
    afresh: boolean,
  ): Answer | undefined => {
    for (let at = 0; at < size; at++) {
      const share = withheld[at] as number;
      low[at] = share === 0 ? 0 : -Math.min(width, (down[at] as number) / amount) * share;
      high[at] = share === 0 ? 0 : Math.min(width, (up[at] as number) / amount) * share;
    }
    low[target] = way > 0 ? 0 : -1;
    high[target] = way > 0 ? 1 : 0;
    opened.within(low, high, afresh);
    const optimum = opened.extreme(target, way);
    if (!optimum) return undefined;
    if (way * (optimum.point[target] as number) >= enough)
      return { way: wayOf(optimum.point.map((share) => share * amount)) };
    // way × target = Σ factor × bundle, whatever the multipliers are: each bundle adds at most what it can move that way.
    const factor = new Float64Array(size);
    for (const [row, multiplier] of optimum.multipliers.entries()) {
      if (Math.abs(multiplier) < tiny) continue;
      for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
        const at = index[entry] as number;
        factor[at] = (factor[at] as number) + multiplier * (value[entry] as number);
      }
    }
    let lacking = 1;
    const shares: [number, number][] = [];
    for (const [at, times] of factor.entries()) {
      if (at === target || Math.abs(times) < tiny) continue;
      const most = (times > 0 ? times * (up[at] as number) : -times * (down[at] as number)) / amount;
      if (isHidden(at)) lacking -= most;
      else if (most > tiny) shares.push([at, most]);
    }
    if (lacking < tiny) return undefined;
    const demand = shares.map(([at, most]) => [at, Math.min(1, most / lacking)] as const);
    const met = demand.reduce((sum, [at, share]) => sum + share * (withheld[at] as number), 0);
    return met < enough ? { demand } : undefined;
  };

  /** Moves each bundle as it is needed, as far as all of them can be moved at once, and no farther: then others move too. */
  const together = (needs: readonly Need[], withheld: Float64Array, chance: () => number): Float64Array | undefined => {
    const { up, down } = (needs[0] as Need).reach;
    for (let at = 0; at < size; at++) {
      low[at] = withheld[at] === 1 ? -(down[at] as number) : 0;
      high[at] = withheld[at] === 1 ? (up[at] as number) : 0;
    }
    const weights = new Float64Array(size);
    // Where one must move both ways, one way is drawn.
    for (const { bundle, way, amount } of needs)
      if (weights[bundle] === 0 || chance() < 0.5) weights[bundle] = way / amount;
    for (const { bundle, way, amount } of needs) {
      if (way > 0 && (weights[bundle] as number) > 0) high[bundle] = Math.min(high[bundle] as number, amount);
      if (way < 0 && (weights[bundle] as number) < 0) low[bundle] = Math.max(low[bundle] as number, -amount);
    }
    opened.within(low, high, false);
    return opened.greatest(weights);
  };

  return {
    ask(need, withheld, afresh) {
      // So far one of its cells cannot go, whatever is withheld.
      if (((need.way > 0 ? need.reach.up : need.reach.down)[need.bundle] as number) < need.amount * enough)
        return undefined;
      for (const width of widths) {
        const answer = askWithin(need, withheld, width, afresh);
        if (answer) return answer;
      }
      return undefined;
    },
    together(needs, withheld) {
      const ways: Way[] = [];
      const chance = noiseFrom(0x2545f491);
      let left = needs;
      while (left.length > 0) {
        const moved = together(left, withheld, chance);
        const way = moved && wayOf(moved);
        if (!way || !isWhole(way)) break;
        const open = left.filter((need) => !meets(need, moved));
        if (left.length - open.length < Math.max(1, left.length * fewestMet)) break;
        ways.push(way);
        left = open;
      }
      return { ways, left };
    },
    close: opened.close,
  };
}
