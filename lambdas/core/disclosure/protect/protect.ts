/**
 * Suppress second: hides small counts, then others beside them, until the attacker finds nothing (docs/METHODS.md §3.6). What an earlier release showed or
 * withheld is settled; only cells that are new can be hidden.
 */
import type { Solver } from '../../domain/linear-program.ts';
import { type Attacker, attackers } from '../audit/attackers.ts';
import type { AuditReport } from '../audit/audit.ts';
import type { Walks } from '../audit/carry.ts';
import { independentParts } from '../audit/independent-parts.ts';
import type { Policy } from '../policy.ts';
import type { System, Variable } from '../system/system.ts';
import type { Candidate } from '../tables/assemble.ts';
import type { Grid } from '../tables/grid.ts';
import { home } from '../walk/walk.ts';
import { auditsOf } from './audits.ts';
import { hideForRoom } from './cheapest-way.ts';
import { hideBeside } from './complements.ts';
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
import { type QuickScreen, quickScreen } from './quick-screen.ts';
import { type ReleaseCells, releaseCells } from './release-cells.ts';
import { roomsFor } from './room.ts';
import { hideByWalks } from './ways.ts';
import { asIf, untouchedBy } from './without-release.ts';

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
  means: Means = {},
): Protection {
  const cells = releaseCells(system, candidates, policy, key, means.cost);
  const protector = new Protector(system, policy, cells, means);
  // After a release what it proved is begun from; without one, cells are chosen so that they come with their proof.
  if (!means.carried)
    protector.choose(
      candidates.map(({ grid }) => grid),
      means.against ?? attackers,
    );
  return protector.goThroughRounds();
}

class Protector {
  readonly #system: System;
  readonly #policy: Policy;
  readonly #cells: ReleaseCells;
  readonly #screen: QuickScreen;
  readonly #audits: ReturnType<typeof auditsOf>;
  readonly #solver: Solver | undefined;
  /** Whether the quick screen asks for linear disclosure: after a release the auditor has proofs to begin from and is the cheaper way to it. */
  readonly #algebra: boolean;
  readonly #openKeys: ReadonlySet<string>;
  readonly #withheld: string[] = [];
  #rounds = 0;
  #excuses: Excuses = { inherited: [], told: [] };
  /** What the auditor found last. */
  #unsafe: readonly Finding[] = [];
  /** Findings by name: of which it was asked, or is known, what older releases disclose; which were given room, and which were helped by proofs. */
  readonly #askedBefore: Set<string>;
  readonly #roomed = new Set<string>();
  readonly #helped = new Set<string>();
  #askedOlder = false;

