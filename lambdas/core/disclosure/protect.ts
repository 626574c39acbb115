/**
 * Suppress second: hides small counts, then others beside them, until the attacker finds nothing (docs/METHODS.md §3.6). What an earlier release showed or
 * withheld is settled; only cells that are new can be hidden.
 */
import { createHmac } from 'node:crypto';
import type { Candidate } from './assemble.ts';
import { type Audit, attack, type Verdict } from './attack.ts';
import type { Policy } from './policy.ts';
import { total } from './released-table.ts';
import type { System, Variable } from './system.ts';

export type Protection = {
  readonly certified: boolean;
  readonly rounds: number;
  /** Queries whose new cells are all withheld, because nothing less could be certified. */
  readonly withheld: readonly string[];
  readonly audit: Audit;
  /** Disclosed by earlier releases alone, under the policy of today: nothing new can take that back. */
  readonly inherited: readonly Verdict[];
};

const mostRounds = 400;

/** Hides cells of the candidates in `system` until certified; `key` makes the choice between equals unpredictable to whoever does not hold it. */
export function protect(system: System, candidates: readonly Candidate[], policy: Policy, key: string): Protection {
  const grids = candidates.map(({ query, grid }) => ({
    query,
    lines: grid.lines.map(({ whole, parts }) => variablesAt(system, [whole, ...parts])),
    cells: new Set(
      variablesAt(
        system,
        grid.cells.map((cell) => cell.key),
      ),
    ),
  }));
  const candidateCells = new Set(grids.flatMap(({ cells }) => [...cells]));
  const concerns = new Set([...candidateCells].map(({ index }) => index));
  const hideable = (variable: Variable) =>
    variable.state === 'shown' && !variable.frozen && candidateCells.has(variable);
  const lines = grids.flatMap(({ lines }) => lines);
  const occurs: number[][] = system.variables.map(() => []);
  system.equations.forEach(({ variables }, equation) => {
    for (const index of variables) occurs[index]?.push(equation);
  });
  const worth = worthOf(system, candidates);
  const noise = new Map<number, number>();
  const costOf = (variable: Variable): number => {
    let random = noise.get(variable.index);
    if (random === undefined) {
      random = createHmac('sha256', key).update(variable.key).digest().readUInt32BE(0) / 2 ** 32;
      noise.set(variable.index, random);
    }
    return ((variable.truth ?? 0) * (1 + random / 2) + random) * (worth.get(variable)?.() ?? 1);
  };
  const inherited: Verdict[] = [];
  const known = new Set<string>();
  const withheld: string[] = [];
  let baseline = false;
  closeZeros(lines, policy);
  let rounds = 0;
  for (; rounds < mostRounds; rounds++) {
    const found = attack(system, policy, { attackers: ['flags known'], concerns });
    const open = found.disclosed.filter((verdict) => !known.has(verdict.key));
    if (open.length === 0) {
      const { disclosed } = attack(system, policy, {
        attackers: ['plain', 'zeros known', 'threshold known'],
        concerns,
        linear: false,
      });
      const certified = disclosed.every((verdict) => known.has(verdict.key));
      if (certified) return { certified, rounds, withheld, audit: found, inherited };
      open.push(...disclosed.filter((verdict) => !known.has(verdict.key)));
    }
    const rolling = [...worth.keys()].filter(
      (variable) => hideable(variable) && costOf(variable) < (variable.truth ?? 0),
    );
    const blamed = new Set(open.map(({ key }) => key));
    if (rolling.length) {
      const without = outOfSight(rolling, () => attack(system, policy, { attackers: ['flags known'], concerns }));
      for (const verdict of without.disclosed) blamed.delete(verdict.key);
    } else blamed.clear();
    const expendable = new Set(rolling);
    const givenUp = hideBeside(
      system,
      open.filter(({ key }) => blamed.has(key)),
      occurs,
      (variable) => hideable(variable) && expendable.has(variable),
      costOf,
    );
    if (
      givenUp +
        hideBeside(
          system,
          open.filter(({ key }) => !blamed.has(key)),
          occurs,
          hideable,
          costOf,
        ) >
      0
    ) {
      closeZeros(lines, policy);
      continue;
    }
    if (!baseline) {
      baseline = true;
      const before = outOfSight(
        [...candidateCells].filter(({ frozen }) => !frozen),
        () => attack(system, policy, {}),
      );
      for (const verdict of before.disclosed) {
        known.add(verdict.key);
        inherited.push(verdict);
      }
      if (open.some((verdict) => known.has(verdict.key))) continue;
    }
    const next = grids.find(({ cells }) => [...cells].some(hideable));
    if (!next) return { certified: false, rounds, withheld, audit: found, inherited };
    for (const cell of next.cells) if (hideable(cell)) cell.state = 'hidden';
    withheld.push(next.query);
  }
  return { certified: false, rounds, withheld, audit: attack(system, policy, { concerns }), inherited };
}

