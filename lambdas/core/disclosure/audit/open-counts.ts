/** The counts that one attacker's search is about: what is demanded of each, what was shown of it, and what settled it (docs/METHODS.md §3.5). */
import type { Bounds, Rows } from '../system/propagate.ts';
import type { Fiber } from '../walk/fiber.ts';
import { membersOf, partsOf } from '../walk/lattice.ts';
import { valuesSeen, type Walk } from '../walk/walk.ts';
import type { Demand } from './demand.ts';
import type { Method } from './method.ts';

/** What the attacker does not know, and the tables found for it. */
export type Ground = {
  readonly fiber: Fiber;
  readonly walk: Walk;
  readonly rows: Rows;
  readonly bounds: Bounds;
  /** The true count of each variable. */
  readonly base: Float64Array;
  readonly threshold: number;
};

/** A count by its variable, and what must be shown of it. */
export type Asked = { readonly index: number; readonly demand: Demand };
/** The same where the attacker has it open. */
export type Sought = Asked & { readonly column: number };

const fewOpen = 24;

export class OpenCounts {
  readonly ground: Ground;
  readonly settled = new Map<number, Method>();
  readonly #sought: readonly Sought[];
  readonly #demands: ReadonlyMap<number, Demand>;
  #open: readonly Sought[];
  #connected: { readonly members: readonly (readonly number[])[]; readonly partOf: Int32Array } | undefined;

  /** `thorough`: counts that their bounds disclose are looked for too, as far as the bounds let them: it tells how much is disclosed. */
  constructor(ground: Ground, asked: readonly Asked[], thorough: boolean) {
    this.ground = ground;
    this.#sought = asked
      .filter((at) => thorough || this.canMeet(at))
      .map((at) => ({ ...at, demand: this.#withinBounds(at), column: ground.fiber.column[at.index] as number }))
      .filter(({ column }) => column >= 0);
    this.#demands = new Map(this.#sought.map(({ column, demand }) => [column, demand]));
    this.#open = this.#sought;
    for (const { column } of this.#sought) ground.walk.asked[column] = 1;
  }

  /** Those that something was still missing of when they were looked at last. */
  get list(): readonly Sought[] {
    return this.#open;
  }

  /** Whether they are so few that programs are sooner asked than costly moves sought. */
  areFew(): boolean {
    return this.#open.length <= fewOpen;
  }

  keep(isLeft: (at: Sought) => boolean): void {
    this.#open = this.#open.filter(isLeft);
  }

  /** What is shown by now was settled by this, if nothing before did. */
  settle(method: Method): void {
    for (const at of this.#sought)
      if (!this.settled.has(at.column) && !this.isOpen(at)) this.settled.set(at.column, method);
  }

  /** Whether something that is demanded of this column is missing. */
  readonly isWanted = (column: number): boolean => {
    const demand = this.ground.walk.asked[column] === 1 ? this.#demands.get(column) : undefined;
    return demand !== undefined && !this.meets(column, demand);
  };

  readonly isOpen = ({ column, demand }: Sought): boolean => !this.meets(column, demand);

  /** Whether the tables on the walk show all of this. */
  readonly meets = (column: number, { values, safeEnd, least, most }: Demand): boolean => {
    const { walk } = this.ground;
    return (
      column >= 0 &&
      valuesSeen(walk, column) >= values &&
      (!safeEnd || this.showsEnd(column)) &&
      (walk.least[column] as number) <= least &&
      (walk.most[column] as number) >= most
    );
  };

  /** Whether zero or a count that is not small was shown. */
  showsEnd(column: number): boolean {
    const { walk, threshold } = this.ground;
    return (walk.least[column] as number) <= 0 || (walk.most[column] as number) >= threshold;
  }

  /** Whether the bounds, as far as they are proven, leave what is demanded. */
  readonly canMeet = ({ index, demand: { values, safeEnd, least, most } }: Asked): boolean => {
    const { bounds, threshold } = this.ground;
    const [low, high] = [bounds.low[index] as number, bounds.high[index] as number];
    return high - low + 1 >= values && (!safeEnd || low <= 0 || high >= threshold) && low <= least && high >= most;
  };

  #withinBounds(at: Asked): Demand {
    if (this.canMeet(at)) return at.demand;
    const { bounds } = this.ground;
    const [low, high] = [bounds.low[at.index] as number, bounds.high[at.index] as number];
    const { values, least, most } = at.demand;
    return {
      values: Math.min(values, high - low + 1),
      safeEnd: false,
      least: Math.max(least, low),
      most: Math.min(most, high),
    };
  }

  /** What is open in the same connected part as this column, itself among them. */
  partAround(column: number): readonly number[] {
    const { members, partOf } = this.#parts();
    return members[partOf[column] as number] ?? [];
  }

  /** Goes through the connected parts that hold counts of the list; those that one part settles are not asked of again. */
  eachPart(then: (members: readonly number[], within: readonly Sought[]) => void): void {
    if (this.#open.length === 0) return;
    const { members, partOf } = this.#parts();
    for (const part of members.keys()) {
      const within = this.#open.filter(({ column }) => partOf[column] === part);
      if (within.length > 0) then(members[part] ?? [], within);
    }
  }

  #parts() {
    if (this.#connected === undefined) {
      const parts = partsOf(this.ground.fiber);
      this.#connected = { members: membersOf(parts), partOf: parts.part };
    }
    return this.#connected;
  }
}
