/** What an attacker must be left to think possible of one withheld number (docs/METHODS.md §3.4). */

import type { Variable } from '../system/system.ts';

/** What the policy demands of every withheld small count: below `threshold` a count is small, and so many values must stay possible. */
export type Limits = { readonly threshold: number; readonly feasibleIntegers: number };

/** So many `values`; zero or a count of at least the threshold among them where `safeEnd`; and, where the number has a protection of its own, values down to `least` and up to `most`. */
export type Demand = {
  readonly values: number;
  readonly safeEnd: boolean;
  readonly least: number;
  readonly most: number;
};

const isSmall = (count: number, threshold: number): boolean => Math.abs(count) >= 1 && Math.abs(count) < threshold;

/**
 * Undefined where nothing is demanded. A count is small or not; what nobody counted is small when `least` and `most`, which the attacker can prove, leave nothing else.
 * `known` is what he knew to be the least before he read a table: whoever knew that something is there need not be left in doubt of it.
 */
export function demandOf(
  { state, truth, keeps }: Variable,
  [least, most]: readonly [number, number],
  known: number,
  { threshold, feasibleIntegers }: Limits,
): Demand | undefined {
  if (state === 'shown' || state === 'slack') return undefined;
  const small =
    truth !== undefined
      ? isSmall(truth, threshold)
      : least === most
        ? isSmall(least, threshold)
        : least >= 1 && most < threshold;
  if (!small && !keeps) return undefined;
  return {
    values: small ? feasibleIntegers : 1,
    safeEnd: small && known <= 0,
    least: keeps?.least ?? Number.POSITIVE_INFINITY,
    most: keeps?.most ?? Number.NEGATIVE_INFINITY,
  };
}
