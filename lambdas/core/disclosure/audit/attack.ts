/**
 * The quick screen of the protector: what follows equation by equation, and what linear algebra determines (docs/METHODS.md §3.4). What it finds is disclosed;
 * what it does not find is still to be judged by the auditor (`audit.ts`). What cannot be decided counts as disclosed.
 */

import { determinedUnknowns, type LinearRow } from '../system/eliminate.ts';
import { type Bounds, propagate, type Rows, rowsOf } from '../system/propagate.ts';
import type { System, Variable } from '../system/system.ts';
import { membersOf, type Parts, partsOf } from '../walk/lattice.ts';
import { type Attacker, knowledgeOf } from './attackers.ts';
import type { Limits } from './demand.ts';
import { reachOf } from './reach.ts';

const screened: readonly Attacker[] = ['plain', 'zeros known', 'threshold known', 'flags known'];

/** Why one small count is not safe. `least` and `most` are what the attacker can prove. */
type Verdict = {
  readonly key: string;
  readonly attacker: Attacker;
  readonly reason: 'determined' | 'narrow' | 'contradiction' | 'undecided';
  readonly least: number;
  readonly most: number;
};

export type Audit = { readonly disclosed: readonly Verdict[]; readonly unknowns: number; readonly equations: number };

const small = (count: number, threshold: number): boolean => Math.abs(count) >= 1 && Math.abs(count) < threshold;

/** Small where it is known to be small; where nobody counted, small whenever the attacker's interval allows nothing safe. */
function mustHide({ truth }: Variable, least: number, most: number, threshold: number): boolean {
  if (truth !== undefined) return small(truth, threshold);
  return least === most ? small(least, threshold) : most >= 1 && least < threshold && (least >= 1 || most < threshold);
}

/** Nearer than a number may be known that has a protection of its own. */
const tooNear = ({ keeps }: Variable, least: number, most: number): boolean =>
  keeps !== undefined && (least > keeps.least || most < keeps.most);

/** Connected parts of the unknowns that `bounds` leaves open. */
const componentsOf = ({ variables }: System, { count, start, index }: Rows, { low, high }: Bounds): Parts =>
  partsOf({ columns: variables.length, rows: count, start, index }, (at) => low[at] !== high[at]);

function linearRows(part: readonly number[], rows: Rows, bounds: Bounds): LinearRow[] {
  const seen = new Set<number>();
  const linear: LinearRow[] = [];
  for (const index of part)
    for (let at = rows.occursStart[index] as number; at < (rows.occursStart[index + 1] as number); at++) {
      const row = rows.occurs[at] as number;
      if (seen.has(row)) continue;
      seen.add(row);
      const entries: [number, number][] = [];
      let right = 0;
      for (let entry = rows.start[row] as number; entry < (rows.start[row + 1] as number); entry++) {
        const variable = rows.index[entry] as number;
        const coefficient = rows.coefficient[entry] as number;
        if (bounds.low[variable] === bounds.high[variable]) right -= coefficient * (bounds.low[variable] as number);
        else entries.push([variable, coefficient]);
      }
      linear.push({ entries, right });
    }
  return linear;
}

/** The connected part of each variable, by its place, before anything is drawn from the equations; −1 for what is shown. */
export function openParts(system: System, rows: Rows, threshold: number): Int32Array {
  const none = new Int32Array(system.variables.length).fill(-1);
  return componentsOf(system, rows, knowledgeOf(system, 'plain', threshold, none)).part;
}

/**
 * Attacks the whole system under each attacker. `concerns` limits the linear algebra to connected parts that hold one of these variables: a part without
 * anything new was certified when it was last released. `linear: false` leaves the algebra out, for an attacker who knows less than one already tried.
 */
export function attack(
  system: System,
  { threshold, feasibleIntegers }: Limits,
  options: {
    readonly attackers?: readonly Attacker[];
    readonly concerns?: ReadonlySet<number>;
    readonly linear?: boolean;
    /** Of the system's equations, where they are at hand. */
    readonly rows?: Rows;
  } = {},
): Audit {
  const rows = options.rows ?? rowsOf(system.equations, system.variables.length);
  const concerned = options.concerns && reachOf(options.concerns, rows, system);
  const disclosed: Verdict[] = [];
  const reported = new Set<number>();
  const report = (index: number, verdict: Omit<Verdict, 'key'>) => {
    if (reported.has(index)) return;
    reported.add(index);
    disclosed.push({ key: system.variables[index]?.key ?? '', ...verdict });
  };
  const chosen = options.attackers ?? screened;
  const part = openParts(system, rows, threshold);
  for (const attacker of chosen) {
    const bounds = knowledgeOf(system, attacker, threshold, part);
    const outcome = propagate(rows, bounds);
    if (outcome !== true) {
      const reason = outcome === false ? 'contradiction' : 'undecided';
      for (const { index, state } of system.variables)
        if (state === 'hidden' && (concerned?.has(index) ?? true))
          report(index, { attacker, reason, least: bounds.low[index] as number, most: bounds.high[index] as number });
      continue;
    }
    for (const variable of system.variables) {
      if (variable.state === 'shown' || variable.state === 'slack') continue;
      const least = bounds.low[variable.index] as number;
      const most = bounds.high[variable.index] as number;
      if (
        (most - least + 1 < feasibleIntegers && mustHide(variable, least, most, threshold)) ||
        tooNear(variable, least, most)
      )
        report(variable.index, { attacker, reason: least === most ? 'determined' : 'narrow', least, most });
    }
    if (attacker !== chosen.at(-1) || disclosed.length || options.linear === false) continue;
    // The equations are the same for every attacker; the last one has fixed the most.
    for (const part of membersOf(componentsOf(system, rows, bounds))) {
      if (concerned && !part.some((index) => concerned.has(index))) continue;
      const { values, undecided } = determinedUnknowns(part, linearRows(part, rows, bounds));
      for (const index of part) {
        const variable = system.variables[index];
        if (!variable) continue;
        const value = values.get(index);
        if (undecided && (variable.truth === undefined || small(variable.truth, threshold)))
          report(index, {
            attacker,
            reason: 'undecided',
            least: bounds.low[index] as number,
            most: bounds.high[index] as number,
          });
        else if (value !== undefined && (mustHide(variable, value, value, threshold) || variable.keeps))
          report(index, { attacker, reason: 'determined', least: value, most: value });
      }
    }
  }
  return {
    disclosed,
    unknowns: system.variables.filter(({ state }) => state !== 'shown').length,
    equations: rows.count,
  };
}
