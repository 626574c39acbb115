import type { Attacker } from './attackers.ts';

/**
 * `safe`: enough other values are possible. `exact`: one value is left. `narrow`: fewer than the policy demands. `no safe end`: proven to be small, though nothing
 * the attacker knew beforehand says so. `undecided`: neither proven, and therefore treated as disclosed.
 */
export type Status = 'safe' | 'exact' | 'narrow' | 'no safe end' | 'undecided';

/** What one attacker can learn, with proof. All numbers are whole; null stands for a bound that is not there; variables and equations are named by their place. */
export type AttackCertificate = {
  readonly attacker: Attacker;
  /** What the attacker knows beforehand: variable, least, most. Shown variables are known to be their count. */
  readonly knows: readonly (readonly [variable: number, least: number | null, most: number | null])[];
  /**
   * Bounds that follow, in order, each from a sum of equations times whole multipliers and the bounds before it: variable, 0 for the lower or 1 for the upper bound,
   * then equation, multiplier, equation, multiplier …
   */
  readonly proof: readonly (readonly number[])[];
  /** A walk from the true table: after each step every equation holds and every bound of `knows`. Each: times, then variable, amount, variable, amount …; no times lead back to the true table. */
  readonly walk: readonly (readonly number[])[];
  readonly verdicts: readonly (readonly [
    variable: number,
    status: Status,
    least: number | null,
    most: number | null,
  ])[];
};

/** Everything a checker needs to judge the auditor. It holds true counts: sealed with the ledger, never published. */
export type Certificate = {
  readonly threshold: number;
  readonly feasibleIntegers: number;
  readonly variables: readonly {
    readonly key: string;
    readonly shown: boolean;
    readonly count: number;
    /** The values that every attacker must be left to think possible at least, where the cell has such a demand. */
    readonly keeps?: readonly [least: number, most: number];
  }[];
  /** Variable, coefficient, variable, coefficient …; each sums to zero. */
  readonly equations: readonly (readonly number[])[];
  readonly attacks: readonly AttackCertificate[];
  /** Names of all parts as this release leaves them (`independent-parts.ts`): those without a verdict here stood so in an earlier certificate, which has it. */
  readonly parts?: readonly string[];
};
