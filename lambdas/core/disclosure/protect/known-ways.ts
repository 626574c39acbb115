/** Ways that the attacker's program found, to be asked before it: one that moves several bundles gives room to each of them, and stays a way as long as its cells are withheld. */
import type { Need } from './needs.ts';

/** Bundles that move, and by how much, in whole or in part. */
export type Way = { readonly at: Int32Array; readonly by: Float64Array };

const tiny = 1e-6;
const wholeEnough = 1e-4;

/** So many are kept for each need, the latest first. */
const mostKept = 24;
/** A way that moves more bundles than these is no way for less than all that it does. */
const mostScaled = 200;

const isNearWhole = (one: number): boolean => Math.abs(one - Math.round(one)) < wholeEnough;
export const isWhole = ({ by }: Way): boolean => by.every(isNearWhole);

export function wayOf(moves: Float64Array): Way {
  const at = Int32Array.from([...moves.keys()].filter((bundle) => Math.abs(moves[bundle] as number) > tiny));
  return { at, by: Float64Array.from(at, (bundle) => moves[bundle] as number) };
}

const reachOf = ({ reach }: Need, bundle: number, by: number): number =>
  (by > 0 ? reach.up : reach.down)[bundle] as number;

/** The way made so many times, if that is one of whole numbers within reach. */
function scaled({ at, by }: Way, times: number, need: Need): Way | undefined {
  for (const [nth, bundle] of at.entries()) {
    const moved = (by[nth] as number) * times;
    if (Math.abs(moved) > reachOf(need, bundle, moved) + tiny || !isNearWhole(moved)) return undefined;
  }
  return { at, by: by.map((one) => one * times) };
}

export function knownWays(needs: readonly Need[]) {
  const kept: Way[][] = needs.map(() => []);
  const needsOf = new Map<number, number[]>();
  for (const [nth, { bundle }] of needs.entries()) needsOf.set(bundle, [...(needsOf.get(bundle) ?? []), nth]);
  const keep = (need: number, way: Way): void => {
    kept[need] = [way, ...(kept[need] ?? [])].slice(0, mostKept);
  };
  return {
    /** The way that was found for one need, and what it is worth to others. */
    learn(found: number, way: Way): void {
      keep(found, way);
      if (way.at.length > mostScaled) return;
      for (const [nth, at] of way.at.entries())
        for (const other of needsOf.get(at) ?? []) {
          if (other === found) continue;
          const need = needs[other] as Need;
          const alike = scaled(way, (need.way * need.amount) / (way.by[nth] as number), need);
          if (alike) keep(other, alike);
        }
    },
    /** A way that needs no more than what is withheld, or a share of it. */
    fitting(of: number, withheld: Float64Array): Way | undefined {
      const need = needs[of] as Need;
      return kept[of]?.find(({ at, by }) =>
        at.every((bundle, nth) => {
          const share = withheld[bundle] as number;
          if (share === 1) return true;
          const move = by[nth] as number;
          return share > 0 && Math.abs(move) <= share * Math.min(need.amount, reachOf(need, bundle, move)) + tiny;
        }),
      );
    },
  };
}
