/** The attacker who tries every table: exact, and only for small systems. Shares no code with the auditor. */

export type SmallSystem = {
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Each: variable, coefficient, variable, coefficient …, summing to zero. */
  readonly equations: readonly (readonly number[])[];
};

/** Values of one variable that some table of whole numbers within the bounds allows, from the least on; no more are looked for once `enough` says so. Bounds must be finite. */
export function valuesByTrying(
  system: SmallSystem,
  variable: number,
  enough: (found: readonly number[]) => boolean = () => false,
): number[] {
  const found: number[] = [];
  const [low, high] = [[...system.low], [...system.high]];
  if (!tighten(system.equations, low, high)) return found;
  for (let value = low[variable] ?? 0; value <= (high[variable] ?? 0) && !enough(found); value++) {
    const [nextLow, nextHigh] = [[...low], [...high]];
    nextLow[variable] = nextHigh[variable] = value;
    if (completes(system.equations, nextLow, nextHigh)) found.push(value);
  }
  return found;
}

function completes(equations: SmallSystem['equations'], low: number[], high: number[]): boolean {
  if (!tighten(equations, low, high)) return false;
  let open = -1;
  for (let at = 0; at < low.length; at++) if (low[at] !== high[at] && (open < 0 || width(at) < width(open))) open = at;
  if (open < 0) return true;
  for (let value = low[open] ?? 0; value <= (high[open] ?? 0); value++) {
    const [nextLow, nextHigh] = [[...low], [...high]];
    nextLow[open] = nextHigh[open] = value;
    if (completes(equations, nextLow, nextHigh)) return true;
  }
  return false;

  function width(at: number): number {
    return (high[at] ?? 0) - (low[at] ?? 0);
  }
}

function tighten(equations: SmallSystem['equations'], low: number[], high: number[]): boolean {
  for (let again = true; again; ) {
    again = false;
    for (const equation of equations)
      for (let at = 0; at < equation.length; at += 2) {
        const variable = equation[at] ?? 0;
        const factor = equation[at + 1] ?? 0;
        let [least, most] = [0, 0];
        for (let other = 0; other < equation.length; other += 2) {
          if (other === at) continue;
          const [of, times] = [equation[other] ?? 0, equation[other + 1] ?? 0];
          least -= times * ((times > 0 ? high[of] : low[of]) ?? 0);
          most -= times * ((times > 0 ? low[of] : high[of]) ?? 0);
        }
        const from = Math.ceil(Math.min(least / factor, most / factor) - 1e-9);
        const to = Math.floor(Math.max(least / factor, most / factor) + 1e-9);
        if (from > (low[variable] ?? 0)) {
          low[variable] = from;
          again = true;
        }
        if (to < (high[variable] ?? 0)) {
          high[variable] = to;
          again = true;
        }
        if ((low[variable] ?? 0) > (high[variable] ?? 0)) return false;
      }
  }
  return true;
}