  constructor(
    system: System,
    policy: Policy,
    cells: ReleaseCells,
    { solver, carried, safeBefore = [], parts, against = attackers }: Means,
  ) {
    this.#system = system;
    this.#policy = policy;
    this.#cells = cells;
    this.#solver = solver;
    this.#algebra = carried === undefined;
    this.#openKeys = new Set(cells.open.map(({ key }) => key));
    this.#screen = quickScreen(system, policy, cells, against, this.#algebra);
    cells.close();
    this.#audits = auditsOf(system, policy, {
      attackers: against,
      concerns: cells.concerns,
      ...(solver ? { solver } : {}),
      ...(carried ? { carried } : {}),
      ...(parts ? { standing: independentParts(system, policy).standing(parts) } : {}),
    });
    this.#excuses = withTold(this.#excuses, asIf(system, cells.open, 'hidden', this.#screen.byEach));
    // What was safe with the last release is not disclosed by older ones.
    this.#askedBefore = new Set(safeBefore.map(nameOf));
  }

  /** Withholds cells beside small counts by blocks, and together beside cells with a protection of their own. */
  choose(grids: readonly Grid[], against: readonly Attacker[]): void {
    const { rows, open, hideable, costOf, close } = this.#cells;
    this.#audits.suggest(hideCorners(this.#system, rows, grids, { against, limits: this.#policy, hideable, costOf }));
    const own = open.filter(({ state, keeps }) => state === 'hidden' && keeps);
    const lacking = own.flatMap(({ key }) => this.#screen.attackers.map((attacker) => ({ key, attacker, reason: '' })));
    if (this.#solver && own.length > 0) {
      const rooms = roomsFor(this.#system, lacking, this.#policy, false);
      this.#audits.suggest(hideTogether(this.#system, rooms, { hideable, costOf }, this.#solver).steps);
    }
    close();
  }

  /** Withholds more as long as something is found that nothing excuses. */
  goThroughRounds(): Protection {
    for (; this.#rounds < mostRounds; this.#rounds++) {
      const screened = this.#screened();
      const audited = screened.length > 0 ? undefined : this.#audited();
      if (audited?.report) return this.#answer(true, audited.report);
      const found = this.#withoutInherited(audited?.found ?? screened);
      if (found.length === 0) continue;
      if (this.#withholdBeside(found, audited !== undefined)) {
        this.#cells.close();
        continue;
      }
      if (!this.#withholdTable()) return this.#left();
    }
    return this.#answer(false, this.#audits.whole());
  }

  #answer(certified: boolean, report: AuditReport): Protection {
    return { certified, rounds: this.#rounds, withheld: this.#withheld, report, ...this.#excuses };
  }

  #counting(findings: readonly Finding[]): Finding[] {
    return unexcused(findings, this.#excuses);
  }

  #untouched(findings: readonly Finding[]): Finding[] {
    return untouchedBy(this.#cells.open, this.#system, this.#cells.rows, findings);
  }

  #screened(): Finding[] {
    const found = this.#counting(this.#screen.byStrongest(this.#algebra && this.#rounds % 4 === 3));
    return found.length > 0 ? found : this.#counting(this.#screen.byWeaker());
  }

  /** What the auditor finds; with its report where that is nothing that the release is to blame for. First what was not safe; where nothing of that is left, everything. */
  #audited(): { readonly found: readonly Finding[]; readonly report?: AuditReport } {
    let found = this.#unsafe.length > 0 ? this.#counting(findingsOf(this.#audits.again(this.#unsafe))) : [];
    if (found.length === this.#untouched(found).length) {
      const report = this.#audits.whole();
      found = this.#counting(findingsOf(report));
      const beyond = this.#untouched(found);
      if (found.length === beyond.length) {
        this.#excuses = withUntouched(this.#excuses, beyond);
        return { found, report };
      }
    }
    this.#unsafe = found;
    return { found };
  }

  /** What is found of older counts may follow from older releases alone; that is asked once. */
  #withoutInherited(found: readonly Finding[]): readonly Finding[] {
    const older = found.filter((one) => !this.#openKeys.has(one.key) && !this.#askedBefore.has(nameOf(one)));
    if (older.length === 0) return found;
    const { open } = this.#cells;
    if (!this.#askedOlder)
      this.#excuses = withInherited(this.#excuses, asIf(this.#system, open, 'latent', this.#screen.byEach));
    this.#askedOlder = true;
    for (const one of older) this.#askedBefore.add(nameOf(one));
    const alone = asIf(this.#system, open, 'latent', () => this.#audits.aside(older));
    this.#excuses = withInherited(this.#excuses, findingsOf(alone));
    return this.#counting(found);
  }

  /** Withholds cells beside what was found, in the first way that helps; answers whether one did. */
  #withholdBeside(found: readonly Finding[], audited: boolean): boolean {
    const own = found.filter(({ key }) => this.#system.byKey.get(key)?.keeps);
    if (this.#giveRoom(own, false)) return true;
    if (!audited) return this.#withholdCheapest(found);
    // For a few new counts of the weekly series linear programs say what costs least; the auditor's own proofs move whatever they were found with, totals too.
    const few = found.filter((one) => this.#cells.isInSeries(one.key) && !this.#roomed.has(nameOf(one)));
    for (const one of few) this.#roomed.add(nameOf(one));
    if (few.length > 0 && few.length <= fewFindings && this.#giveRoom(few, true)) return true;
    const left = this.#withholdByProofs(found);
    return left === 'helped' || this.#withholdCheapest(left.length > 0 ? left : found);
  }

  /** Whether more was withheld by linear programs, or, with `each`, proofs were found for what is withheld already. */
  #giveRoom(to: readonly Finding[], each: boolean): boolean {
    if (!this.#solver) return false;
    const rooms = roomsFor(this.#system, to, this.#policy, each);
    const { hidden, steps } = hideForRoom(this.#system, rooms, this.#cells, this.#solver);
    if (each) this.#audits.suggest(steps.flatMap((step) => [home, step]));
    return hidden > 0 || (each && steps.length > 0);
  }

  /** The auditor looks for proofs in which window totals may move, then all new cells. For counts that were settled before, what these proofs move is withheld. Answers what is left. */
  #withholdByProofs(found: readonly Finding[]): readonly Finding[] | 'helped' {
    const { open, costOf, rolling } = this.#cells;
    const hiddenCells = (): number => open.filter(({ state }) => state === 'hidden').length;
    let left = found;
    const before = hiddenCells();
    for (const cells of [rolling(), open]) {
      if (cells.length === 0 || left.length === 0) continue;
      const seeking = left;
      const seen = asIf(this.#system, cells, 'hidden', () => this.#audits.aside(seeking));
      // What is found with all new cells withheld was told beforehand.
      if (cells === open) this.#excuses = withTold(this.#excuses, findingsOf(seen));
      left = hideByWalks(this.#system, this.#counting(left), seen.walks, costOf, this.#policy);
    }
    // Each is given room once, and a proof that asks for no more cells is believed once: the auditor may not be able to follow it.
    const isNew = (one: Finding): boolean => !this.#helped.has(nameOf(one));
    const fresh = left.filter(isNew);
    const helps =
      hiddenCells() > before ||
      found.some((one) => isNew(one) && !left.includes(one)) ||
      (fresh.length > 0 && fresh.length <= fewFindings && this.#giveRoom(fresh, true));
    for (const one of found) this.#helped.add(nameOf(one));
    return helps ? 'helped' : left;
  }

  /** The cheapest cell of the tightest equation beside each; a window total where it is to blame. */
  #withholdCheapest(found: readonly Finding[]): boolean {
    const { rolling, occurs, hideable, costOf } = this.#cells;
    const totals = rolling();
    const blamed = new Set(totals.length > 0 ? found.map(({ key }) => key) : []);
    if (totals.length > 0)
      for (const { key } of asIf(this.#system, totals, 'latent', () => this.#screen.byStrongest(true)))
        blamed.delete(key);
    const expendable = new Set(totals);
    const inTotals = found.filter(({ key }) => blamed.has(key));
    const others = found.filter(({ key }) => !blamed.has(key));
    const isTotal = (of: Variable): boolean => hideable(of) && expendable.has(of);
    const hidden =
      hideBeside(this.#system, inTotals, occurs, isTotal, costOf) +
      hideBeside(this.#system, others, occurs, hideable, costOf);
    return hidden > 0;
  }

  /** Withholds the next whole table; answers whether there was one. */
  #withholdTable(): boolean {
    const { tables, hideable } = this.#cells;
    const next = tables.find(({ cells }) => [...cells].some(hideable));
    for (const cell of next?.cells ?? []) if (hideable(cell)) cell.state = 'hidden';
    if (next) this.#withheld.push(next.query);
    return next !== undefined;
  }

  /** Nothing new is shown any more: what is still found follows without this release, unless coverage tells it. */
  #left(): Protection {
    const proven = this.#audits.whole();
    const left = this.#counting(findingsOf(proven));
    const beyond = this.#untouched(left);
    this.#excuses = withUntouched(this.#excuses, beyond);
    return this.#answer(left.length === beyond.length, proven);
  }
}
