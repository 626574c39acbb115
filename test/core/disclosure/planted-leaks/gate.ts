/** A release with the gate taken away, and what an attacker makes of one with it. */

import { attack } from '#core/disclosure/audit/attack.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { type Policy, parsePolicy } from '#core/disclosure/policy.ts';
import type { ReleaseRequest } from '#core/disclosure/release.ts';
import type { System } from '#core/disclosure/system/system.ts';
import { assemble, type Candidate, historyOf } from '#core/disclosure/tables/assemble.ts';
import { planTables } from '#core/disclosure/tables/plan.ts';
import type { City } from '#core/domain/city.ts';
import { policyText } from '../fixture.ts';

export const limits = { threshold: 11, feasibleIntegers: 6 };

export function policyAsShipped(): Policy {
  const policy = parsePolicy(policyText);
  if (!policy.ok) throw new Error('the policy is good');
  return policy.value;
}

/** The tables as a naive release shows them: each small count is withheld and nothing else. */
export function naively(request: ReleaseRequest): {
  readonly system: System;
  readonly candidates: readonly Candidate[];
} {
  const history = historyOf(request.ledger);
  const plans = planTables(request, policyAsShipped(), history);
  if (!plans.ok) throw new Error('the tables are fit for release');
  const candidates = plans.value.flatMap((plan) => (plan.kind === 'counts' ? plan.candidate : []));
  return { system: assemble(history, candidates, request.city, limits.threshold), candidates };
}

/** What the screen and the auditor find in everything that was let out; the auditor's word is checked by a program that shares no code with it. */
export function leaksAfter(ledger: readonly LedgerEntry[], city: City): readonly string[] {
  const report = audit(assemble(historyOf(ledger), [], city, limits.threshold), limits);
  const { faults } = checkCertificate(report.certificate);
  const screened = attack(assemble(historyOf(ledger), [], city, limits.threshold), limits).disclosed;
  const told = (attacker: string, key: string) => `${attacker}: ${key}`;
  return [
    ...faults,
    ...screened.map(({ attacker, key }) => told(attacker, key)),
    ...report.disclosed.map(({ attacker, key }) => told(attacker, key)),
  ];
}
