/**
 * What one attacker must think possible: integer witnesses by the walk, by trying in small parts, and by linear programs that also prove bounds (docs/METHODS.md §3.5).
 */
import type { Solver } from '../../domain/linear-program.ts';
import type { Bounds, Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';
import { type Fiber, fiberOf } from '../walk/fiber.ts';
import type { MoveBook } from '../walk/short-moves.ts';
import { noWalk, type Step, type Walk } from '../walk/walk.ts';
import { type Effort, type Walker, walker } from '../walk/witness.ts';
import { climbByMoves } from './climb-by-moves.ts';
import { tableWith } from './complete-counts.ts';
import type { Demand, Limits } from './demand.ts';
import { proveInPart, proveNearby } from './linear-search.ts';
import type { Method } from './method.ts';
import { type Asked, OpenCounts, type Sought } from './open-counts.ts';
import { seekWhole } from './whole-search.ts';

const firstRepair: Effort = { tries: 4, changes: 60 };
const repairs: readonly Effort[] = [firstRepair, { tries: 8, changes: 100 }];
/** Where few counts are left. */
const lastRepair: Effort = { tries: 200, changes: 150 };

/** Changes to a step of an older walk: new totals follow their parts. */
const mostMending = 12;

/** Parts of so few unknowns are tried value by value, with so many trials for each. */
const fewColumns = 60;
const mostTrials = 200;

/** Questions for tables of whole numbers about one attacker's open counts, and those of them without an answer. */
const mostQuestions = 200;
const mostInVain = 12;
/** Where the nearest tables are not of whole numbers by themselves, repairs are the quicker way. */
const fewInVain = 2;

type Search = {
  readonly fiber: Fiber;
  readonly walk: Walk;
  /** Whether the tables on the walk show all that is demanded of a column. */
  readonly meets: (column: number, demand: Demand) => boolean;
  /** What showed a count to be safe, by column. */
  readonly settled: ReadonlyMap<number, Method>;
  /** Steps made that were not made before. */
  readonly fresh: readonly Step[];
  /** Bounds that linear programs gave. */
  readonly proof: number[][];
};

type Means = {
  readonly work: number;
  /** This attacker's walk when fewer cells were withheld. */
  readonly before: readonly Step[];
  /** This attacker's walk through the system of the release before. */
  readonly carried: readonly Step[];
  /** What an attacker who knows more was just shown. */
  readonly inherited: readonly Step[];
  readonly book: MoveBook;
  readonly solver: Solver | undefined;
  /** Programs are asked of few counts only. */
  readonly hasty: boolean;
  /** Whether the values that are left to counts that their bounds disclose are looked for. */
  readonly thorough: boolean;
};

/** Completes `bounds` with what linear programs prove. */
export function searchWitnesses(
  system: System,
  rows: Rows,
  bounds: Bounds,
  base: Float64Array,
  toProve: readonly Asked[],
  { threshold }: Limits,
  means: Means,
): Search {
  const fiber = fiberOf(system, rows, bounds, base);
  const walk = noWalk(fiber);
  const counts = new OpenCounts({ fiber, walk, rows, bounds, base, threshold }, toProve, means.thorough);
  const proof: number[][] = [];
  const fresh = counts.list.length > 0 ? new WitnessSearch(counts, proof, means).all() : [];
  return { fiber, walk, meets: counts.meets, settled: counts.settled, proof, fresh };
}

class WitnessSearch {
  readonly #counts: OpenCounts;
  readonly #proof: number[][];
  readonly #means: Means;
  readonly #walking: Walker;

  /** `proof` is completed. */
  constructor(counts: OpenCounts, proof: number[][], means: Means) {
    this.#counts = counts;
    this.#proof = proof;
    this.#means = means;
    this.#walking = walker(counts.ground.fiber, counts.ground.walk);
  }

  /** In the order of what they cost: each method is asked only of what those before it left. Answers the steps that are new. */
  all(): readonly Step[] {
    const { book, solver, work } = this.#means;
    const counts = this.#counts;
    const made = this.#followOlderWalks();
    climbByMoves(counts, this.#walking, { book, work, isFollowed: solver !== undefined });
    counts.settle('walk');
    this.#tryValues();
    counts.settle('trial');
    this.#askPrograms();
    counts.settle('linear program');
    counts.keep((at) => counts.isOpen(at) && counts.canMeet(at));
    for (const effort of repairs) this.#repair(effort);
    counts.settle('walk');
    this.#seekNearest(false);
    counts.settle('linear program');
    if (counts.areFew()) this.#repair(lastRepair);
    counts.settle('walk');
    this.#seekNearest(true);
    counts.settle('linear program');
    this.#walking.home();
    return counts.ground.walk.steps.slice(made);
  }

  /** Answers how many of the steps are no new ones. Of older walks only what is still missing is gone through again. */
  #followOlderWalks(): number {
    const { steps } = this.#counts.ground.walk;
    const { before, carried, inherited } = this.#means;
    const follow = (older: readonly Step[], mending = 0): void => {
      this.#walking.inherit(older, this.#counts.isWanted, mending);
      this.#walking.home();
    };
    follow(before);
    // What the last release proved is in the walk of an earlier audit already.
    const isFirst = before.length === 0;
    if (isFirst) follow(carried);
    const made = steps.length;
    follow(inherited);
    if (isFirst) follow(carried, mostMending);
    return made;
  }

  /** In small parts every value is tried, one after the other, as long as the trials last. */
  #tryValues(): void {
    const counts = this.#counts;
    const { fiber, rows, bounds, base, threshold } = counts.ground;
    for (const at of counts.list) {
      const inPart = counts.partAround(at.column);
      if (inPart.length > fewColumns) continue;
      const variables = inPart.map((column) => fiber.variable[column] as number);
      for (const value of valuesToTry(fiber, at, threshold)) {
        if (!counts.isOpen(at)) break;
        const found = tableWith(rows, bounds, base, variables, [at.index, value], { left: mostTrials });
        if (!found) continue;
        const table = Float64Array.from(variables, (variable) => found[variable] as number);
        this.#walking.jump(inPart, table);
      }
    }
  }

  /** Where programs may be asked of so many counts. */
  #solver(): Solver | undefined {
    const { solver, hasty } = this.#means;
    return hasty && !this.#counts.areFew() ? undefined : solver;
  }

  /** Bounds by linear programs; their points of whole numbers are tables. */
  #askPrograms(): void {
    const solver = this.#solver();
    if (!solver) return;
    const counts = this.#counts;
    const prover = { ...counts.ground, solver, proof: this.#proof };
    const isLeft = (at: Sought): boolean => counts.isOpen(at) && counts.canMeet(at);
    for (const at of counts.list) if (counts.canMeet(at)) proveNearby(prover, at);
    counts.keep(isLeft);
    counts.eachPart((inPart, within) => {
      proveInPart(prover, inPart, within, (at, columns, point) => {
        this.#walking.home();
        if (this.#walking.jump(columns, point)) this.#walkOn(at, firstRepair);
      });
      counts.keep(isLeft);
    });
  }

  #repair(effort: Effort): void {
    const counts = this.#counts;
    counts.keep((at) => {
      if (!counts.isOpen(at)) return false;
      this.#walking.home();
      return this.#walkOn(at, effort);
    });
  }

  /** Walks on by repairs until what is demanded is shown; answers whether something is still missing. */
  #walkOn({ column, demand }: Sought, effort: Effort): boolean {
    const { fiber, walk, threshold } = this.#counts.ground;
    const walking = this.#walking;
    if (walk.spent > this.#means.work) return true;
    if (!walking.seek(column, demand.values, effort)) return true;
    if (demand.least < Number.POSITIVE_INFINITY && !walking.reach(column, demand.least, effort)) return true;
    if (demand.most > Number.NEGATIVE_INFINITY && !walking.reach(column, demand.most, effort)) return true;
    if (!demand.safeEnd || this.#counts.showsEnd(column)) return false;
    const down = (fiber.low[column] as number) <= 0 && walking.reach(column, 0, effort);
    return !down && !((fiber.high[column] as number) >= threshold && walking.reach(column, threshold, effort));
  }

  /** Asks for the nearest tables with a value that is missing; without `branching` for those alone that are of whole numbers by themselves. */
  #seekNearest(branching: boolean): void {
    const solver = this.#solver();
    if (!solver) return;
    const counts = this.#counts;
    const patience = { questions: mostQuestions, inVain: branching ? mostInVain : fewInVain };
    const seeker = { ...counts.ground, solver, patience };
    counts.eachPart((inPart, within) => {
      seekWhole(seeker, inPart, within, branching, (at, columns, point) => {
        this.#walking.home();
        return this.#walking.jump(columns, point) && counts.meets(at.column, at.demand);
      });
      counts.keep(counts.isOpen);
    });
  }
}

/** The ends that are demanded, then the values around the true count. */
function valuesToTry({ low, high, base }: Fiber, { column, demand }: Sought, threshold: number): ReadonlySet<number> {
  const [least, most] = [low[column] as number, high[column] as number];
  const around = Array.from({ length: 31 }, (_, nth) => (base[column] as number) - 15 + nth);
  const values = [0, threshold, demand.least, demand.most, ...around];
  return new Set(values.filter((value) => value >= least && value <= most));
}
