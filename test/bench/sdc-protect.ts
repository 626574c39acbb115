/**
 * The protector on tables of the cell suppression literature: general equations, and for each primary cell values down and up to which it must stay possible, against the
 * attacker of that literature, who knows the equations and that no value is negative.
 */

import { fileURLToPath } from 'node:url';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { protect } from '#core/disclosure/protect/protect.ts';
import { addEquation, emptySystem, predicateKey, variableOf } from '#core/disclosure/system/system.ts';
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

export function protectSdc({ name, values, equations, protection }: SdcTable, solver: Solver): SdcProtection {
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
  const cells = variables.map(({ key }, cell) => {
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
  protect(system, [candidate], { ...policy.value, ...limits }, 'bench', { solver, against: ['plain'] });
  const seconds = (performance.now() - start) / 1000;
  const { certificate } = audit(system, limits, { attackers: ['plain'], solver });
  const { safe, faults } = checkCertificate(certificate);
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

/** What is withheld beside the primary cells, and the primary cells whose level is not proven (to be none); beside each its best known or nought. Tables that take longer than a minute are left out. */
export async function* benchSdc(): AsyncGenerator<Figure> {
  const highs = await solver(assets(fileURLToPath(new URL('../../', import.meta.url))))();
  for (const name of ['TARGUS', 'TABLE8', 'TABLE7'].filter((one) => sdcTableNames.includes(one))) {
    const { cells, value, primary, met, faults, seconds } = protectSdc(sdcTable(name), highs);
    const best = bestKnown.get(name);
    yield figure(`disclosure.sdc.${name}`, seconds, 's', 0);
    yield figure(`disclosure.sdc.${name}.cells`, cells, 'cells', best?.cells ?? 0);
    yield figure(`disclosure.sdc.${name}.value`, value, 'value', best?.value ?? 0);
    yield figure(`disclosure.sdc.${name}.unmet`, primary - met + faults.length, 'cells', 0);
  }
}
