/** Which other cells are withheld beside a small count (docs/METHODS.md §3.6): the zeros of its lines, and the cheapest cell of the tightest equation. */
import type { Policy } from '../policy.ts';
import type { System, Variable } from '../system/system.ts';

/** A zero is shown only in lines with nothing hidden: otherwise a hidden cell would be known not to be zero, or a shown zero would pin its neighbours. */
export function closeZeros(lines: readonly (readonly Variable[])[], { zeros }: Policy): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      if (zeros !== 'never' && !line.some(({ state }) => state === 'hidden')) continue;
      for (const variable of line)
        if (variable.state === 'shown' && variable.truth === 0 && !variable.frozen) {
          variable.state = 'hidden';
          changed = true;
        }
    }
  }
}

/** For each disclosed count, hides the cheapest cell in its tightest equation that has one, or failing that nearby; at most one per equation and round. Answers how many. */
export function hideBeside(
  system: System,
  findings: readonly { readonly key: string }[],
  occurs: readonly (readonly number[])[],
  hideable: (variable: Variable) => boolean,
  costOf: (variable: Variable) => number,
): number {
  const changed = new Set<number>();
  let hidden = 0;
  for (const { key } of findings) {
    const start = system.byKey.get(key);
    if (!start || occurs[start.index]?.some((equation) => changed.has(equation))) continue;
    const seen = new Set<number>();
    let ring = [start.index];
    let pick: Variable | undefined;
    for (let depth = 0; depth < 12 && ring.length && !pick; depth++) {
      const equations = new Set<number>();
      for (const index of ring)
        for (const equation of occurs[index] ?? []) if (!seen.has(equation)) equations.add(equation);
      const nextRing = new Set<number>();
      let tightest = Number.POSITIVE_INFINITY;
      for (const equation of equations) {
        seen.add(equation);
        const variables = (system.equations[equation]?.variables ?? []).flatMap(
          (index) => system.variables[index] ?? [],
        );
        const unknowns = variables.filter(({ state }) => state !== 'shown');
        for (const { index } of unknowns) nextRing.add(index);
        const choices = variables.filter(hideable);
        if (choices.length === 0 || unknowns.length >= tightest) continue;
        tightest = unknowns.length;
        pick = choices.reduce((best, choice) => (costOf(choice) < costOf(best) ? choice : best));
      }
      ring = [...nextRing];
    }
    if (!pick) continue;
    pick.state = 'hidden';
    hidden++;
    for (const equation of occurs[pick.index] ?? []) changed.add(equation);
  }
  return hidden;
}
