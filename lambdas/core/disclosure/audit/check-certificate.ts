/**
 * Judges the auditor: reads a certificate and believes nothing in it (docs/METHODS.md §3.5). Shares no code with the auditor, uses whole numbers only, and looks at
 * equations, multipliers and tables of counts, never at how they were found.
 */
import type { AttackCertificate, Certificate } from './certificate.ts';

type Bound = bigint | undefined;

/** `faults` is empty when every verdict follows; `safe`, `disclosed` and `undecided` count the verdicts. */
export type Judgement = {
  readonly faults: readonly string[];
  readonly safe: number;
  readonly disclosed: number;
  readonly undecided: number;
};

export function checkCertificate(certificate: Certificate): Judgement {
  const faults: string[] = [];
  const tally = { safe: 0, disclosed: 0, undecided: 0 };
  const { variables, equations } = certificate;
  const occurs: number[][] = variables.map(() => []);
  for (const [row, equation] of equations.entries()) {
    let sum = 0n;
    for (let at = 0; at < equation.length; at += 2) {
      const variable = equation[at] ?? -1;
      const count = variables[variable]?.count;
      if (count === undefined) return { faults: [`equation ${row} names no variable`], ...tally };
      sum += BigInt(equation[at + 1] ?? 0) * BigInt(count);
      occurs[variable]?.push(row);
    }
    if (sum !== 0n) faults.push(`equation ${row} does not hold for the true counts`);
  }
  // What anyone knows to be there; knowing incidents is knowing of some cell, and not of this one.
  const plain = certificate.attacks.find(({ attacker }) => attacker === 'plain');
  const there = new Map((plain?.knows ?? []).map(([variable, least]) => [variable, least]));
  for (const attack of certificate.attacks) {
    const low: Bound[] = variables.map(({ shown, count }) => (shown ? BigInt(count) : undefined));
    const high: Bound[] = low.slice();
    for (const [variable, least, most] of attack.knows) {
      if (variables[variable]?.shown !== false) faults.push(`${attack.attacker} knows of no such variable`);
      low[variable] = least === null ? undefined : BigInt(least);
      high[variable] = most === null ? undefined : BigInt(most);
    }
    const seen = walked(certificate, attack, occurs, low, high, faults);
    prove(certificate, attack, low, high, faults);
    const knows = new Map(attack.knows.map((one) => [one[0], one]));
    for (const [variable, status, least, most] of attack.verdicts) {
      const name = `${attack.attacker}: ${variables[variable]?.key}`;
      const values = seen.get(variable) ?? new Set();
      const [from, to] = [low[variable], high[variable]];
      if ((least === null ? undefined : BigInt(least)) !== from || (most === null ? undefined : BigInt(most)) !== to)
        faults.push(`${name} is not proven to lie where the verdict says`);
      const left = from === undefined || to === undefined ? undefined : to - from + 1n;
      const known = knows.get(variable);
      const { count = 0, keeps } = variables[variable] ?? {};
      // A number that only its own protection makes sensitive owes that protection alone.
      const owed = keeps && Math.abs(count) >= certificate.threshold ? 1 : certificate.feasibleIntegers;
      const small = from !== undefined && to !== undefined && from >= 1n && to < BigInt(certificate.threshold);
      if (status === 'undecided') tally.undecided++;
      else if (status === 'safe') {
        tally.safe++;
        if (keeps && !(Math.min(...values) <= keeps[0] && Math.max(...values) >= keeps[1]))
          faults.push(`${name} is not shown to keep its protection`);
        if (values.size < owed) faults.push(`${name} has only ${values.size} values shown`);
        const knownLeast = attack.attacker === 'incidents known' ? there.get(variable) : known?.[1];
        const mustEnd = owed > 1 && known !== undefined && knownLeast !== undefined && (knownLeast ?? 0) <= 0;
        if (mustEnd && ![...values].some((value) => value === 0 || value >= certificate.threshold || value < 0))
          faults.push(`${name} is shown to reach no safe end`);
      } else {
        tally.disclosed++;
        if (
          status === 'exact'
            ? left !== 1n
            : status === 'no safe end'
              ? !small
              : (left === undefined || left >= BigInt(owed)) && !isTooNarrow(keeps, from, to)
        )
          faults.push(`${name} is not proven to be ${status}`);
      }
    }
  }
  return { faults, ...tally };
}