const variablesAt = (system: System, keys: readonly string[]): Variable[] =>
  keys.flatMap((key) => system.byKey.get(key) ?? []);

/** A cell of the weekly series is worth this many of the same count elsewhere: what stands for ever gives way last, and late records are hidden where they came in. */
const seriesWorth = 20;

/**
 * The total over a window that slides week by week beside its weeks is the first thing to give up: the difference of two such totals is two weeks of one row.
 * Answers what hiding each cell costs, relative to one of another table; hiding one whose weeks are all shown would be in vain.
 */
function worthOf(system: System, candidates: readonly Candidate[]): Map<Variable, () => number> {
  const costs = new Map<Variable, () => number>();
  for (const { frame, grid } of candidates) {
    const { time } = frame;
    if (time === undefined) continue;
    for (const variable of variablesAt(
      system,
      grid.cells.map(({ key }) => key),
    ))
      costs.set(variable, () => seriesWorth);
    if (!grid.cells.some(({ key }) => system.byKey.get(key)?.frozen)) continue;
    const totals = new Set(grid.cells.filter(({ at }) => at[time] === total).map(({ key }) => key));
    for (const { whole, parts } of grid.lines) {
      const variable = system.byKey.get(whole);
      if (!variable || !totals.has(whole) || parts.some((part) => totals.has(part))) continue;
      const weeks = variablesAt(system, parts);
      costs.set(variable, () => (weeks.some(({ state }) => state === 'hidden') ? 0.001 : 1000));
    }
  }
  return costs;
}

/** A zero is shown only in lines with nothing hidden: otherwise a hidden cell would be known not to be zero, or a shown zero would pin its neighbours. */
function closeZeros(lines: readonly (readonly Variable[])[], { zeros }: Policy): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      if (zeros !== 'never' && !line.some(({ state }) => state === 'hidden')) continue;
      for (const variable of line)
        if (variable.state === 'shown' && variable.truth === 0 && !variable.frozen) {
          variable.state = 'hidden';
          changed = true;
        }
    }
  }
}

/** For each disclosed count, hides the cheapest cell in its tightest equation that has one, or failing that nearby; at most one per equation and round. Answers how many. */
function hideBeside(
  system: System,
  verdicts: readonly Verdict[],
  occurs: readonly (readonly number[])[],
  hideable: (variable: Variable) => boolean,
  costOf: (variable: Variable) => number,
): number {
  const changed = new Set<number>();
  let hidden = 0;
  for (const { key } of verdicts) {
    const start = system.byKey.get(key);
    if (!start || occurs[start.index]?.some((equation) => changed.has(equation))) continue;
    const seen = new Set<number>();
    let ring = [start.index];
    let pick: Variable | undefined;
    for (let depth = 0; depth < 12 && ring.length && !pick; depth++) {
      const equations = new Set<number>();
      for (const index of ring)
        for (const equation of occurs[index] ?? []) if (!seen.has(equation)) equations.add(equation);
      const nextRing = new Set<number>();
      let tightest = Number.POSITIVE_INFINITY;
      for (const equation of equations) {
        seen.add(equation);
        const variables = (system.equations[equation]?.variables ?? []).flatMap(
          (index) => system.variables[index] ?? [],
        );
        const unknowns = variables.filter(({ state }) => state !== 'shown');
        for (const { index } of unknowns) nextRing.add(index);
        const choices = variables.filter(hideable);
        if (choices.length === 0 || unknowns.length >= tightest) continue;
        tightest = unknowns.length;
        pick = choices.reduce((best, choice) => (costOf(choice) < costOf(best) ? choice : best));
      }
      ring = [...nextRing];
    }
    if (!pick) continue;
    pick.state = 'hidden';
    hidden++;
    for (const equation of occurs[pick.index] ?? []) changed.add(equation);
  }
  return hidden;
}

/** Attacks as if these cells were not there. */
function outOfSight(cells: readonly Variable[], run: () => Audit): Audit {
  const before = cells.map((variable) => [variable, variable.state] as const);
  for (const [variable] of before) variable.state = 'latent';
  const audit = run();
  for (const [variable, state] of before) variable.state = state;
  return audit;
}
