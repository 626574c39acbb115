import { expect, it } from 'vitest';
import { attack } from '#core/disclosure/audit/attack.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { addSum, emptySystem, variableOf } from '#core/disclosure/system/system.ts';

it('judges an older count again when a new shown number is the last that was missing to it', () => {
  const system = emptySystem();
  const cell = (name: string, state: 'shown' | 'hidden', truth: number) => {
    const predicate = { universe: 'incidents', batch: '', span: 'always', where: { cell: name } } as const;
    return Object.assign(variableOf(system, predicate), { state, truth });
  };
  const [total, small, beside] = [cell('total', 'shown', 47), cell('small', 'hidden', 7), cell('beside', 'hidden', 40)];
  const [added, other] = [cell('added', 'shown', 60), cell('other', 'shown', 20)];
  addSum(system, total, [small, beside]);
  addSum(system, added, [beside, other]);
  const limits = { threshold: 11, feasibleIntegers: 6 };
  const concerns = new Set([added.index]);
  const { disclosed } = audit(system, limits, { attackers: ['plain'], concerns });
  expect(disclosed).toMatchObject([{ key: small.key, status: 'exact', least: 7, most: 7 }]);
  expect(attack(system, limits, { attackers: ['plain'], concerns }).disclosed).toMatchObject([{ key: small.key }]);
});
