/**
 * The auditor: judges every withheld small count under every attacker, with everything published so far in one system, and proves each verdict in whole numbers
 * (docs/METHODS.md §3.5). Substitution, bound propagation, integer witnesses, linear programs on the rest; what none of them decides counts as disclosed.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { type Bounds, propagate, type Rows, rowsOf, type Trace } from '../system/propagate.ts';
import type { Equation, System, Variable } from '../system/system.ts';
import { type Fiber, fiberOf } from '../walk/fiber.ts';
import { partsOf } from '../walk/lattice.ts';
import { type KnownMoves, moveBook } from '../walk/short-moves.ts';
import type { Step } from '../walk/walk.ts';
import { type Attacker, attackers, knowledgeOf } from './attackers.ts';
import type { Walks } from './carry.ts';
import type { AttackCertificate, Certificate } from './certificate.ts';
import { completeCounts } from './complete-counts.ts';
import { demandOf, type Limits } from './demand.ts';
import { reachOf } from './reach.ts';
import { searchWitnesses } from './search.ts';
import { type AuditVerdict, type Sensitive, verdictsOf } from './verdict.ts';

export type AuditReport = {
  /** One for each sensitive number and attacker. */
  readonly verdicts: readonly AuditVerdict[];
  /** Those that are not safe: none of them means certified. */
  readonly disclosed: readonly AuditVerdict[];
  readonly certificate: Certificate;
  /** The walk of each attacker, to begin from when more cells are withheld. */
  readonly walks: Walks;
  /** Moves that were found: they hold as long as the equations are the same. */
  readonly moves: KnownMoves;
  /** So many values were demanded of each count. */
  readonly feasibleIntegers: number;
  readonly unknowns: number;
  readonly equations: number;
  /** Entries of equations looked at. */
  readonly work: number;
};

export type AuditOptions = {
  readonly attackers?: readonly Attacker[];
  /** Variables: only connected parts that hold one of them are judged. */
  readonly concerns?: ReadonlySet<number>;
  /** Variables that nothing new bears on: not judged again. */
  readonly standing?: ReadonlySet<number>;
  /** Entries of equations that may be looked at; what is not decided by then is undecided. */
  readonly work?: number;
  /** Decides what neither propagation nor the walk decides; without one, more is undecided. */
  readonly solver?: Solver;
  /** Where many counts are open to an attacker, what neither propagation nor the walk decides stays undecided, without asking the solver. */
  readonly hasty?: boolean;
  /** Looks for each value that is left to counts that are disclosed, too: whoever excuses them must know that it is possible. No verdict hangs on it. */
  readonly thorough?: boolean;
  /** Of the same system when fewer cells were withheld: what was shown possible then is possible now. */
  readonly earlier?: Pick<AuditReport, 'verdicts' | 'walks'> & Partial<Pick<AuditReport, 'moves'>>;
  /** Walks through the system of the release before. */
  readonly carried?: Walks;
  /** Judges only what this says of a count, by its key, and an attacker. */
  readonly only?: (key: string, attacker: Attacker) => boolean;
};

/** Judged in this order: what was shown possible to an attacker who knows more is possible to one who knows less. */
const order: readonly Attacker[] = ['flags known', 'zeros known', 'threshold known', 'plain', 'incidents known'];

