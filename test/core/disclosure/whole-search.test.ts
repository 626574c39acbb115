import { describe, expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { addSum, emptySystem, type System, variableOf } from '#core/disclosure/system/system.ts';
import type { LinearProgram, Solver } from '#core/domain/linear-program.ts';
import { mulberry32 } from '../../fixtures/mulberry32.ts';

const highs = await solver(assets(process.cwd()))();
const limits = { threshold: 11, feasibleIntegers: 6 };

/**
 * One small count of 5 among 69 large ones, in 68 sums of eight that leave it a single way to be another: nearly every count moves at once, by up to two. Steps that change a few
 * counts never find it, and the vertices of linear programs are fractions.
 */
function oneLongWay(): System {
  const random = mulberry32(1);
  const system = emptySystem();
  const at = (where: Readonly<Record<string, string>>) =>
    variableOf(system, { universe: 'incidents', batch: '', span: 'always', where });
  const cells = Array.from({ length: 70 }, (_, nth) => {
    const by = nth === 0 ? 1 : Math.floor(random() * 5) - 2;
    const cell = at({ cell: String(nth) });
    cell.truth = nth === 0 ? 5 : 20 + Math.floor(random() * 10);
    cell.state = 'hidden';
    return { cell, by };
  });
  for (let sums = 0; sums < 68; ) {
    const parts = cells
      .map((one) => ({ ...one, chance: random() }))
      .sort((one, other) => one.chance - other.chance)
      .slice(0, 8);
    if (parts.reduce((sum, { by }) => sum + by, 0) !== 0) continue;
    const whole = at({ sum: String(sums++) });
    whole.truth = parts.reduce((sum, { cell }) => sum + (cell.truth ?? 0), 0);
    whole.state = 'shown';
    addSum(
      system,
      whole,
      parts.map(({ cell }) => cell),
    );
  }
  return system;
}

/** The solver, with other answers to the question for whole numbers. */
const answering = (whole: (program: LinearProgram) => Float64Array | undefined): Solver => ({
  ...highs,
  open: (program) => ({ ...highs.open(program), near: () => whole(program) }),
});

const verdictsWith = (solver: Solver) => {
  const report = audit(oneLongWay(), limits, { attackers: ['plain'], solver });
  expect(checkCertificate(report.certificate).faults).toEqual([]);
  return report.verdicts.map(({ status }) => status);
};

describe('tables of whole numbers that no walk finds', () => {
  it('are found by programs of whole numbers, and proven in the certificate', () => {
    expect(verdictsWith(answering(() => undefined))).toEqual(['undecided']);
    expect(verdictsWith(highs)).toEqual(['safe']);
  });

  it('are not believed where they break a sum', () => {
    const lies = answering(({ point }) => point.map((count) => count + 1));
    expect(verdictsWith(lies)).toEqual(['undecided']);
  });
});
