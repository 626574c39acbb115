/**
 * The protector on tables of the cell suppression literature: general equations, and for each primary cell values down and up to which it must stay possible, against the
 * attacker of that literature, who knows the equations and that no value is negative.
 */

import { fileURLToPath } from 'node:url';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { protect } from '#core/disclosure/protect/protect.ts';
import { addEquation, emptySystem, predicateKey, type Variable, variableOf } from '#core/disclosure/system/system.ts';
import type { Candidate } from '#core/disclosure/tables/assemble.ts';
import type { Solver } from '#core/domain/linear-program.ts';
import { policyText } from '../core/disclosure/fixture.ts';
import { type Figure, figure } from './figure.ts';
import { bestKnown, type SdcTable, sdcTable, sdcTableNames } from './sdc-table.ts';

export type SdcProtection = {
  /** Withheld beside the primary cells, and their value. */
  readonly cells: number;
  readonly value: number;
  readonly primary: number;
  /** Primary cells whose level the auditor proved, as the independent checker counts them; its complaints. */
  readonly met: number;
  readonly faults: readonly string[];
  readonly seconds: number;
};

/** Numbers of the literature are magnitudes: none is small by itself, and one other value is no protection. */
const limits = { threshold: 1, feasibleIntegers: 1 };

/** What withholding a cell costs. Of two choices of the same value the one of fewer cells is better: no zero is withheld for nothing. */
const costs = {
  cells: () => 1,
  value: ({ truth = 0 }: Variable) => truth + 0.01,
} as const;

export function protectSdc(
  { name, values, equations, protection, empty }: SdcTable,
  solver: Solver,
  least: keyof typeof costs,
): SdcProtection {
  const system = emptySystem();
  const span = 'always' as const;
  const variables = values.map((truth, cell) => {
    const variable = variableOf(system, { universe: 'sdc', batch: '', span, where: { cell: String(cell) } });
    const level = protection.get(cell);
    variable.truth = truth;
    variable.state = level === undefined ? 'shown' : 'hidden';
    if (level !== undefined)
      variable.keeps = { least: Math.max(0, Math.floor(truth - level)), most: Math.ceil(truth + level) };
    return variable;
  });
  for (const equation of equations)
    addEquation(
      system,
      equation.flatMap(([cell, coefficient]) => {
        const variable = variables[cell];
        return variable ? [[variable, coefficient] as const] : [];
      }),
    );
  const cells = variables.flatMap(({ key }, cell) => {
    if (empty?.has(cell)) return [];
    const predicate = { universe: 'sdc', batch: '', span, where: { cell: String(cell) } };
    return { at: { cell: String(cell) }, predicate, key: key === predicateKey(predicate) ? key : '' };
  });
  const frame = { universe: 'sdc', batch: '', names: {} };
  const candidate: Candidate = {
    query: name,
    frame,
    span,
    grid: { dimensions: [], cells, lines: [] },
    truths: new Map(),
  };
  const policy = parsePolicy(policyText);
  if (!policy.ok) throw new Error('the policy is good');
  const start = performance.now();
  const { report } = protect(system, [candidate], { ...policy.value, ...limits }, 'bench', {
    solver,
    against: ['plain'],
    cost: costs[least],
  });
  const seconds = (performance.now() - start) / 1000;
  const { safe, faults } = checkCertificate(report.certificate);
  const secondary = variables.filter(({ state, keeps }) => state === 'hidden' && !keeps);
  return {
    cells: secondary.length,
    value: secondary.reduce((sum, { truth = 0 }) => sum + truth, 0),
    primary: protection.size,
    met: safe,
    faults,
    seconds,
  };
}

/** Beside the larger ones one choice is sought, that of fewest cells. */
const small = ['TARGUS', 'TABLE8', 'TABLE7'];

/**
 * For each table the choice of fewest cells, for small ones also that of least value: what is withheld beside the primary cells, beside the best known or nought, and the primary cells
 * whose level is not proven (to be none).
 */
export async function* benchSdc(): AsyncGenerator<Figure> {
  const highs = await solver(assets(fileURLToPath(new URL('../../', import.meta.url))))();
  for (const name of sdcTableNames) {
    const table = sdcTable(name);
    const fewest = protectSdc(table, highs, 'cells');
    const cheapest = small.includes(name) ? protectSdc(table, highs, 'value') : undefined;
    const unmet = [fewest, cheapest].map((one) => (one ? one.primary - one.met + one.faults.length : 0));
    const best = bestKnown.get(name);
    yield figure(`disclosure.sdc.${name}`, fewest.seconds, 's', 0);
    yield figure(`disclosure.sdc.${name}.cells`, fewest.cells, 'cells', best?.cells ?? 0);
    yield figure(`disclosure.sdc.${name}.value`, (cheapest ?? fewest).value, 'value', best?.value ?? 0);
    yield figure(`disclosure.sdc.${name}.unmet`, Math.max(...unmet), 'cells', 0);
  }
}
