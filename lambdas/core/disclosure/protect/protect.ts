/**
 * Suppress second: hides small counts, then others beside them, until the attacker finds nothing (docs/METHODS.md §3.6). What an earlier release showed or
 * withheld is settled; only cells that are new can be hidden.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { attack } from '../audit/attack.ts';
import { type Attacker, attackers } from '../audit/attackers.ts';
import { type AuditOptions, type AuditReport, audit } from '../audit/audit.ts';
import type { Walks } from '../audit/carry.ts';
import type { Policy } from '../policy.ts';
import { total } from '../released-table.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';
import { tieBreak } from '../tie-break.ts';
import { hideForRoom } from './cheapest-way.ts';
import {
  type Excuses,
  type Finding,
  findingsOf,
  unexcused,
  withInherited,
  withTold,
  withUntouched,
} from './excuses.ts';
import { asIf, untouchedBy } from './without-release.ts';

export type Protection = Excuses & {
  readonly certified: boolean;
  readonly rounds: number;
  /** Queries whose new cells are all withheld, because nothing less could be certified. */
  readonly withheld: readonly string[];
  /** What the auditor proved of the system as it is left. */
  readonly report: AuditReport;
};

/** `carried`: what the last release proved, to begin from. `against`: the attackers that count. */
type Means = {
  readonly solver?: Solver | undefined;
  readonly carried?: Walks | undefined;
  readonly against?: readonly Attacker[];
};

const mostRounds = 400;

