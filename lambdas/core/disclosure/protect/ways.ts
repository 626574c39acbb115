/**
 * What the auditor's own walks say of cells to withhold (docs/METHODS.md §3.6). Where a system is looked at with more cells withheld, each way of a walk away from the true
 * table is a proof that needs the cells it moves. For each count the ways that cost least are taken, and their cells withheld.
 */
import type { Attacker } from '../audit/attackers.ts';
import type { Walks } from '../audit/carry.ts';
import { type Demand, demandOf, type Limits } from '../audit/demand.ts';
import type { System, Variable } from '../system/system.ts';
import type { Step } from '../walk/walk.ts';
import type { Finding } from './excuses.ts';

/** A way as far as it moves one count: the values it shows of it, and the shown cells that it moves. */
type Way = { readonly values: readonly number[]; readonly cells: readonly Variable[] };

/** So many cells are withheld at once beside a count of this release; of an older count, whatever it needs, because few proofs of it are left. */
const mostBeside = 3;

/** Withholds the cells that the cheapest proofs of these counts need. Answers the findings for which there is no proof. */
export function hideByWalks(
  system: System,
  findings: readonly Finding[],
  walks: Walks,
  costOf: (of: Variable) => number,
  limits: Limits,
): Finding[] {
  return findings.filter(({ key, attacker }) => {
    const target = system.byKey.get(key);
    const demand = target && demanded(target, attacker, limits);
    if (!target || !demand) return true;
    const cells = cheapest(
      target.truth ?? 0,
      demand,
      waysOf(system, target, walks.get(attacker) ?? []),
      costOf,
      limits,
    );
    if (!cells || (!target.frozen && cells.size > mostBeside)) return true;
    for (const cell of cells) cell.state = 'hidden';
    return false;
  });
}

/** What the auditor will ask for, or more: what an attacker knows beforehand is told by flags alone here. */
const demanded = (target: Variable, attacker: Attacker, limits: Limits): Demand | undefined =>
  target.truth === undefined
    ? undefined
    : demandOf(target, [0, Number.POSITIVE_INFINITY], attacker === 'flags known' ? 1 : target.least, limits);

/** Cells of the ways that together show all that is demanded, always taking next what costs least for each new value; undefined where all ways together do not. */
function cheapest(
  truth: number,
  { values, safeEnd, least, most }: Demand,
  ways: readonly Way[],
  costOf: (of: Variable) => number,
  { threshold }: Limits,
): ReadonlySet<Variable> | undefined {
  const seen = new Set([truth]);
  const cells = new Set<Variable>();
  const isEnd = (value: number): boolean => value <= 0 || value >= threshold;
  const meets = (): boolean =>
    seen.size >= values &&
    (!safeEnd || [...seen].some(isEnd)) &&
    Math.min(...seen) <= least &&
    Math.max(...seen) >= most;
  while (!meets()) {
    let best: Way | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const way of ways) {
      const fresh = way.values.filter((value) => !seen.has(value));
      const ended = safeEnd && fresh.some(isEnd) && ![...seen].some(isEnd);
      const gain = Math.min(fresh.length, Math.max(0, values - seen.size)) + (ended ? values : 0);
      const far = fresh.some((value) => value < Math.min(...seen) || value > Math.max(...seen)) ? 0.01 : 0;
      if (gain + far === 0) continue;
      const cost = way.cells.reduce(
        (sum, cell) => sum + (cells.has(cell) || cell.state !== 'shown' ? 0 : costOf(cell)),
        0,
      );
      const price = (cost + 0.001) / (gain + far);
      if (price < lowest) [best, lowest] = [way, price];
    }
    if (!best) return undefined;
    for (const value of best.values) seen.add(value);
    for (const cell of best.cells) if (cell.state === 'shown') cells.add(cell);
  }
  return cells;
}

/** Every way that moves the target, cut off after each of its steps that does. */
function waysOf({ variables }: System, target: Variable, walk: readonly Step[]): Way[] {
  const ways: Way[] = [];
  let values: number[] = [];
  let cells = new Set<Variable>();
  let now = target.truth ?? 0;
  for (const { along, times } of walk) {
    if (times === 0) {
      values = [];
      cells = new Set();
      now = target.truth ?? 0;
      continue;
    }
    let by = 0;
    for (let at = 0; at < along.length; at += 2) {
      const variable = variables[along[at] as number];
      if (variable === target) by = along[at + 1] as number;
      if (variable?.state === 'shown') cells.add(variable);
    }
    if (by === 0) continue;
    for (let time = 0; time < times; time++) {
      now += by;
      values.push(now);
    }
    ways.push({ values: values.slice(), cells: [...cells] });
  }
  return ways;
}
