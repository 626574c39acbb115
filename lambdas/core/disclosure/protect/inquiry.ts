/** What the attacker's program says of choices of bundles (docs/METHODS.md §3.6), and what was learned from it: ways, and demands on every choice. */
import type { Solver } from '../../domain/linear-program.ts';
import type { Answer, AttackerProgram, Demand } from './attacker-program.ts';
import { knownWays, type Way } from './known-ways.ts';
import type { Need } from './needs.ts';
import type { WayProgram } from './way-program.ts';

/** With so few bundles each demand is found afresh; with more, only those on bundles in parts. */
const fewBundles = 600;
const tiny = 1e-6;

export type Inquiry = {
  /** What withholding each bundle costs. */
  readonly costs: Float64Array;
  /** What is withheld by a choice: shares by bundle. */
  readonly withheld: (share: (bundle: number) => number) => Float64Array;
  /** Of a need by its number, if that is withheld. Undefined where the solver does not know, or nothing can help. */
  readonly ask: (need: number, withheld: Float64Array, afresh?: boolean) => Answer | undefined;
  /** The way that costs least to meet a need, whatever has to be withheld for it. */
  readonly cheapest: (need: number, costs: Float64Array) => Way | undefined;
  /** The needs that something can and must be withheld for, the farthest first. */
  readonly lacking: () => number[];
  /** Tells the master program; answers whether it is new to it. */
  readonly demand: (demand: Demand) => boolean;
  readonly demands: () => number;
  /** How many questions the attacker's program was asked. */
  readonly asked: () => number;
  /** The bundles of a way that are not withheld anyway. */
  readonly uses: (way: Way) => number[];
  readonly costOf: (taken: Iterable<number>) => number;
};

export function inquiryOf(
  needs: readonly Need[],
  { costs, isHidden }: { readonly costs: Float64Array; readonly isHidden: (bundle: number) => boolean },
  attacker: AttackerProgram,
  ways: WayProgram,
  cover: ReturnType<Solver['cover']>,
): Inquiry {
  const knows = knownWays(needs);
  const told = new Set<string>();
  let asked = 0;
  const inquiry: Inquiry = {
    costs,
    withheld: (share) => Float64Array.from(costs, (_, at) => (isHidden(at) ? 1 : share(at))),
    ask(need, withheld, afresh = costs.length <= fewBundles) {
      const known = knows.fitting(need, withheld);
      if (known) return { way: known };
      asked++;
      const answer = attacker.ask(needs[need] as Need, withheld, afresh);
      if (answer?.way) knows.learn(need, answer.way);
      const most = answer?.demand?.reduce((sum, [, share]) => sum + share, 0) ?? 1;
      return most < 1 - tiny ? undefined : answer;
    },
    cheapest(need, prices) {
      const way = ways.cheapest(needs[need] as Need, prices);
      if (way) knows.learn(need, way);
      return way;
    },
    lacking() {
      const nothing = inquiry.withheld(() => 0);
      const amount = (need: number): number => needs[need]?.amount ?? 0;
      return [...needs.keys()]
        .filter((need) => inquiry.ask(need, nothing)?.demand)
        .sort((one, other) => amount(other) - amount(one));
    },
    demand(demand) {
      const name = demand.map(([bundle, share]) => `${bundle}:${share.toFixed(4)}`).join();
      if (told.has(name)) return false;
      told.add(name);
      cover.demand(demand);
      return true;
    },
    demands: () => told.size,
    asked: () => asked,
    uses: ({ at }) => Array.from(at).filter((bundle) => !isHidden(bundle)),
    costOf(taken) {
      let sum = 0;
      for (const bundle of taken) sum += costs[bundle] as number;
      return sum;
    },
  };
  return inquiry;
}
