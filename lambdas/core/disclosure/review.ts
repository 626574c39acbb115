/** What an audit came to, in a form that may be read by who must not read what is sealed (docs/METHODS.md §3.9). */
import { attackers } from './attackers.ts';
import type { AuditReport, AuditVerdict } from './audit.ts';
import type { AttackReview, Review } from './ledger-entry.ts';
import type { Protection } from './protect.ts';

const values = ({ least, most }: AuditVerdict): number => most - least + 1;

function attackReview(attacker: string, verdicts: readonly AuditVerdict[]): AttackReview {
  const atMost = Math.min(...verdicts.map(values));
  return {
    attacker,
    counts: verdicts.length,
    proven: Math.min(...verdicts.map(({ feasible }) => feasible)),
    ...(Number.isFinite(atMost) ? { atMost } : {}),
    disclosed: verdicts.filter(({ status }) => status !== 'safe' && status !== 'undecided').length,
    undecided: verdicts.filter(({ status }) => status === 'undecided').length,
  };
}

/** How close each attacker came. */
export const attackReviews = ({ verdicts }: AuditReport): AttackReview[] =>
  attackers.map((attacker) => {
    const own = verdicts.filter((verdict) => verdict.attacker === attacker);
    return own.length ? attackReview(attacker, own) : { attacker, counts: 0, proven: 0, disclosed: 0, undecided: 0 };
  });

export function reviewOf(report: AuditReport, protection: Protection): Review {
  return {
    attacks: attackReviews(report),
    unknowns: report.unknowns,
    equations: report.equations,
    rounds: protection.rounds,
    givenUp: protection.withheld,
    inherited: protection.inherited.length,
  };
}