export function audit(system: System, limits: Limits, options: AuditOptions = {}): AuditReport {
  const { variables, equations } = system;
  const rows = rowsOf(equations, variables.length);
  const base = completeCounts(system, rows);
  const settledBefore = new Map(
    options.earlier?.verdicts.flatMap(({ key, attacker, status, by }) =>
      status === 'safe' ? [[`${attacker}|${key}`, by] as const] : [],
    ),
  );
  const part = openParts(system, rows, limits, base);
  const concerned = options.concerns && reachOf(options.concerns, rows, system);
  const judged = ({ index, key }: Variable, attacker: Attacker) =>
    (concerned?.has(index) ?? true) && !options.standing?.has(index) && (options.only?.(key, attacker) ?? true);
  const attacks: Attack[] = [];
  const shown = variables.map(({ state }) => state === 'shown');
  const slacks = slacksOf(system);
  const verdicts: AuditVerdict[] = [];
  let work = 0;
  const walks = new Map<Attacker, readonly Step[]>();
  let inherited: readonly Step[] = [];
  /** What the attacker who knows least has open: whoever knows more has less. */
  const widest = (): Fiber => {
    const plain = knowledgeOf(system, 'plain', limits.threshold, part);
    propagate(rows, plain);
    return fiberOf(system, rows, plain, base ?? plain.low);
  };
  const book = moveBook(widest, options.earlier?.moves);
  for (const attacker of order) {
    if (!(options.attackers ?? attackers).includes(attacker)) continue;
    if (options.only && !variables.some(({ key }) => options.only?.(key, attacker))) continue;
    const knows = knowledgeOf(system, attacker, limits.threshold, part);
    // Judging only some counts, each attacker may be asked of others.
    const alike = options.only ? undefined : attacks.find((one) => isAlike(one, attacker, knows));
    if (alike) {
      for (const { by, ...verdict } of verdicts.filter((one) => one.attacker === alike.attacker)) {
        const before = verdict.status === 'safe' ? settledBefore.get(`${attacker}|${verdict.key}`) : undefined;
        const how = before ?? by;
        verdicts.push({ ...verdict, attacker, ...(how ? { by: how } : {}) });
      }
      walks.set(attacker, walks.get(alike.attacker) ?? []);
      attacks.push({ attacker, knows, written: () => ({ ...alike.written(), attacker }) });
      continue;
    }
    const bounds = { low: knows.low.slice(), high: knows.high.slice() };
    const trace: Trace = [];
    const fits = propagate(rows, bounds, undefined, trace) !== false && base !== undefined;
    const sensitive = variables.flatMap((variable): Sensitive[] => {
      const { index, key } = variable;
      const between = [bounds.low[index] as number, bounds.high[index] as number] as const;
      // Whoever knows of incidents may know of none here: that something is there must then stay open as well.
      const known = attacker === 'incidents known' ? variable.least : (knows.low[index] as number);
      const demand = judged(variable, attacker) && demandOf(variable, between, known, limits);
      return demand ? [{ index, key, demand }] : [];
    });
    const search =
      fits && base
        ? searchWitnesses(system, rows, bounds, base, sensitive, limits, {
            work: (options.work ?? 400_000_000) - work,
            carried: options.carried?.get(attacker) ?? [],
            before: options.earlier?.walks.get(attacker) ?? [],
            inherited,
            book,
            solver: options.solver,
            hasty: options.hasty ?? false,
            thorough: options.thorough ?? false,
          })
        : undefined;
    if (search) {
      work += search.walk.spent;
      walks.set(attacker, search.walk.steps);
      if (attacker !== 'incidents known') inherited = search.fresh;
    }
    const found = verdictsOf(attacker, sensitive, { bounds, fits, search, limits, settledBefore });
    verdicts.push(...found);
    const written = (): AttackCertificate => ({
      attacker,
      knows: variables.flatMap(({ index }) =>
        shown[index] ? [] : [[index, finite(knows.low[index] as number), finite(knows.high[index] as number)] as const],
      ),
      proof: [...proofOf(trace), ...(search?.proof ?? [])],
      walk: (search?.walk.steps ?? []).map((step) => withSlack(slacks, rows, step)),
      verdicts: found.map(({ status, least, most }, nth) => [
        (sensitive[nth] as Sensitive).index,
        status,
        finite(least),
        finite(most),
      ]),
    });
    attacks.push({ attacker, knows, written });
  }
  let certificate: Certificate | undefined;
  return {
    verdicts,
    disclosed: verdicts.filter(({ status }) => status !== 'safe'),
    // Written down only when somebody reads it: of the many audits on the way to a release the last one is kept.
    get certificate() {
      certificate ??= {
        ...limits,
        variables: variables.map(({ key, keeps }, index) => ({
          key,
          shown: shown[index] === true,
          count: base?.[index] ?? 0,
          ...(keeps ? { keeps: [keeps.least, keeps.most] as const } : {}),
        })),
        equations: equations.map(({ variables, coefficients }) =>
          variables.flatMap((variable, at) => [variable, coefficients[at] ?? 0]),
        ),
        attacks: attacks.map(({ written }) => written()),
      };
      return certificate;
    },
    walks,
    moves: book.known,
    feasibleIntegers: limits.feasibleIntegers,
    unknowns: variables.filter(({ state }) => state !== 'shown').length,
    equations: rows.count,
    work,
  };
}