/** Hides cells of the candidates in `system` until certified; `key` makes the choice between equals unpredictable to whoever does not hold it. */
export function protect(
  system: System,
  candidates: readonly Candidate[],
  policy: Policy,
  key: string,
  { solver, carried, against = attackers }: Means = {},
): Protection {
  const strongest = mostKnowing.filter((one) => against.includes(one));
  const weaker = lessKnowing.filter((one) => against.includes(one));
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
  const open = [...candidateCells].filter(({ frozen }) => !frozen);
  const openKeys = new Set(open.map(({ key }) => key));
  const hideable = (variable: Variable) =>
    variable.state === 'shown' && !variable.frozen && candidateCells.has(variable);
  const lines = grids.flatMap(({ lines }) => lines);
  const occurs: number[][] = system.variables.map(() => []);
  system.equations.forEach(({ variables }, equation) => {
    for (const index of variables) occurs[index]?.push(equation);
  });
  const worth = worthOf(system, candidates);
  const chance = tieBreak(key);
  const costOf = (variable: Variable): number => {
    const random = chance(variable.key);
    return ((variable.truth ?? 0) * (1 + random / 2) + random) * (worth.get(variable)?.() ?? 1);
  };
  const screen = (attackers: readonly Attacker[], linear: boolean): Finding[] =>
    attack(system, policy, { attackers, concerns, linear }).disclosed.map(({ key, attacker, reason }) => ({
      key,
      attacker,
      reason,
    }));
  const audited = (options: Pick<AuditOptions, 'earlier' | 'only'> = {}): AuditReport =>
    audit(system, policy, {
      attackers: against,
      concerns,
      ...(solver ? { solver } : {}),
      ...(carried ? { carried } : {}),
      ...options,
    });
  let report: AuditReport | undefined;
  let excuses: Excuses = { inherited: [], told: [] };
  const counting = (findings: readonly Finding[]): Finding[] => unexcused(findings, excuses);
  const withheld: string[] = [];
  const answer = (certified: boolean, proven: AuditReport): Protection => ({
    certified,
    rounds,
    withheld,
    report: proven,
    ...excuses,
  });

  if (policy.runningTotals === 'never') for (const total of runningTotals(system, candidates)) total.state = 'hidden';
  closeZeros(lines, policy);
  excuses = withTold(
    excuses,
    asIf(system, open, 'hidden', () => [...weaker, ...strongest].flatMap((one) => screen([one], true))),
  );
  const askedBlind = new Set<string>();
  const askedBefore = new Set<string>();
  /** What the auditor says of these counts if the new cells were all withheld, or not there: its walk so far holds in both, since less is known. */
  const judgedAs = (state: 'hidden' | 'latent', findings: readonly Finding[]): Finding[] =>
    asIf(system, open, state, () =>
      findingsOf(audited({ ...(report ? { earlier: report } : {}), only: new Set(findings.map(({ key }) => key)) })),
    );
  const untouched = (findings: readonly Finding[]) => untouchedBy(open, system, findings);
  let rounds = 0;
  for (; rounds < mostRounds; rounds++) {
    let found = counting(screen(strongest, rounds % 4 === 3));
    if (found.length === 0) found = counting(screen(weaker, false));
    if (found.length === 0) {
      report = audited(report ? { earlier: report } : {});
      found = counting(findingsOf(report));
      const unasked = found.filter(({ key }) => !askedBlind.has(key));
      if (unasked.length) {
        for (const { key } of unasked) askedBlind.add(key);
        excuses = withTold(excuses, judgedAs('hidden', unasked));
        found = counting(found);
      }
      const beyond = untouched(found);
      if (found.length === beyond.length) {
        excuses = withUntouched(excuses, beyond);
        return answer(true, report);
      }
    }
    const older = found.filter(({ key }) => !openKeys.has(key) && !askedBefore.has(key));
    if (older.length) {
      // Older counts are found: which of them follow from older releases alone?
      if (askedBefore.size === 0)
        excuses = withInherited(
          excuses,
          asIf(system, open, 'latent', () => screen([...weaker, ...strongest], true)),
        );
      for (const { key } of older) askedBefore.add(key);
      excuses = withInherited(excuses, judgedAs('latent', older));
      found = counting(found);
      if (found.length === 0) continue;
    }
    const owed = found.flatMap(({ key }) => {
      const variable = system.byKey.get(key);
      return variable?.keeps ? variable : [];
    });
    if (solver && hideForRoom(system, owed, { hideable, costOf }, solver) > 0) {
      closeZeros(lines, policy);
      continue;
    }
    const rolling = [...worth.keys()].filter(
      (variable) => hideable(variable) && costOf(variable) < (variable.truth ?? 0),
    );
    const blamed = new Set(rolling.length ? found.map(({ key }) => key) : []);
    if (rolling.length)
      for (const { key } of asIf(system, rolling, 'latent', () => screen(strongest, true))) blamed.delete(key);
    const expendable = new Set(rolling);
    const inRolling = found.filter(({ key }) => blamed.has(key));
    const others = found.filter(({ key }) => !blamed.has(key));
    const hidden =
      hideBeside(system, inRolling, occurs, (variable) => hideable(variable) && expendable.has(variable), costOf) +
      hideBeside(system, others, occurs, hideable, costOf);
    if (hidden > 0) {
      closeZeros(lines, policy);
      continue;
    }
    const next = grids.find(({ cells }) => [...cells].some(hideable));
    if (!next) {
      // Nothing new is shown any more: what is still found follows without this release, unless coverage tells it.
      const proven = audited(report ? { earlier: report } : {});
      const left = counting(findingsOf(proven));
      const beyond = untouched(left);
      excuses = withUntouched(excuses, beyond);
      return answer(left.length === beyond.length, proven);
    }
    for (const cell of next.cells) if (hideable(cell)) cell.state = 'hidden';
    withheld.push(next.query);
  }
  return answer(false, audited(report ? { earlier: report } : {}));
}

const mostKnowing: readonly Attacker[] = ['flags known'];
const lessKnowing: readonly Attacker[] = ['plain', 'zeros known', 'threshold known'];

/** Totals over a whole window in tables that are told by week or month. */
function runningTotals(system: System, candidates: readonly Candidate[]): Variable[] {
  return candidates.flatMap(({ frame: { time }, grid }) =>
    variablesAt(
      system,
      grid.cells.flatMap(({ at, key }) => (time !== undefined && at[time] === total ? key : [])),
    ).filter(({ frozen }) => !frozen),
  );
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
  findings: readonly Finding[],
  occurs: readonly (readonly number[])[],
  hideable: (variable: Variable) => boolean,
  costOf: (variable: Variable) => number,
): number {
  const changed = new Set<number>();
  let hidden = 0;
  for (const { key } of findings) {
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
