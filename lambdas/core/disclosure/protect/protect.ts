/**
 * Suppress second: hides small counts, then others beside them, until the attacker finds nothing (docs/METHODS.md §3.6). What an earlier release showed or
 * withheld is settled; only cells that are new can be hidden.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { attack } from '../audit/attack.ts';
import { type Attacker, attackers } from '../audit/attackers.ts';
import type { AuditReport } from '../audit/audit.ts';
import type { Walks } from '../audit/carry.ts';
import { independentParts } from '../audit/independent-parts.ts';
import type { Policy } from '../policy.ts';
import { rowsOf } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';
import { tieBreak } from '../tie-break.ts';
import { home } from '../walk/walk.ts';
import { auditsOf } from './audits.ts';
import { hideForRoom } from './cheapest-way.ts';
import { closeZeros, hideBeside } from './complements.ts';
import { hideCorners } from './corners.ts';
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
import { hideTogether } from './joint-choice.ts';
import { roomsFor } from './room.ts';
import { hideByWalks } from './ways.ts';
import { asIf, toldWithout, untouchedBy } from './without-release.ts';
import { runningTotals, slidingTotals, variablesAt, worthOf } from './worth.ts';

export type Protection = Excuses & {
  readonly certified: boolean;
  readonly rounds: number;
  /** Queries whose new cells are all withheld, because nothing less could be certified. */
  readonly withheld: readonly string[];
  /** What the auditor proved of the system as it is left. */
  readonly report: AuditReport;
};

/** `carried`: what the last release proved, to begin from; `safeBefore`: what it called safe; `parts`: the names of the parts it left. `against`: the attackers that count. */
type Means = {
  readonly solver?: Solver | undefined;
  readonly carried?: Walks;
  readonly safeBefore?: readonly { readonly key: string; readonly attacker: Attacker }[];
  readonly parts?: ReadonlySet<string>;
  readonly against?: readonly Attacker[];
  /** What withholding a cell costs where it is not told by its count. */
  readonly cost?: (of: Variable) => number;
};

const mostRounds = 400;

/** For so few counts that the auditor finds no proof of, linear programs say what to withhold. */
const fewFindings = 8;

