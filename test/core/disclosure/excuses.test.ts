import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit/audit.ts';
import {
  type Excuses,
  faultOf,
  findingsOf,
  unexcused,
  withInherited,
  withTold,
  withUntouched,
} from '#core/disclosure/protect/excuses.ts';
import { addSum, emptySystem, type Span, variableOf } from '#core/disclosure/system/system.ts';

const none: Excuses = { inherited: [], told: [] };
const plain = (key: string, reason: string) => ({ key, attacker: 'plain', reason }) as const;

const between = (least: number, most: number, possible = true) => ({
  ...plain('a', 'narrow'),
  between: { least, most, possible },
});

describe('an excuse', () => {
  it('of the quick screen covers what is no worse than it', () => {
    const excused = withInherited(none, [plain('a', 'narrow')]);
    expect(unexcused([plain('a', 'narrow')], excused)).toEqual([]);
    expect(unexcused([plain('a', 'exact')], excused)).toHaveLength(1);
    const graver = withInherited(excused, [plain('a', 'exact')]);
    expect(graver.inherited).toEqual([plain('a', 'exact')]);
    expect(unexcused([plain('a', 'exact')], graver)).toEqual([]);
  });

  it('of the auditor covers no tighter bounds, and none between which values may have fallen away', () => {
    const excused = withTold(none, [between(2, 6)]);
    expect(unexcused([between(2, 6), between(1, 7)], excused)).toEqual([]);
    expect(unexcused([between(3, 6)], excused)).toHaveLength(1);
    expect(unexcused([between(2, 5)], excused)).toHaveLength(1);
    expect(unexcused([between(2, 6, false)], excused)).toHaveLength(1);
    expect(unexcused([between(2, 6)], withTold(none, [plain('a', 'exact')]))).toHaveLength(1);
  });

  it('is never that something was undecided before, unless no new number reaches it', () => {
    const undecided = plain('a', 'undecided');
    expect(unexcused([undecided], withTold(withInherited(none, [undecided]), [undecided]))).toEqual([undecided]);
    const untouched = withUntouched(none, [undecided]);
    expect(unexcused([undecided], untouched)).toEqual([]);
    expect(unexcused([plain('a', 'narrow'), between(2, 6)], untouched)).toHaveLength(2);
  });

  it('of one attacker is none for another', () => {
    const other = { ...plain('a', 'narrow'), attacker: 'flags known' } as const;
    expect(unexcused([other], withTold(none, [plain('a', 'narrow')]))).toEqual([other]);
    expect(unexcused([other], withInherited(none, [plain('a', 'narrow')]))).toEqual([other]);
  });
});

it('lets no release out whose audit calls a count not safe that nothing excuses', () => {
  const system = emptySystem();
  const count = (name: string, truth: number, state: 'shown' | 'hidden') => {
    const variable = variableOf(system, { universe: 'u', batch: '', span: 'always' as Span, where: { of: name } });
    variable.truth = truth;
    variable.state = state;
    return variable;
  };
  const whole = count('all', 20, 'shown');
  const small = count('one', 4, 'hidden');
  addSum(system, whole, [count('other', 16, 'shown'), small]);
  const report = audit(system, { threshold: 11, feasibleIntegers: 6 });
  expect(faultOf(report, none)).toMatch(/not safe/);
  expect(faultOf(report, withInherited(none, findingsOf(report)))).toBeUndefined();
  expect(faultOf(report, withInherited(none, [plain(small.key, 'exact')]))).toMatch(/not safe/);
});
