/**
 * The choice of bundles that meets all needs for the least cost that is found (docs/METHODS.md §3.6). A master program that chooses the cheapest bundles knows at first no attacker; whatever
 * a need still lacks by its choice comes back as a demand on it, until nothing lacks anything or the questions are used up. Then what it has is completed.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { noiseFrom } from '../walk/noise.ts';
import { type Completing, completed, type Pattern } from './completion.ts';
import type { Inquiry } from './inquiry.ts';

/** Rounds with bundles in parts and with whole ones, at most; where so many rounds in parts together bring less than this share more, they end. */
const roundsInParts = 12;
const wholeRounds = 8;
const patience = 3;
const worthwhile = 0.01;
/** Questions to the attacker's program, times its columns: so many to choose, and so many to show again what is needless. */
const mostQuestions = 8_000_000;
/** Steps of a dive, and how much of a bundle must be taken for it to be taken whole. */
const mostSteps = 20;
const mostPart = 0.6;
/** With more demands than these whole bundles take too long. */
const mostDemands = 1000;
/** How much of the best choice is dropped to be completed anew, now less and now more, how often, and how often at most without anything won. */
const dropped = [0.3, 0.5] as const;
const mostRedone = 24;
const mostInVain = 6;
const moved = 1e-6;
const tiny = 1e-9;

type Search = {
  readonly cover: ReturnType<Solver['cover']>;
  readonly inquiry: Inquiry;
  /** The needs that are not met by what is withheld already and can be met, the farthest first. */
  readonly open: readonly number[];
  readonly isOver: () => boolean;
};

export function cheapestPattern(cover: Search['cover'], inquiry: Inquiry): Pattern {
  const most = mostQuestions / inquiry.costs.length;
  const search = { cover, inquiry, open: inquiry.lacking(), isOver: () => inquiry.asked() >= most };
  const complete = (taken: ReadonlySet<number>, completing: Completing): Pattern =>
    completed(taken, search.open, completing, inquiry, most);
  let best = complete(dived(search, inParts(search)), 'by ways');
  for (let round = 0; round < wholeRounds && !search.isOver() && inquiry.demands() < mostDemands; round++) {
    const chosen = search.open.length > 0 ? cover.whole() : undefined;
    if (!chosen) break;
    const taken = new Set([...chosen.taken.keys()].filter((at) => chosen.taken[at] === 1));
    // Neither way of completing is the better one of all tables.
    const pattern = complete(taken, round % 2 === 0 ? 'by ways' : 'by demands');
    if (pattern.cost < best.cost) best = pattern;
    // A choice that lacked nothing is as good as the program can make it.
    if (chosen.proven && best.cost <= inquiry.costOf(taken)) return best;
  }
  return improved(best, complete, () => inquiry.asked() >= 2 * most);
}

/** Drops a part of the choice, by chance that is the same on every run, and completes it anew, as long as it now and then becomes cheaper (large neighbourhood search, Shaw 1998). */
function improved(
  from: Pattern,
  complete: (taken: ReadonlySet<number>, completing: Completing) => Pattern,
  isOver: () => boolean,
): Pattern {
  const chance = noiseFrom(0x9e3779b9);
  let best = from;
  for (let round = 0, inVain = 0; round < mostRedone && inVain < mostInVain && !isOver(); round++) {
    const share = dropped[round % 2] ?? 0;
    const pattern = complete(new Set([...best.taken].filter(() => chance() >= share)), 'by ways');
    inVain = pattern.cost < best.cost - tiny ? 0 : inVain + 1;
    if (pattern.cost <= best.cost) best = pattern;
  }
  return best;
}

/** Asks the attacker about a choice in parts; answers whether that brought new demands. */
function confront({ inquiry, open }: Search, share: Float64Array): boolean {
  const now = inquiry.withheld((at) => share[at] as number);
  let news = 0;
  for (const need of open) {
    const answer = inquiry.ask(need, now, true);
    if (answer?.demand && inquiry.demand(answer.demand)) news++;
  }
  return news > 0;
}

/** What the master program takes if it may take bundles in parts, in rounds until it hardly costs more. */
function inParts(search: Search): Float64Array | undefined {
  const { cover, inquiry } = search;
  const { costs } = inquiry;
  const bounds: number[] = [];
  let share: Float64Array | undefined = new Float64Array(costs.length);
  while (bounds.length < roundsInParts && !search.isOver() && share && confront(search, share)) {
    share = cover.inParts();
    const bound = share?.reduce((sum, part, at) => sum + part * (costs[at] as number), 0) ?? 0;
    const before = bounds.at(-patience) ?? 0;
    bounds.push(bound);
    if (bound < before * (1 + worthwhile)) break;
  }
  return share;
}

/** Takes what the master program has taken for the most part, and lets it think again, until it takes only whole bundles. */
function dived(search: Search, from: Float64Array | undefined): ReadonlySet<number> {
  const taken = new Set<number>();
  let parts = from;
  for (let step = 0; step < mostSteps && parts && !search.isOver(); step++) {
    const of = parts;
    const left = [...of.keys()].filter((at) => (of[at] as number) > moved && !taken.has(at));
    const most = left.reduce((most, at) => Math.max(most, of[at] as number), 0);
    for (const at of left) {
      if ((of[at] as number) < Math.min(most, mostPart)) continue;
      taken.add(at);
      search.cover.take(at);
      of[at] = 1;
    }
    if (!confront(search, of) && left.every((at) => taken.has(at))) break;
    parts = search.cover.inParts();
  }
  return taken;
}
