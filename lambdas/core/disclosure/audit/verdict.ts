/** What is said of each withheld number for one attacker (docs/METHODS.md §3.4). */
import type { Bounds } from '../system/propagate.ts';
import { valuesSeen } from '../walk/walk.ts';
import type { Attacker } from './attackers.ts';
import type { Status } from './certificate.ts';
import type { Demand, Limits } from './demand.ts';
import type { Method } from './method.ts';
import type { searchWitnesses } from './search.ts';

/** `least` and `most` are proven (`most` may be infinite); `feasible` counts the values shown to be possible, up to what the policy demands; `by` is what settled it, absent when nothing did. */
export type AuditVerdict = {
  readonly key: string;
  readonly attacker: Attacker;
  readonly status: Status;
  readonly least: number;
  readonly most: number;
  readonly feasible: number;
  readonly by?: Method;
};

/** A number of which something is demanded for one attacker. */
export type Sensitive = { readonly index: number; readonly key: string; readonly demand: Demand };

type Found = {
  /** What was proven; where nothing `fits`, nothing is decided. */
  readonly bounds: Bounds;
  readonly fits: boolean;
  readonly search: ReturnType<typeof searchWitnesses> | undefined;
  readonly limits: Limits;
  /** What settled a verdict when fewer cells were withheld, by attacker and number. */
  readonly settledBefore: ReadonlyMap<string, Method | undefined>;
};

/** One verdict of each, in their order. */
export function verdictsOf(
  attacker: Attacker,
  sensitive: readonly Sensitive[],
  { bounds, fits, search, limits, settledBefore }: Found,
): AuditVerdict[] {
  const byProgram = new Set(search?.proof.map(([variable]) => variable));
  return sensitive.map(({ index, key, demand }) => {
    const [least, most] = [bounds.low[index] as number, bounds.high[index] as number];
    const column = search?.fiber.column[index] ?? -1;
    const shown = search && column >= 0 ? valuesSeen(search.walk, column) : fits ? 1 : 0;
    const isMet = search?.meets(column, demand) === true;
    const disclosed = fits ? disclosedBy([least, most], demand, limits) : 'undecided';
    const status = disclosed ?? (isMet ? 'safe' : 'undecided');
    const bySearch = settledBefore.get(`${attacker}|${key}`) ?? search?.settled.get(column);
    const byBounds = byProgram.has(index) ? 'linear program' : 'propagation';
    const by = status === 'undecided' ? undefined : status === 'safe' ? bySearch : byBounds;
    const feasible = Math.min(shown, limits.feasibleIntegers);
    return { key, attacker, status, least, most, feasible, ...(by ? { by } : {}) };
  });
}

/** What the bounds alone prove against the demand. */
function disclosedBy(
  [least, most]: readonly [number, number],
  demand: Demand,
  { threshold }: Limits,
): Status | undefined {
  const left = most - least + 1;
  if (left === 1) return 'exact';
  if (left < demand.values || least > demand.least || most < demand.most) return 'narrow';
  return demand.safeEnd && least >= 1 && most < threshold ? 'no safe end' : undefined;
}
