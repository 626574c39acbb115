import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditReport, audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { addSum, emptySystem, type System, type Variable, variableOf } from '#core/disclosure/system/system.ts';
import type { Week } from '#core/domain/week.ts';
import { valuesByTrying } from './brute-force.ts';

const limits = { threshold: 11, feasibleIntegers: 6 };
const week = '2024-01-01' as Week;
function cell(system: System, name: string, truth: number, hidden: boolean): Variable {
  const span = { from: week, to: week };
  const variable = variableOf(system, { universe: 'incidents', batch: '', span, where: { cell: name } });
  variable.truth = truth;
  variable.state = hidden ? 'hidden' : 'shown';
  return variable;
}

/** A table with all margins; `isHidden` decides for each cell, totals included, by its place. */
function table(
  counts: readonly (readonly number[])[],
  isHidden: (row: number, column: number, count: number) => boolean,
) {
  const system = emptySystem();
  const columns = counts[0]?.length ?? 0;
  const extended = counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)]);
  extended.push(Array.from({ length: columns + 1 }, (_, c) => extended.reduce((sum, row) => sum + (row[c] ?? 0), 0)));
  const cells = extended.map((row, r) =>
    row.map((count, c) => cell(system, `${r} ${c}`, count, isHidden(r, c, count))),
  );
  for (const row of cells) addSum(system, row[columns] as Variable, row.slice(0, columns), 'row');
  for (let c = 0; c <= columns; c++)
    addSum(
      system,
      cells[counts.length]?.[c] as Variable,
      cells.slice(0, -1).map((row) => row[c] as Variable),
      'column',
    );
  return system;
}
const small = (_: number, __: number, count: number) => count >= 1 && count < 11;

/** What the certificate says the attacker knows, for the one who tries everything. */
function brute({ certificate }: AuditReport, attacker: string, key: string, most: number): number[] {
  const attack = certificate.attacks.find((one) => one.attacker === attacker);
  const low = certificate.variables.map(({ shown, count }) => (shown ? count : 0));
  const high = certificate.variables.map(({ shown, count }) => (shown ? count : most));
  for (const [variable, from, to] of attack?.knows ?? []) {
    low[variable] = from ?? -most;
    high[variable] = to ?? most;
  }
  const variable = certificate.variables.findIndex((one) => one.key === key);
  return valuesByTrying({ low, high, equations: certificate.equations }, variable);
}

describe('the auditor', () => {
  it('agrees with trying every table, and its certificates hold', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 14 })), {
            minLength: 3,
            maxLength: 3,
          }),
          {
            minLength: 2,
            maxLength: 3,
          },
        ),
        fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        (counts, more) => {
          const system = table(counts, (r, c, count) => small(r, c, count) || (more[4 * r + c] ?? false));
          const report = audit(system, limits);
          expect(checkCertificate(report.certificate).faults).toEqual([]);
          for (const { key, attacker, status } of report.verdicts) {
            const values = brute(report, attacker, key, 60);
            if (status === 'exact') expect(values).toHaveLength(1);
            if (status === 'narrow') expect(values.length).toBeLessThan(6);
            if (status === 'safe') expect(values.length).toBeGreaterThanOrEqual(6);
            expect(status).not.toBe('undecided');
          }
        },
      ),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('a cell with a protection of its own', () => {
  /** One line: a hundred that must stay possible from 80 to 120, beside another withheld count. */
  const line = (beside: number) => {
    const system = emptySystem();
    const parts = [cell(system, 'protected', 100, true), cell(system, 'beside', beside, true)];
    for (const variable of parts.slice(0, 1)) variable.keeps = { least: 80, most: 120 };
    addSum(system, cell(system, 'total', 100 + beside, false), parts);
    return audit(system, limits, { attackers: ['plain'] });
  };

  it('is safe where both ends of it are shown to be possible', () => {
    const report = line(25);
    expect(report.disclosed).toEqual([]);
    expect(checkCertificate(report.certificate)).toMatchObject({ faults: [], safe: 1 });
  });

  it('is narrow where one end is proven to be out of reach', () => {
    const report = line(15);
    expect(report.disclosed[0]).toMatchObject({ status: 'narrow', most: 115 });
    expect(checkCertificate(report.certificate).faults).toEqual([]);
  });

  it('is not called safe by the checker when the walk does not go far enough', () => {
    const { certificate } = line(25);
    const variables = certificate.variables.map((one) => (one.keeps ? { ...one, keeps: [80, 126] as const } : one));
    expect(checkCertificate({ ...certificate, variables }).faults.length).toBeGreaterThan(0);
  });
});
