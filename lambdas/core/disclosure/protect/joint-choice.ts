/**
 * Which cells to withhold beside all cells that have a protection of their own, together (docs/METHODS.md §3.6): the model of Fischetti and Salazar-González (2001). Nothing is proven by
 * it: the auditor judges what comes of it.
 */
import type { Solver } from '../../domain/linear-program.ts';
import type { System, Variable } from '../system/system.ts';
import { home, type Step } from '../walk/walk.ts';
import { attackerProgram } from './attacker-program.ts';
import type { Room } from './cheapest-way.ts';
import { cheapestPattern } from './cover-search.ts';
import { inquiryOf } from './inquiry.ts';
import { isWhole, knownWays, type Way } from './known-ways.ts';
import { needsOf } from './needs.ts';
import { type Bundle, tiedCells } from './tied-cells.ts';
import { wayProgram } from './way-program.ts';

type Choice = {
  readonly hideable: (of: Variable) => boolean;
  readonly costOf: (of: Variable) => number;
};

/** Withholds what gives all of this room. Answers how many cells that are, and steps from the true table that show it where they are of whole numbers. */
export function hideTogether(
  system: System,
  rooms: readonly Room[],
  { hideable, costOf }: Choice,
  solver: Solver,
): { readonly hidden: number; readonly steps: readonly Step[] } {
  const { lacking, steps } = withoutRoom(system, rooms, solver);
  if (lacking.length === 0) return { hidden: 0, steps };
  const tied = tiedCells(
    system,
    system.variables.filter((one) => one.state !== 'shown' || hideable(one)),
  );
  const shown = tied.bundles.map(({ members }) => members.filter(({ state }) => state === 'shown'));
  const isHidden = (bundle: number): boolean => shown[bundle]?.length === 0;
  const costs = Float64Array.from(shown, (members) => members.reduce((sum, one) => sum + costOf(one), 0));
  const attacker = attackerProgram(tied, isHidden, solver);
  const ways = wayProgram(tied, solver);
  const cover = solver.cover(costs);
  const best = cheapestPattern(cover, inquiryOf(needsOf(lacking, tied), { costs, isHidden }, attacker, ways, cover));
  for (const program of [attacker, ways, cover]) program.close();
  const taken = [...best.taken].flatMap((bundle) => shown[bundle] ?? []);
  for (const one of taken) one.state = 'hidden';
  return {
    hidden: taken.length,
    steps: [...steps, ...[...best.ways.values()].flatMap((way) => stepsOf(tied.bundles, way))],
  };
}

/** What has its room by what is withheld already keeps it: the steps that show it, and what lacks room. First many are moved at once, then those that are left one by one. */
function withoutRoom(system: System, rooms: readonly Room[], solver: Solver) {
  const tied = tiedCells(
    system,
    system.variables.filter(({ state }) => state !== 'shown'),
  );
  const needs = needsOf(rooms, tied);
  const attacker = attackerProgram(tied, () => true, solver);
  const withheld = new Float64Array(tied.bundles.length).fill(1);
  const found: Way[] = [];
  const met = new Set(needs);
  for (const reach of new Set(needs.map((need) => need.reach))) {
    const { ways, left } = attacker.together(
      needs.filter((need) => need.reach === reach),
      withheld,
    );
    found.push(...ways);
    const knows = knownWays(left);
    for (const [nth, need] of left.entries()) {
      const known = knows.fitting(nth, withheld);
      const way = known ?? attacker.ask(need, withheld, false)?.way;
      if (!way) {
        met.delete(need);
        continue;
      }
      if (!known) knows.learn(nth, way);
      found.push(way);
    }
  }
  attacker.close();
  const hasRoom = new Set([...met].flatMap((need) => need.rooms));
  return {
    lacking: rooms.filter((room) => !hasRoom.has(room)),
    steps: found.flatMap((way) => stepsOf(tied.bundles, way)),
  };
}

function stepsOf(bundles: readonly Bundle[], way: Way): Step[] {
  if (!isWhole(way)) return [];
  const along = Array.from(way.at).flatMap((bundle, nth) => {
    const { members, signs } = bundles[bundle] as Bundle;
    const by = Math.round(way.by[nth] as number);
    return members.flatMap(({ index, state }, at) => (state === 'slack' ? [] : [index, by * (signs[at] ?? 1)]));
  });
  return [home, { along: Int32Array.from(along), times: 1 }];
}
