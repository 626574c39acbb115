import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit.ts';
import { type Excuses, faultOf, unexcused, withInherited, withTold } from '#core/disclosure/excuses.ts';
import { addSum, emptySystem, type Span, variableOf } from '#core/disclosure/system.ts';

const none: Excuses = { inherited: [], told: [] };
const plain = (key: string, reason: string) => ({ key, attacker: 'plain', reason }) as const;

describe('an excuse', () => {
  it('covers what is no worse than it, and an undecided count excuses no exact one', () => {
    const excused = withInherited(none, [plain('a', 'undecided')]);
    expect(unexcused([plain('a', 'undecided')], excused)).toEqual([]);
    expect(unexcused([plain('a', 'narrow'), plain('a', 'exact')], excused)).toHaveLength(2);
    const graver = withInherited(excused, [plain('a', 'exact')]);
    expect(graver.inherited).toEqual([plain('a', 'exact')]);
    expect(unexcused([plain('a', 'exact')], graver)).toEqual([]);
  });

  it('of one attacker is none for another, unless older releases alone disclose the count', () => {
    const other = { ...plain('a', 'narrow'), attacker: 'flags known' } as const;
    expect(unexcused([other], withTold(none, [plain('a', 'narrow')]))).toEqual([other]);
    expect(unexcused([other], withInherited(none, [plain('a', 'narrow')]))).toEqual([]);
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
  expect(faultOf(report, withInherited(none, [plain(small.key, 'exact')]))).toBeUndefined();
});