const isTooNarrow = (keeps: readonly [number, number] | undefined, from: Bound, to: Bound): boolean =>
  keeps !== undefined && ((from !== undefined && from > keeps[0]) || (to !== undefined && to < keeps[1]));

/** Follows the walk and answers the values seen of each variable. */
function walked(
  { variables, equations }: Certificate,
  { attacker, walk }: AttackCertificate,
  occurs: readonly (readonly number[])[],
  low: readonly Bound[],
  high: readonly Bound[],
  faults: string[],
): Map<number, Set<number>> {
  const table = variables.map(({ count }) => count);
  const seen = new Map<number, Set<number>>();
  const see = (variable: number, step: number) => {
    const count = table[variable] ?? Number.NaN;
    const [from, to] = [low[variable], high[variable]];
    if (
      !Number.isSafeInteger(count) ||
      (from !== undefined && BigInt(count) < from) ||
      (to !== undefined && BigInt(count) > to)
    )
      faults.push(`${attacker}: step ${step} leaves the bounds of ${variables[variable]?.key}`);
    (seen.get(variable) ?? seen.set(variable, new Set()).get(variable))?.add(count);
  };
  for (const variable of variables.keys()) see(variable, 0);
  const away = new Set<number>();
  for (const [nth, step] of walk.entries()) {
    if (step[0] === 0) {
      for (const variable of away) table[variable] = variables[variable]?.count ?? Number.NaN;
      away.clear();
      continue;
    }
    const moved = new Map<number, number>();
    for (let at = 1; at < step.length; at += 2)
      moved.set(step[at] ?? -1, (moved.get(step[at] ?? -1) ?? 0) + (step[at + 1] ?? 0));
    const rows = new Set([...moved.keys()].flatMap((variable) => occurs[variable] ?? []));
    for (const row of rows) {
      const equation = equations[row] ?? [];
      let sum = 0;
      for (let at = 0; at < equation.length; at += 2)
        sum += (equation[at + 1] ?? 0) * (moved.get(equation[at] ?? -1) ?? 0);
      if (sum !== 0) faults.push(`${attacker}: step ${nth + 1} breaks equation ${row}`);
    }
    for (const variable of moved.keys()) away.add(variable);
    for (let time = 0; time < (step[0] ?? 0); time++)
      for (const [variable, by] of moved) {
        table[variable] = (table[variable] ?? Number.NaN) + by;
        see(variable, nth + 1);
      }
  }
  return seen;
}

/** Draws the bounds of the proof, one after the other, into `low` and `high`. */
function prove(
  { equations }: Certificate,
  { attacker, proof }: AttackCertificate,
  low: Bound[],
  high: Bound[],
  faults: string[],
): void {
  for (const [nth, [variable = -1, side, ...combination]] of proof.entries()) {
    const sum = new Map<number, bigint>();
    for (let at = 0; at < combination.length; at += 2) {
      const equation = equations[combination[at] ?? -1] ?? [];
      const multiplier = BigInt(combination[at + 1] ?? 0);
      for (let entry = 0; entry < equation.length; entry += 2) {
        const of = equation[entry] ?? -1;
        sum.set(of, (sum.get(of) ?? 0n) + multiplier * BigInt(equation[entry + 1] ?? 0));
      }
    }
    // factor × variable = − rest: the greatest (least) rest gives the least (greatest) product.
    const factor = sum.get(variable) ?? 0n;
    sum.delete(variable);
    const wantsMost = (side === 1) === factor > 0n;
    let right: Bound = 0n;
    for (const [of, coefficient] of sum) {
      if (coefficient === 0n) continue;
      const bound: Bound = -coefficient > 0n === wantsMost ? high[of] : low[of];
      right = right === undefined || bound === undefined ? undefined : right - coefficient * bound;
    }
    if (factor === 0n || right === undefined) {
      faults.push(`${attacker}: step ${nth + 1} of the proof proves nothing`);
      continue;
    }
    const [top, bottom] = factor > 0n ? [right, factor] : [-right, -factor];
    const floor = top >= 0n || top % bottom === 0n ? top / bottom : top / bottom - 1n;
    const ceiling = top % bottom === 0n ? floor : floor + 1n;
    const [nowLow, nowHigh] = [low[variable], high[variable]];
    if (side === 1 && (nowHigh === undefined || floor < nowHigh)) high[variable] = floor;
    if (side === 0 && (nowLow === undefined || ceiling > nowLow)) low[variable] = ceiling;
  }
}
