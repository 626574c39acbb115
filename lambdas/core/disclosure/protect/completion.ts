/** A choice that still lacks something is completed, and what turns out to be needless is shown again (docs/METHODS.md §3.6). */
import type { Inquiry } from './inquiry.ts';
import type { Way } from './known-ways.ts';
import { showNeedless } from './needless.ts';

/** A choice of bundles that meets every need, with the ways that show it, by need. */
export type Pattern = {
  readonly taken: ReadonlySet<number>;
  readonly cost: number;
  readonly ways: ReadonlyMap<number, Way>;
};

/** How a choice is completed: by what all needs that lack something ask for together, or by the ways of one after the other. */
export type Completing = 'by demands' | 'by ways';

/** Rounds of demands; what still lacks something after them gets its way. */
const mostRounds = 12;
const tiny = 1e-9;

/** Takes more than `of` until these needs are met; then shows the needless, the dearest first, with so many questions at most. */
export function completed(
  of: ReadonlySet<number>,
  needs: readonly number[],
  completing: Completing,
  inquiry: Inquiry,
  mostQuestions: number,
): Pattern {
  const { costs } = inquiry;
  const taken = new Set(of);
  const now = inquiry.withheld((at) => (taken.has(at) ? 1 : 0));
  const take = (bundle: number): void => {
    taken.add(bundle);
    now[bundle] = 1;
  };
  const ways = new Map<number, Way>();
  if (completing === 'by demands')
    for (let round = 0; round < mostRounds; round++) {
      const more = contenting(demandsOn(now, needs, inquiry), now, costs);
      if (more.length === 0) break;
      for (const bundle of more) take(bundle);
    }
  const prices = costs.map((cost, at) => (taken.has(at) ? 0 : cost));
  for (const need of needs) {
    const answer = inquiry.ask(need, now, true);
    if (answer?.demand) inquiry.demand(answer.demand);
    const way = answer?.way ?? (answer && inquiry.cheapest(need, prices));
    if (!way) continue;
    ways.set(need, way);
    for (const bundle of inquiry.uses(way)) {
      take(bundle);
      prices[bundle] = 0;
    }
  }
  const last = inquiry.asked() + mostQuestions;
  const dearestFirst = [...taken].sort((one, other) => (costs[other] as number) - (costs[one] as number));
  const needless = showNeedless(dearestFirst, {
    proofs: ways,
    cellsOf: inquiry.uses,
    show: (bundle) => {
      now[bundle] = 0;
    },
    hide: (bundle) => {
      now[bundle] = 1;
    },
    anew(need) {
      if (inquiry.asked() >= last) return undefined;
      const answer = inquiry.ask(need, now);
      if (answer?.demand) inquiry.demand(answer.demand);
      return answer?.way;
    },
  });
  for (const bundle of needless) taken.delete(bundle);
  return { taken, cost: inquiry.costOf(taken), ways };
}

/** What a need still asks for: shares of bundles that are not taken, and how much of them. */
type Asked = { readonly shares: readonly (readonly [bundle: number, share: number])[]; lacks: number };

function demandsOn(now: Float64Array, needs: readonly number[], inquiry: Inquiry): Asked[] {
  return needs.flatMap((need) => {
    const demand = inquiry.ask(need, now, true)?.demand;
    if (!demand) return [];
    inquiry.demand(demand);
    const lacks = 1 - demand.reduce((sum, [at, share]) => sum + share * (now[at] as number), 0);
    return { shares: demand.filter(([at]) => now[at] === 0), lacks };
  });
}

/** What contents these, always next what brings most of all that is lacking for its cost. */
function contenting(asked: readonly Asked[], now: Float64Array, costs: Float64Array): number[] {
  const taken = new Set<number>();
  const gain = new Float64Array(now.length);
  for (;;) {
    gain.fill(0);
    for (const { shares, lacks } of asked)
      if (lacks > tiny)
        for (const [at, share] of shares) if (!taken.has(at)) gain[at] = (gain[at] as number) + Math.min(share, lacks);
    let next = -1;
    let most = 0;
    for (const [at, by] of gain.entries()) {
      const worth = by === 0 ? 0 : by / (costs[at] as number);
      if (worth > most) [next, most] = [at, worth];
    }
    if (next < 0) return [...taken];
    taken.add(next);
    for (const one of asked) one.lacks -= one.shares.find(([at]) => at === next)?.[1] ?? 0;
  }
}
