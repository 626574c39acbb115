/**
 * Which cells to withhold beside all cells that have a protection of their own, together (docs/METHODS.md §3.6): the model of Fischetti and Salazar-González (2001). A program that
 * chooses the cheapest cells knows at first no attacker; whatever a cell still lacks by its choice comes back as a demand on it, until nothing lacks anything. Where that takes too
 * long, the choice is completed, and what turns out to be needless is shown again. Nothing is proven by it: the auditor judges what comes of it.
 */
import type { Solver } from '../../domain/linear-program.ts';
import type { System, Variable } from '../system/system.ts';
import { home, type Step } from '../walk/walk.ts';
import { type Answer, type AttackerProgram, attackerProgram } from './attacker-program.ts';
import type { Room } from './cheapest-way.ts';
import { isWhole, knownWays, type Way } from './known-ways.ts';

/** Rounds with columns in parts and with whole ones, at most; where so many rounds in parts together bring less than this share more, they end. */
const roundsInParts = 12;
const wholeRounds = 8;
const patience = 3;
const worthwhile = 0.01;
/** Questions to the attacker's program, times its columns. What is begun after them is only completed. */
const mostQuestions = 8_000_000;
/** Steps of a dive, and how much of a column must be taken for it to be taken whole. */
const mostSteps = 20;
const mostPart = 0.6;
/** With so few columns each demand is found afresh; with more, only those on columns in parts. */
const fewColumns = 600;
/** With more demands than these whole columns take too long. */
const mostDemands = 1000;
const moved = 1e-6;
const tiny = 1e-9;

type Choice = {
  readonly hideable: (of: Variable) => boolean;
  readonly costOf: (of: Variable) => number;
};

/** A choice that gives every cell its room, with the ways that show it, by room. */
type Pattern = { readonly taken: ReadonlySet<number>; readonly cost: number; readonly ways: Ways };
type Ways = ReadonlyMap<number, Way>;

/** Withholds what gives all of this room. Answers how many cells that are, and steps from the true table that show it where they are of whole numbers. */
export function hideTogether(
  system: System,
  rooms: readonly Room[],
  { hideable, costOf }: Choice,
  solver: Solver,
): { readonly hidden: number; readonly steps: readonly Step[] } {
  const { lacking, steps } = withoutRoom(system, rooms, solver);
  if (lacking.length === 0) return { hidden: 0, steps };
  const columns = system.variables.filter((one) => one.state !== 'shown' || hideable(one));
  const isHidden = columns.map(({ state }) => state !== 'shown');
  const attacker = attackerProgram(system, columns, (at) => isHidden[at] === true, solver);
  const costs = Float64Array.from(columns, (one, at) => (isHidden[at] ? 0 : costOf(one)));
  const best = choose(lacking, attacker, { isHidden, costs }, solver);
  attacker.close();
  for (const at of best.taken) (columns[at] as Variable).state = 'hidden';
  return {
    hidden: best.taken.size,
    steps: [...steps, ...[...best.ways.values()].flatMap((way) => stepsOf(columns, way))],
  };
}

/** What has its room by what is withheld already keeps it: the steps that show it, and what lacks room. */
function withoutRoom(system: System, rooms: readonly Room[], solver: Solver) {
  const columns = system.variables.filter(({ state }) => state !== 'shown');
  const attacker = attackerProgram(system, columns, () => true, solver);
  const withheld = new Float64Array(columns.length).fill(1);
  const knows = knownWays(rooms, columns);
  const steps: Step[] = [];
  const lacking = rooms.filter((of, room) => {
    const known = knows.fitting(room, withheld);
    const way = known ?? attacker.ask(of, withheld, false)?.way;
    if (!way) return true;
    if (!known) knows.learn(room, way);
    steps.push(...stepsOf(columns, way));
    return false;
  });
  attacker.close();
  return { lacking, steps };
}

function stepsOf(columns: readonly Variable[], way: Way): Step[] {
  if (!isWhole(way)) return [];
  const along = Array.from(way.at).flatMap((at, nth) => {
    const { index, state } = columns[at] as Variable;
    return state === 'slack' ? [] : [index, Math.round(way.by[nth] as number)];
  });
  return [home, { along: Int32Array.from(along), times: 1 }];
}

