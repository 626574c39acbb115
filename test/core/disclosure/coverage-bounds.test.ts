import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit/audit.ts';
import { addSum, emptySystem, type Variable, variableOf } from '#core/disclosure/system/system.ts';
import { boundByCoverage, type Reported } from '#core/disclosure/tables/coverage-bounds.ts';
import type { Week } from '#core/domain/week.ts';

const week = '2024-01-01' as Week;
const reported: Reported[] = ['d1', 'd2', 'd3', 'd4'].map((department) => ({ week, department }));

/** A hidden week of five beside a hidden week of sixty, whose sum is shown. */
function weeks(): { readonly system: ReturnType<typeof emptySystem>; readonly first: Variable } {
  const system = emptySystem();
  const count = (from: string, to: string, truth: number, state: 'shown' | 'hidden') => {
    const span = { from: from as Week, to: to as Week };
    const variable = variableOf(system, { universe: 'incidents', batch: '', span, where: {} });
    return Object.assign(variable, { truth, state });
  };
  const first = count('2024-01-01', '2024-01-01', 5, 'hidden');
  const second = count('2024-01-08', '2024-01-08', 60, 'hidden');
  addSum(system, count('2024-01-01', '2024-01-08', 65, 'shown'), [first, second]);
  return { system, first };
}

describe('what coverage tells of counts', () => {
  it('bounds a withheld week from below by the departments that reported in it', () => {
    const { system, first } = weeks();
    boundByCoverage(system, reported);
    expect(first.least).toBe(4);
    const { verdicts } = audit(system, { threshold: 11, feasibleIntegers: 6 }, { attackers: ['plain'] });
    expect(verdicts.map(({ status, least, most }) => [status, least, most])).toEqual([['safe', 4, 65]]);
  });

  it('finds the week disclosed to whoever knows that it is small', () => {
    const { system } = weeks();
    boundByCoverage(system, [...reported, { week, department: 'd5' }]);
    const { disclosed } = audit(system, { threshold: 11, feasibleIntegers: 10 }, { attackers: ['flags known'] });
    expect(disclosed).toMatchObject([{ status: 'narrow', least: 5, most: 10 }]);
  });

  it('leaves out a bound that the settled count does not keep, as when coverage was counted later', () => {
    const { system, first } = weeks();
    boundByCoverage(system, [...reported, ...['d5', 'd6'].map((department) => ({ week, department }))]);
    expect(first.least).toBe(0);
  });
});