/** Hides cells of the candidates in `system` until certified; `key` makes the choice between equals unpredictable to whoever does not hold it. */
export function protect(
  system: System,
  candidates: readonly Candidate[],
  policy: Policy,
  key: string,
  { solver, carried, safeBefore = [], parts, against = attackers, cost }: Means = {},
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
    if (cost) return cost(variable);
    const random = chance(variable.key);
    return ((variable.truth ?? 0) * (1 + random / 2) + random) * (worth.get(variable)?.() ?? 1);
  };
  const rows = rowsOf(system.equations, system.variables.length);
  const screen = (attackers: readonly Attacker[], linear: boolean): Finding[] =>
    attack(system, policy, { attackers, concerns, linear, rows }).disclosed.map(({ key, attacker, reason }) => ({
      key,
      attacker,
      reason,
    }));
  // After a release the auditor has proofs to begin from and is the cheaper way to what algebra would find.
  const algebra = carried === undefined;
  /** What each attacker finds. The algebra is gone through once: whoever knows more finds what the plain attacker does. */
  const screenEach = (): Finding[] => {
    const plain = screen(['plain'], algebra);
    const more = [...weaker, ...strongest].filter((one) => one !== 'plain');
    return [
      ...plain,
      ...more.flatMap((attacker) => [...screen([attacker], false), ...plain.map((one) => ({ ...one, attacker }))]),
    ];
  };
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

  const sliding = slidingTotals(system, candidates);
  const told = toldWithout(open, system, rows);
  /** What is never shown beside what is withheld. */
  const close = (): void => {
    closeZeros(lines, policy);
    for (const { whole, weeks } of sliding)
      if (weeks.some((week) => week.state === 'hidden' && !told.has(week))) whole.state = 'hidden';
    closeZeros(lines, policy);
  };
  if (policy.runningTotals === 'never') for (const total of runningTotals(system, candidates)) total.state = 'hidden';
  close();
  const audits = auditsOf(system, policy, {
    attackers: against,
    concerns,
    ...(solver ? { solver } : {}),
    ...(carried ? { carried } : {}),
    ...(parts ? { standing: independentParts(system, policy).standing(parts) } : {}),
  });
  excuses = withTold(excuses, asIf(system, open, 'hidden', screenEach));
  // What was safe with the last release is not disclosed by older ones.
  const askedBefore = new Set(safeBefore.map(nameOf));
  const untouched = (findings: readonly Finding[]) => untouchedBy(open, system, rows, findings);
  const rollingCells = () =>
    [...worth.keys()].filter((variable) => hideable(variable) && costOf(variable) < (variable.truth ?? 0));
  // After a release what it proved is begun from; without one, cells are chosen so that they come with their proof.
  if (!carried) {
    const tables = candidates.map(({ grid }) => grid);
    audits.suggest(hideCorners(system, rows, tables, { against, limits: policy, hideable, costOf }));
    const own = open.filter(({ state, keeps }) => state === 'hidden' && keeps);
    const lacking = own.flatMap(({ key }) =>
      strongest.concat(weaker).map((attacker) => ({ key, attacker, reason: '' })),
    );
    if (solver && own.length > 0) {
      const rooms = roomsFor(system, lacking, policy, false);
      audits.suggest(hideTogether(system, rooms, { hideable, costOf }, solver).steps);
    }
    close();
  }
  const series = new Set([...worth.keys()].flatMap(({ key, frozen }) => (frozen ? [] : key)));
  const isInSeries = ({ key }: Finding): boolean => series.has(key);
  const helped = new Set<string>();
  const roomed = new Set<string>();
  const hiddenCells = () => open.filter(({ state }) => state === 'hidden').length;
  let askedOlder = false;
  let unsafe: readonly Finding[] = [];
  let rounds = 0;
  for (; rounds < mostRounds; rounds++) {
    let found = counting(screen(strongest, algebra && rounds % 4 === 3));
    if (found.length === 0) found = counting(screen(weaker, false));
    const screened = found.length > 0;
    if (!screened) {
      // First what was not safe; where nothing of that is left, everything.
      if (unsafe.length > 0) found = counting(findingsOf(audits.again(unsafe)));
      if (found.length === untouched(found).length) {
        const report = audits.whole();
        found = counting(findingsOf(report));
        const beyond = untouched(found);
        if (found.length === beyond.length) {
          excuses = withUntouched(excuses, beyond);
          return answer(true, report);
        }
      }
      unsafe = found;
    }
    const older = found.filter((one) => !openKeys.has(one.key) && !askedBefore.has(nameOf(one)));
    if (older.length) {
      // Older counts are found: which of them follow from older releases alone?
      if (!askedOlder) excuses = withInherited(excuses, asIf(system, open, 'latent', screenEach));
      askedOlder = true;
      for (const one of older) askedBefore.add(nameOf(one));
      excuses = withInherited(excuses, findingsOf(asIf(system, open, 'latent', () => audits.aside(older))));
      found = counting(found);
      if (found.length === 0) continue;
    }
    /** Whether more was withheld, or proofs were found for what is withheld already. */
    const giveRoom = (to: readonly Finding[], each: boolean): boolean => {
      if (!solver) return false;
      const rooms = roomsFor(system, to, policy, each);
      const { hidden, steps } = hideForRoom(system, rooms, { hideable, costOf, occurs }, solver);
      if (each) audits.suggest(steps.flatMap((step) => [home, step]));
      return hidden > 0 || (each && steps.length > 0);
    };
    if (
      giveRoom(
        found.filter(({ key }) => system.byKey.get(key)?.keeps),
        false,
      )
    ) {
      close();
      continue;
    }
    // For a few new counts of the weekly series linear programs say what costs least; the auditor's own proofs move whatever they were found with, totals too.
    const few = screened ? [] : found.filter((one) => isInSeries(one) && !roomed.has(nameOf(one)));
    for (const one of few) roomed.add(nameOf(one));
    if (few.length > 0 && few.length <= fewFindings && giveRoom(few, true)) {
      close();
      continue;
    }
    if (!screened) {
      // The auditor looks for proofs in which window totals may move, then all new cells. For counts that were settled before, what these proofs move is withheld.
      let left = found;
      const before = hiddenCells();
      for (const cells of [rollingCells(), open]) {
        if (cells.length === 0 || left.length === 0) continue;
        const seen = asIf(system, cells, 'hidden', () => audits.aside(left));
        // What is found with all new cells withheld was told beforehand.
        if (cells === open) excuses = withTold(excuses, findingsOf(seen));
        left = hideByWalks(system, counting(left), seen.walks, costOf, policy);
      }
      // Each is given room once, and a proof that asks for no more cells is believed once: the auditor may not be able to follow it.
      const isNew = (one: Finding): boolean => !helped.has(nameOf(one));
      const fresh = left.filter(isNew);
      const helps =
        hiddenCells() > before ||
        found.some((one) => isNew(one) && !left.includes(one)) ||
        (fresh.length > 0 && fresh.length <= fewFindings && giveRoom(fresh, true));
      for (const one of found) helped.add(nameOf(one));
      if (helps) {
        close();
        continue;
      }
      if (left.length > 0) found = left;
    }
    const rolling = rollingCells();
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
      close();
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
