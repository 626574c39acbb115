import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openParts } from '#core/disclosure/audit/attack.ts';
import { attackers, knowledgeOf } from '#core/disclosure/audit/attackers.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { independentParts } from '#core/disclosure/audit/independent-parts.ts';
import { release } from '#core/disclosure/release.ts';
import { rowsOf } from '#core/disclosure/system/propagate.ts';
import { addSum, emptySystem, type System, type Variable, variableOf } from '#core/disclosure/system/system.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import { sha256 } from '#core/domain/ids.ts';
import { incidentsOf, inventedCity, weeklyRequest } from './fixture.ts';

const limits = { threshold: 4, feasibleIntegers: 3 };
const greatest = 4;

type Sum = { readonly of: readonly number[]; readonly shown: boolean };

/** Counts of 0 to 4 that are all withheld, and sums of them, some of them shown. */
function systemOf(counts: readonly number[], sums: readonly Sum[]): System {
  const system = emptySystem();
  const variable = (of: string, truth: number, state: Variable['state']) =>
    Object.assign(variableOf(system, { universe: 'u', batch: '', span: 'always', where: { of } }), { truth, state });
  const parts = counts.map((count, nth) =>
    Object.assign(variable(`count ${nth}`, count, 'hidden'), { most: greatest }),
  );
  for (const { of, shown } of sums) {
    const truth = of.reduce((sum, nth) => sum + (counts[nth] ?? 0), 0);
    const whole = variable(`sum ${of.join()}`, truth, shown ? 'shown' : 'hidden');
    addSum(
      system,
      whole,
      of.flatMap((nth) => parts[nth] ?? []),
    );
  }
  return system;
}

/** By attacker and variable, every value in a table that fits, found by trying all. */
function valuesIn(system: System, many: number, sums: readonly Sum[]): Map<string, Set<number>> {
  const { variables } = system;
  const part = openParts(system, rowsOf(system.equations, variables.length), limits.threshold);
  const values = new Map<string, Set<number>>();
  for (const attacker of attackers) {
    const { low, high } = knowledgeOf(system, attacker, limits.threshold, part);
    for (let nth = 0; nth < (greatest + 1) ** many; nth++) {
      const counts = Array.from({ length: many }, (_, at) => Math.floor(nth / (greatest + 1) ** at) % (greatest + 1));
      const table = [...counts, ...sums.map(({ of }) => of.reduce((sum, at) => sum + (counts[at] ?? 0), 0))];
      if (!table.every((value, at) => value >= (low[at] ?? 0) && value <= (high[at] ?? 0))) continue;
      for (const [at, value] of table.entries()) {
        const name = `${attacker} ${variables[at]?.key}`;
        (values.get(name) ?? values.set(name, new Set()).get(name))?.add(value);
      }
    }
  }
  return values;
}

const many = 4;
const sum = fc.record({
  of: fc.subarray([0, 1, 2, 3], { minLength: 2 }),
  shown: fc.boolean(),
});
const sums = (maxLength: number) => fc.uniqueArray(sum, { maxLength, selector: ({ of }) => of.join() });

describe('a part that keeps its name', () => {
  it('keeps all values that were possible in it, whatever is published besides', () => {
    let stood = 0;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: greatest }), { minLength: many, maxLength: many }),
        sums(4),
        sums(3),
        (counts, before, more) => {
          const after = [...before, ...more.filter(({ of }) => !before.some((one) => one.of.join() === of.join()))];
          const [then, now] = [systemOf(counts, before), systemOf(counts, after)];
          const { names } = independentParts(then, limits);
          const standing = independentParts(now, limits).standing(new Set(names));
          const [possibleThen, possibleNow] = [valuesIn(then, many, before), valuesIn(now, many, after)];
          for (const attacker of attackers)
            for (const index of standing) {
              const name = `${attacker} ${now.variables[index]?.key}`;
              stood++;
              for (const value of possibleThen.get(name) ?? []) expect(possibleNow.get(name)).toContain(value);
            }
        },
      ),
      { numRuns: 200 },
    );
    // Otherwise nothing was tried.
    expect(stood).toBeGreaterThan(500);
  }, 60_000);

  const shown = (...of: number[]): Sum => ({ of, shown: true });
  const standingIn = (before: readonly Sum[], more: readonly Sum[]): number => {
    // In each part a zero and a large count, so that no guess about all of it is right.
    const counts = [0, 4, 0, 4];
    const { names } = independentParts(systemOf(counts, before), limits);
    return independentParts(systemOf(counts, [...before, ...more]), limits).standing(new Set(names)).size;
  };
  it.each([
    ['nothing is added', [], 4],
    ['what is added follows from what stood', [shown(0, 1, 2, 3)], 4],
    ['a sum that is added is withheld', [{ of: [1, 3], shown: false }], 4],
    ['a sum ties two parts', [shown(0, 2)], 0],
    ['a sum that is added is withheld, and known to be small', [{ of: [0, 2], shown: false }], 0],
  ])('where %s', (_, more, stand) => {
    expect(standingIn([shown(0, 1), shown(2, 3)], more)).toBe(stand);
  });
  it('is named otherwise when anybody could know more of it', () => {
    const system = systemOf([1, 2, 3, 4], [shown(0, 1), shown(2, 3)]);
    const names = new Set(independentParts(system, limits).names);
    const [first] = system.variables;
    if (first) first.least = 1;
    expect(independentParts(system, limits).standing(names).size).toBe(2);
    expect(independentParts(system, { ...limits, feasibleIntegers: 4 }).standing(names).size).toBe(0);
  });
});

it('a year that judges only what is new leaves every count safe', () => {
  const city = inventedCity(5, 20);
  const incidents = incidentsOf(city, 60, 90, 8);
  const ledger: Parameters<typeof historyOf>[0][number][] = [];
  let lastCertificate: string | undefined;
  const judged: number[] = [];
  for (let week = 26; week < 38; week++) {
    const outcome = release({
      ...weeklyRequest(city, incidents, week, ledger),
      ...(lastCertificate === undefined ? {} : { lastCertificate }),
    });
    if (!outcome.ok) throw new Error(outcome.problem.detail);
    ledger.push(outcome.value.entry);
    lastCertificate = outcome.value.certificate;
    const { faults, safe } = checkCertificate(JSON.parse(lastCertificate));
    expect(faults).toEqual([]);
    judged.push(safe);
  }
  // Another program believes only what it judged itself.
  const next = { ...weeklyRequest(city, incidents, 38, ledger), ...(lastCertificate ? { lastCertificate } : {}) };
  const [same, another] = [next, { ...next, code: sha256('another') }].map((request) => {
    const outcome = release(request);
    return outcome.ok ? checkCertificate(JSON.parse(outcome.value.certificate)) : undefined;
  });
  expect(same?.faults).toEqual([]);
  expect(another?.faults).toEqual([]);
  expect(another?.safe).toBeGreaterThan(2 * (same?.safe ?? 0));
  const all = audit(assemble(historyOf(ledger), [], city, 11), { threshold: 11, feasibleIntegers: 6 });
  expect(all.disclosed).toEqual([]);
  expect(all.verdicts.length).toBeGreaterThan(2 * Math.max(...judged.slice(1)));
}, 120_000);
