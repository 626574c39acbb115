import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit/audit.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { protect } from '#core/disclosure/protect/protect.ts';
import { addEquation, addSum, emptySystem, type Variable, variableOf } from '#core/disclosure/system/system.ts';
import type { Candidate } from '#core/disclosure/tables/assemble.ts';

const opened = parsePolicy(readFileSync('lambdas/core/disclosure/policy.json', 'utf8'), undefined);
if (!opened.ok) throw new Error('the policy is read');
const policy = opened.value;

/**
 * An older release left a count of 6 that is divisible by three: at most 14, so 0, 3, 6, 9 or 12, which no bound tells. A new table shows a sum that it is part of; its other part
 * is at most 25, so that 0 is gone. Nothing is small in the new table.
 */
function narrowing() {
  const system = emptySystem();
  const count = (of: string, truth: number, state: Variable['state'], frozen: boolean): Variable =>
    Object.assign(variableOf(system, { universe: 'u', batch: '', span: 'always', where: { of } }), {
      truth,
      state,
      frozen,
    });
  const old = count('old', 6, 'hidden', true);
  addEquation(system, [
    [old, 1],
    [count('third', 12, 'latent', true), -3],
    [count('known', 30, 'shown', true), 1],
  ]);
  addSum(system, count('before', 44, 'shown', true), [
    old,
    Object.assign(count('rest', 38, 'hidden', true), { least: 30 }),
  ]);
  const sum = count('sum', 26, 'shown', false);
  const part = Object.assign(count('part', 20, 'hidden', false), { most: 25 });
  addSum(system, sum, [old, part]);
  const elsewhere = count('elsewhere', 50, 'shown', false);
  const candidates = [sum, part, elsewhere].map(({ key }) => ({ at: { of: key }, key }));
  const grid = { dimensions: [], lines: [], cells: candidates };
  const candidate = { query: 'new_v1', frame: {}, span: 'always', grid, truths: new Map() } as unknown as Candidate;
  return { system, candidate, sum, old, elsewhere };
}

describe('a count that nobody could decide before', () => {
  it('is narrowed by a release without a verdict that says so', () => {
    const { system, sum, old } = narrowing();
    const of = (state: Variable['state']) => {
      sum.state = state;
      const { verdicts } = audit(system, policy, { attackers: ['plain'] });
      return verdicts.find(({ key }) => key === old.key);
    };
    expect(of('hidden')).toMatchObject({ status: 'undecided', feasible: 5 });
    expect(of('shown')).toMatchObject({ status: 'undecided', feasible: 4 });
  });

  it('counts as disclosed by it: what reaches the count is withheld, and nothing else', () => {
    const { system, candidate, sum, old, elsewhere } = narrowing();
    const { certified, told } = protect(system, [candidate], policy, 'key', { against: ['plain'] });
    expect(certified).toBe(true);
    expect(sum.state).toBe('hidden');
    expect(elsewhere.state).toBe('shown');
    expect(told).toMatchObject([{ key: old.key, reason: 'undecided' }]);
  });

  it('stops the release when coverage reaches it, which cannot be withheld', () => {
    const { system, candidate, sum } = narrowing();
    sum.least = 26;
    expect(protect(system, [candidate], policy, 'key', { against: ['plain'] }).certified).toBe(false);
  });
});
