import { describe, expect, it } from 'vitest';
import { knowledgeOf } from '#core/disclosure/audit/attackers.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { propagate, rowsOf } from '#core/disclosure/system/propagate.ts';
import { addEquation, emptySystem, type System, variableOf } from '#core/disclosure/system/system.ts';
import { fiberOf } from '#core/disclosure/walk/fiber.ts';
import { kernelMoves } from '#core/disclosure/walk/kernel-moves.ts';

/** A table of three dimensions with all margins in which every count from 1 to 10 is withheld. Counts follow a fixed rule without a pattern. */
function cubeOf(sizes: readonly [number, number, number]): System {
  const [a, b, c] = sizes;
  const steps = [(b + 1) * (c + 1), c + 1, 1] as const;
  const counts = new Int32Array((a + 1) * (b + 1) * (c + 1));
  const placeIn = (cell: number, along: number) => Math.floor(cell / (steps[along] ?? 1)) % ((sizes[along] ?? 0) + 1);
  const isTotal = (cell: number, along: number) => placeIn(cell, along) === sizes[along];
  const partsOf = (cell: number, along: number) =>
    Array.from({ length: sizes[along] ?? 0 }, (_, nth) => cell - (nth + 1) * (steps[along] ?? 1));
  for (const cell of counts.keys())
    if (![0, 1, 2].some((along) => isTotal(cell, along))) counts[cell] = (cell * cell * 7 + cell * 13) % 17;
  for (const along of [0, 1, 2])
    for (const cell of counts.keys())
      if (isTotal(cell, along)) counts[cell] = partsOf(cell, along).reduce((sum, part) => sum + (counts[part] ?? 0), 0);
  const system = emptySystem();
  const variables = Array.from(counts, (truth, cell) => {
    const where = { cell: String(cell) };
    const variable = variableOf(system, { universe: 'incidents', batch: '', span: 'always', where });
    variable.truth = truth;
    variable.state = truth >= 1 && truth < 11 ? 'hidden' : 'shown';
    return variable;
  });
  for (const along of [0, 1, 2])
    for (const whole of variables)
      if (isTotal(whole.index, along))
        addEquation(
          system,
          [
            [whole, -1],
            ...partsOf(whole.index, along)
              .flatMap((part) => variables[part] ?? [])
              .map((part) => [part, 1] as const),
          ],
          String(along),
        );
  return system;
}

describe('kernel moves', () => {
  const system = cubeOf([7, 6, 5]);

  it('keep every equation', () => {
    const rows = rowsOf(system.equations, system.variables.length);
    const bounds = knowledgeOf(system, 'plain', 11, new Int32Array(system.variables.length).fill(-1));
    propagate(rows, bounds);
    const base = Float64Array.from(system.variables, ({ truth }) => truth ?? 0);
    const fiber = fiberOf(system, rows, bounds, base);
    const moves = kernelMoves(fiber, new Uint8Array(fiber.columns).fill(1), 1e8);
    expect(moves?.count).toBeGreaterThan(fiber.columns / 4);
    for (let move = 0; move < (moves?.count ?? 0); move++) {
      const changed = new Float64Array(fiber.columns);
      for (let entry = moves?.start[move] ?? 0; entry < (moves?.start[move + 1] ?? 0); entry++)
        changed[moves?.column[entry] ?? 0] = moves?.amount[entry] ?? 0;
      expect(changed.some((by) => by !== 0)).toBe(true);
      for (let row = 0; row < fiber.rows; row++) {
        let sum = 0;
        for (let entry = fiber.start[row] ?? 0; entry < (fiber.start[row + 1] ?? 0); entry++)
          sum += (fiber.coefficient[entry] ?? 0) * (changed[fiber.index[entry] ?? 0] ?? 0);
        expect(sum).toBe(0);
      }
    }
  });

  it('decide a table of three dimensions without a solver, the same way each time, and the checker follows the walk home', () => {
    const limits = { threshold: 11, feasibleIntegers: 6 };
    const report = audit(system, limits, { attackers: ['plain'] });
    expect(report.verdicts.filter(({ status }) => status === 'safe').length).toBeGreaterThan(50);
    const undecided = report.verdicts.filter(({ status }) => status === 'undecided').length;
    expect(undecided / report.verdicts.length).toBeLessThan(0.05);
    expect(audit(system, limits, { attackers: ['plain'] }).certificate).toEqual(report.certificate);
    expect(checkCertificate(report.certificate).faults).toEqual([]);
    const astray = {
      ...report.certificate,
      attacks: report.certificate.attacks.map((attack) => ({
        ...attack,
        walk: attack.walk.filter(([times]) => times !== 0),
      })),
    };
    expect(astray.attacks[0]?.walk.length).toBeLessThan(report.certificate.attacks[0]?.walk.length ?? 0);
    expect(checkCertificate(astray).faults).not.toEqual([]);
  });
});
