/**
 * Suppress second: hides small counts, then others beside them, until the attacker finds nothing (docs/METHODS.md §3.6). What an earlier release showed or
 * withheld is settled; only cells that are new can be hidden.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { attack } from '../audit/attack.ts';
import { type Attacker, attackers } from '../audit/attackers.ts';
import type { AuditReport } from '../audit/audit.ts';
import type { Walks } from '../audit/carry.ts';
import type { Policy } from '../policy.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';
import { tieBreak } from '../tie-break.ts';
import { auditsOf } from './audits.ts';
import { hideForRoom } from './cheapest-way.ts';
import { closeZeros, hideBeside } from './complements.ts';
import {
  type Excuses,
  type Finding,
  findingsOf,
  nameOf,
  unexcused,
  withInherited,
  withTold,
  withUntouched,
} from './excuses.ts';
import { roomFor } from './room.ts';
import { asIf, untouchedBy } from './without-release.ts';
import { runningTotals, variablesAt, worthOf } from './worth.ts';

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

/** Beside so few counts that are not safe, linear programs say what to withhold. */
const fewFindings = 40;

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
  const audits = auditsOf(system, policy, {
    attackers: against,
    concerns,
    ...(solver ? { solver } : {}),
    ...(carried ? { carried } : {}),
  });
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
  /** What the auditor says of these counts if the new cells were all withheld, or not there: the walks so far hold in both, since less is known. */
  const judgedAs = (state: 'hidden' | 'latent', findings: readonly Finding[]): Finding[] =>
    asIf(system, open, state, () => findingsOf(audits.aside(findings)));
  const untouched = (findings: readonly Finding[]) => untouchedBy(open, system, findings);
  let unsafe: readonly Finding[] = [];
  let rounds = 0;
  for (; rounds < mostRounds; rounds++) {
    let found = counting(screen(strongest, rounds % 4 === 3));
    if (found.length === 0) found = counting(screen(weaker, false));
    if (found.length === 0) {
      // First what was not safe; where nothing of that is left, everything.
      if (unsafe.length > 0) found = counting(findingsOf(audits.again(unsafe)));
      const report = found.length === 0 ? audits.whole() : undefined;
      if (report) found = counting(findingsOf(report));
      unsafe = found;
      const unasked = found.filter((one) => !askedBlind.has(nameOf(one)));
      if (unasked.length) {
        for (const one of unasked) askedBlind.add(nameOf(one));
        excuses = withTold(excuses, judgedAs('hidden', unasked));
        found = counting(found);
      }
      const beyond = untouched(found);
      if (found.length === beyond.length) {
        excuses = withUntouched(excuses, beyond);
        if (report) return answer(true, report);
        continue;
      }
    }
    const older = found.filter((one) => !openKeys.has(one.key) && !askedBefore.has(nameOf(one)));
    if (older.length) {
      // Older counts are found: which of them follow from older releases alone?
      if (askedBefore.size === 0)
        excuses = withInherited(
          excuses,
          asIf(system, open, 'latent', () => screen([...weaker, ...strongest], true)),
        );
      for (const one of older) askedBefore.add(nameOf(one));
      excuses = withInherited(excuses, judgedAs('latent', older));
      found = counting(found);
      if (found.length === 0) continue;
    }
    // What a whole table lacks is made up for cheaply, cell by cell; the last counts get the cells that give them room.
    const owed = found.flatMap(({ key, attacker }) => {
      const variable = system.byKey.get(key);
      return variable && (variable.keeps || found.length <= fewFindings) ? roomFor(variable, attacker, policy) : [];
    });
    if (solver && hideForRoom(system, owed, { hideable, costOf, occurs }, solver) > 0) {
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
      const proven = audits.whole();
      const left = counting(findingsOf(proven));
      const beyond = untouched(left);
      excuses = withUntouched(excuses, beyond);
      return answer(left.length === beyond.length, proven);
    }
    for (const cell of next.cells) if (hideable(cell)) cell.state = 'hidden';
    withheld.push(next.query);
  }
  return answer(false, audits.whole());
}

const mostKnowing: readonly Attacker[] = ['flags known'];
const lessKnowing: readonly Attacker[] = ['plain', 'zeros known', 'threshold known'];
