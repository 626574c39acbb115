import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knowledgeOf } from '#core/disclosure/audit/attackers.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { propagate, rowsOf } from '#core/disclosure/system/propagate.ts';
import { addEquation, emptySystem, type System, variableOf } from '#core/disclosure/system/system.ts';
import { type Fiber, fiberOf } from '#core/disclosure/walk/fiber.ts';
import { moveBook } from '#core/disclosure/walk/short-moves.ts';
import { valuesByTrying } from './brute-force.ts';

/** A table with all margins in which every count from 1 to 10 is withheld. */
function marginedTable(sizes: readonly number[], countOf: (cell: number) => number): System {
  const steps = sizes.map((_, along) => sizes.slice(along + 1).reduce((product, size) => product * (size + 1), 1));
  const counts = new Int32Array(sizes.reduce((product, size) => product * (size + 1), 1));
  const isTotal = (cell: number, along: number) =>
    Math.floor(cell / (steps[along] ?? 1)) % ((sizes[along] ?? 0) + 1) === sizes[along];
  const partsOf = (cell: number, along: number) =>
    Array.from({ length: sizes[along] ?? 0 }, (_, nth) => cell - (nth + 1) * (steps[along] ?? 1));
  for (const cell of counts.keys()) if (!sizes.some((_, along) => isTotal(cell, along))) counts[cell] = countOf(cell);
  for (const along of sizes.keys())
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
  for (const along of sizes.keys())
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
/** Counts follow a fixed rule without a pattern. */
const patternless = (cell: number): number => (cell * cell * 7 + cell * 13) % 17;
const limits = { threshold: 11, feasibleIntegers: 6 };

function plainFiber(system: System): Fiber {
  const rows = rowsOf(system.equations, system.variables.length);
  const bounds = knowledgeOf(system, 'plain', 11, new Int32Array(system.variables.length).fill(-1));
  propagate(rows, bounds);
  return fiberOf(
    system,
    rows,
    bounds,
    Float64Array.from(system.variables, ({ truth }) => truth ?? 0),
  );
}

describe('kernel moves', () => {
  const system = marginedTable([7, 6, 5], patternless);

  it.each([
    ['parts', [7, 6, 5]],
    ['cycles', [7, 6, 5]],
    ['layers', [6, 5, 4, 4]],
  ] as const)('of %s keep every equation of a table of %j', (depth, sizes) => {
    const fiber = plainFiber(marginedTable(sizes, patternless));
    const { moves } = moveBook(() => fiber, undefined).open(fiber, new Uint8Array(fiber.columns).fill(1), depth, 1e8);
    expect(moves.count).toBeGreaterThan(20);
    for (let move = 0; move < moves.count; move++) {
      const changed = new Float64Array(fiber.columns);
      for (let entry = moves.start[move] ?? 0; entry < (moves.start[move + 1] ?? 0); entry++)
        changed[moves.column[entry] ?? 0] = moves.amount[entry] ?? 0;
      expect(changed.some((by) => by !== 0)).toBe(true);
      for (let row = 0; row < fiber.rows; row++) {
        let sum = 0;
        for (let entry = fiber.start[row] ?? 0; entry < (fiber.start[row + 1] ?? 0); entry++)
          sum += (fiber.coefficient[entry] ?? 0) * (changed[fiber.index[entry] ?? 0] ?? 0);
        if (sum !== 0) throw new Error(`move ${move} breaks row ${row}`);
      }
    }
  });

  it('are for an attacker who knows more those that change nothing he knows', () => {
    const wide = plainFiber(system);
    const all = new Uint8Array(wide.columns).fill(1);
    const book = moveBook(() => wide, undefined);
    const { moves } = book.open(wide, all, 'parts', 1e8);
    const rows = rowsOf(system.equations, system.variables.length);
    const bounds = knowledgeOf(system, 'plain', 11, new Int32Array(system.variables.length).fill(-1));
    propagate(rows, bounds);
    const known = wide.variable[moves.column[0] ?? 0] ?? 0;
    bounds.low[known] = bounds.high[known] = system.variables[known]?.truth ?? 0;
    const narrow = fiberOf(
      system,
      rows,
      bounds,
      Float64Array.from(system.variables, ({ truth }) => truth ?? 0),
    );
    expect(narrow.columns).toBe(wide.columns - 1);
    const fewer = book.open(narrow, new Uint8Array(narrow.columns), 'known', 1e8).moves;
    expect(fewer.count).toBeLessThan(moves.count);
    expect(fewer.count).toBeGreaterThan(0);
  });

  it('say nothing of tables of three dimensions that trying every table does not say, with certificates that hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 14 })), {
          minLength: 48,
          maxLength: 48,
        }),
        (counts) => {
          const report = audit(
            marginedTable([2, 3, 3], (cell) => counts[cell] ?? 0),
            limits,
            { attackers: ['plain', 'zeros known'] },
          );
          expect(checkCertificate(report.certificate).faults).toEqual([]);
          for (const { key, attacker, status } of report.verdicts) {
            const { attacks, variables, equations } = report.certificate;
            const low = variables.map(({ shown, count }) => (shown ? count : 0));
            const high = variables.map(({ shown, count }) => (shown ? count : 60));
            for (const [variable, from, to] of attacks.find((one) => one.attacker === attacker)?.knows ?? [])
              [low[variable], high[variable]] = [from ?? -60, to ?? 60];
            const at = variables.findIndex((one) => one.key === key);
            const values = valuesByTrying({ low, high, equations }, at, (found) => found.length >= 6);
            if (status === 'exact') expect(values).toHaveLength(1);
            if (status === 'narrow') expect(values.length).toBeLessThan(6);
            if (status === 'safe') expect(values.length).toBeGreaterThanOrEqual(6);
          }
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('leave few counts of a table of four dimensions undecided, the same ones each time', () => {
    const deep = marginedTable([9, 6, 5, 5], (cell) => patternless(cell) % 9);
    const report = audit(deep, limits, { attackers: ['plain'] });
    const undecided = report.verdicts.filter(({ status }) => status === 'undecided').length;
    expect(report.verdicts.length).toBeGreaterThan(500);
    expect(undecided / report.verdicts.length).toBeLessThan(0.05);
    expect(checkCertificate(report.certificate).faults).toEqual([]);
    expect(audit(deep, limits, { attackers: ['plain'] }).verdicts).toEqual(report.verdicts);
  });

  it('decide a table of three dimensions without a solver, the same way each time, and the checker follows the walk home', () => {
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