function choose(
  rooms: readonly Room[],
  attacker: AttackerProgram,
  { isHidden, costs }: { readonly isHidden: readonly boolean[]; readonly costs: Float64Array },
  solver: Solver,
): Pattern {
  const cover = solver.cover(costs);
  const size = costs.length;
  let questions = mostQuestions / size;
  const withheld = (share: (column: number) => number) =>
    Float64Array.from(costs, (_, at) => (isHidden[at] ? 1 : share(at)));
  const ask = (room: number, of: Float64Array, afresh = size <= fewColumns): Answer | undefined => {
    const known = knows.fitting(room, of);
    if (known) return { way: known };
    questions--;
    const answer = attacker.ask(rooms[room] as Room, of, afresh);
    if (answer?.way) knows.learn(room, answer.way);
    const most = answer?.demand?.reduce((sum, [, share]) => sum + share, 0) ?? 1;
    return most < 1 - moved ? undefined : answer;
  };
  const knows = knownWays(rooms, attacker.columns);
  const known = new Set<string>();
  /** Whether the demand is new. */
  const demand = (shares: readonly (readonly [number, number])[]): boolean => {
    const name = shares.map(([column, share]) => `${column}:${share.toFixed(4)}`).join();
    if (known.has(name)) return false;
    known.add(name);
    cover.demand(shares);
    return true;
  };
  // What could not have its room with everything withheld asks for nothing, and is left to the rounds of the protector.
  const none = withheld(() => 0);
  const open = [...rooms.keys()].filter((room) => ask(room, none)?.demand !== undefined);
  const uses = ({ at }: Way): number[] => Array.from(at).filter((column) => !isHidden[column]);
  const costOf = (taken: ReadonlySet<number>): number => [...taken].reduce((sum, at) => sum + (costs[at] as number), 0);

  /** Takes more until every cell has its room: of what demands ask for, always what contents them for the least cost. */
  const completed = (of: ReadonlySet<number>): Pattern => {
    const taken = new Set(of);
    const found = new Map<number, Way>();
    let left = open;
    for (let before = -1; left.length > 0 && taken.size > before; ) {
      before = taken.size;
      const now = withheld((at) => (taken.has(at) ? 1 : 0));
      const asked: { readonly shares: Map<number, number>; lacks: number }[] = [];
      left = left.filter((room) => {
        const answer = ask(room, now);
        if (answer?.way) found.set(room, answer.way);
        if (!answer?.demand) return false;
        demand(answer.demand);
        const lacks = 1 - answer.demand.reduce((sum, [at, share]) => sum + (taken.has(at) ? share : 0), 0);
        asked.push({ shares: new Map(answer.demand), lacks });
        return true;
      });
      while (asked.some(({ lacks }) => lacks > tiny)) {
        const gain = new Map<number, number>();
        for (const { shares, lacks } of asked)
          if (lacks > tiny)
            for (const [at, share] of shares)
              if (!taken.has(at)) gain.set(at, (gain.get(at) ?? 0) + Math.min(share, lacks));
        let next = -1;
        let most = 0;
        for (const [at, by] of gain) {
          const worth = by / (costs[at] as number);
          if (worth > most) [next, most] = [at, worth];
        }
        if (next < 0) break;
        taken.add(next);
        for (const one of asked) one.lacks -= one.shares.get(next) ?? 0;
      }
    }
    return showNeedless(taken, found);
  };

  /** Shows again, the dearest first, what every cell can do without. */
  const showNeedless = (taken: Set<number>, found: Map<number, Way>): Pattern => {
    const users = new Map<number, Set<number>>([...taken].map((at) => [at, new Set()]));
    for (const [room, way] of found) for (const at of uses(way)) users.get(at)?.add(room);
    const now = withheld((at) => (taken.has(at) ? 1 : 0));
    for (const at of [...taken].sort((one, other) => (costs[other] as number) - (costs[one] as number))) {
      now[at] = 0;
      const instead = new Map<number, Way>();
      const isNeedless = [...(users.get(at) ?? [])].every((room) => {
        const answer = ask(room, now);
        if (answer?.way) instead.set(room, answer.way);
        else if (answer) demand(answer.demand);
        return answer?.way !== undefined;
      });
      if (!isNeedless) {
        now[at] = 1;
        continue;
      }
      taken.delete(at);
      for (const [room, way] of instead) {
        for (const before of uses(found.get(room) ?? way)) users.get(before)?.delete(room);
        found.set(room, way);
        for (const after of uses(way)) users.get(after)?.add(room);
      }
    }
    return { taken, cost: costOf(taken), ways: found };
  };

  /** Asks the attacker about a choice; answers whether that brought new demands. */
  const confront = (share: Float64Array): boolean => {
    const now = withheld((at) => share[at] as number);
    return (
      open.map((room) => ask(room, now, true)).filter((answer) => answer?.demand && demand(answer.demand)).length > 0
    );
  };
  let share: Float64Array | undefined = new Float64Array(size);
  const bounds: number[] = [];
  while (bounds.length < roundsInParts && questions > 0 && share && confront(share)) {
    share = cover.inParts();
    bounds.push(share?.reduce((sum, part, at) => sum + part * (costs[at] as number), 0) ?? 0);
    const before = bounds.at(-1 - patience) ?? 0;
    if ((bounds.at(-1) as number) < before * (1 + worthwhile)) break;
  }
  /** Takes what the program has taken for the most part, and lets it think again. */
  const dived = (from: Float64Array | undefined): Pattern => {
    const taken = new Set<number>();
    let parts = from;
    for (let step = 0; step < mostSteps && parts && questions > 0; step++) {
      const of = parts;
      const left = [...of.keys()].filter((at) => (of[at] as number) > moved && !taken.has(at));
      const most = left.reduce((most, at) => Math.max(most, of[at] as number), 0);
      for (const at of left) {
        if ((of[at] as number) < Math.min(most, mostPart)) continue;
        taken.add(at);
        cover.take(at);
        of[at] = 1;
      }
      if (!confront(of) && left.every((at) => taken.has(at))) break;
      parts = cover.inParts();
    }
    return completed(taken);
  };
  let best = dived(share);
  for (let round = 0; round < wholeRounds && open.length > 0 && known.size < mostDemands && questions > 0; round++) {
    const chosen = cover.whole();
    if (!chosen) break;
    const taken = new Set([...chosen.taken.keys()].filter((at) => chosen.taken[at] === 1));
    const pattern = completed(taken);
    if (pattern.cost < best.cost) best = pattern;
    // A choice that lacked nothing is as good as the program can make it.
    if (best.cost <= costOf(taken)) break;
  }
  cover.close();
  return best;
}