type Attack = { readonly attacker: Attacker; readonly knows: Bounds; readonly written: () => AttackCertificate };

/** Whether an attacker knows exactly what another does: a guess that is wrong everywhere tells nothing. Who knows of incidents is asked for more. */
const isAlike = (one: Attack, attacker: Attacker, { low, high }: Bounds): boolean =>
  attacker !== 'incidents known' &&
  one.attacker !== 'incidents known' &&
  low.every((bound, index) => bound === one.knows.low[index]) &&
  high.every((bound, index) => bound === one.knows.high[index]);

const finite = (bound: number): number | null => (Number.isFinite(bound) ? bound : null);

/** The connected part of each variable that is not shown, before anything is drawn from the equations; −1 for shown ones. */
function openParts(system: System, rows: Rows, { threshold }: Limits, base: Float64Array | undefined): Int32Array {
  const none = new Int32Array(system.variables.length).fill(-1);
  const plain = knowledgeOf(system, 'plain', threshold, none);
  const fiber = fiberOf(system, rows, plain, base ?? plain.low);
  const { part } = partsOf(fiber);
  return Int32Array.from(fiber.column, (column) => (column < 0 ? -1 : (part[column] as number)));
}

/** A trace of single equations as a proof: each bound from one equation and the bounds before it. */
function proofOf(trace: Trace): number[][] {
  const proof: number[][] = [];
  for (let at = 0; at < trace.length; at += 3)
    proof.push([trace[at + 1] as number, trace[at + 2] as number, trace[at] as number, 1]);
  return proof;
}

/** The slack of each equation of a bounded form, by the equation. */
function slacksOf({ variables, equations }: System): ReadonlyMap<number, Slack> {
  const slacks = new Map<number, Slack>();
  for (const [row, equation] of equations.entries()) {
    const slack = equation.variables.at(-1);
    if (slack !== undefined && variables[slack]?.state === 'slack') slacks.set(row, { slack, equation });
  }
  return slacks;
}

type Slack = { readonly slack: number; readonly equation: Equation };

/** A step as the certificate tells it: what the slacks of bounded forms take up is said too, so that every equation holds exactly. */
function withSlack(slacks: ReadonlyMap<number, Slack>, rows: Rows, { along, times }: Step): number[] {
  const step = [times, ...along];
  if (slacks.size === 0) return step;
  const balance = new Map<number, number>();
  for (let at = 0; at < along.length; at += 2) {
    const variable = along[at] as number;
    for (
      let entry = rows.occursStart[variable] as number;
      entry < (rows.occursStart[variable + 1] as number);
      entry++
    ) {
      const bounded = slacks.get(rows.occurs[entry] as number);
      if (!bounded) continue;
      const { slack, equation } = bounded;
      const coefficient = equation.coefficients[equation.variables.indexOf(variable)] ?? 0;
      balance.set(slack, (balance.get(slack) ?? 0) + coefficient * (along[at + 1] as number));
    }
  }
  for (const [slack, by] of balance) if (by !== 0) step.push(slack, by);
  return step;
}
