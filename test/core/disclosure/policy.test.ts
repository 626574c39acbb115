import { describe, expect, it } from 'vitest';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { sha256 } from '#core/domain/ids.ts';
import { policyText } from './fixture.ts';

const changed = (change: (policy: Record<string, unknown> & { map: Record<string, unknown> }) => void): string => {
  const policy = JSON.parse(policyText);
  change(policy);
  return JSON.stringify(policy);
};

describe('the disclosure policy', () => {
  it('opens as shipped and carries the hash of its text', () => {
    const opened = parsePolicy(policyText);
    expect(opened.ok && opened.value.threshold).toBe(11);
    expect(opened.ok && opened.value.sha256).toBe(sha256(policyText));
  });

  it('may be tightened', () => {
    expect(parsePolicy(changed((policy) => Object.assign(policy, { threshold: 20, lagDays: 28 }))).ok).toBe(true);
  });

  it.each([
    ['missing', undefined],
    ['not JSON', '{'],
    ['empty', '{}'],
    ['with a lower threshold', changed((policy) => Object.assign(policy, { threshold: 5 }))],
    ['with narrower intervals', changed((policy) => Object.assign(policy, { feasibleIntegers: 2 }))],
    ['with a shorter lag', changed((policy) => Object.assign(policy, { lagDays: 7 }))],
    ['with finer maps', changed((policy) => Object.assign(policy.map, { finestResolution: 10 }))],
    ['with regions of one property', changed((policy) => Object.assign(policy.map, { minimumSites: 1 }))],
    ['with a setting nobody knows', changed((policy) => Object.assign(policy, { off: true }))],
  ])('refuses the release when it is %s', (_, text) => {
    expect(parsePolicy(text)).toMatchObject({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
  });
});
