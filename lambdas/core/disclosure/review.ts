/** What an audit came to, in a form that may be read by who must not read what is sealed (docs/METHODS.md §3.9). */
import { attackers } from './audit/attackers.ts';
import type { AuditReport } from './audit/audit.ts';
import type { Method } from './audit/method.ts';
import type { AuditVerdict } from './audit/verdict.ts';
import type { AttackReview, FindingTally, LedgerRecord, Review } from './ledger-entry.ts';
import type { Protection } from './protect/protect.ts';
import type { ReleasedTable } from './released-table.ts';
import type { Plan } from './tables/plan.ts';
import { usefulnessOf } from './usefulness.ts';

const values = ({ least, most }: AuditVerdict): number => most - least + 1;

function attackReview(attacker: string, verdicts: readonly AuditVerdict[]): AttackReview {
  const atMost = Math.min(...verdicts.map(values));
  const settled: Partial<Record<Method, number>> = {};
  for (const { by } of verdicts) if (by) settled[by] = (settled[by] ?? 0) + 1;
  return {
    attacker,
    counts: verdicts.length,
    proven: Math.min(...verdicts.map(({ feasible }) => feasible)),
    ...(Number.isFinite(atMost) ? { atMost } : {}),
    disclosed: verdicts.filter(({ status }) => status !== 'safe' && status !== 'undecided').length,
    undecided: verdicts.filter(({ status }) => status === 'undecided').length,
    settled,
  };
}

/** How close each attacker came. */
export const attackReviews = ({ verdicts }: Pick<AuditReport, 'verdicts'>): AttackReview[] =>
  attackers.map((attacker) => {
    const own = verdicts.filter((verdict) => verdict.attacker === attacker);
    return own.length ? attackReview(attacker, own) : { attacker, counts: 0, proven: 0, disclosed: 0, undecided: 0 };
  });

/** Findings by kind, without saying of which cells: that would tell which of the withheld are small. */
function talliesOf(found: Protection['told']): FindingTally[] {
  // The auditor's word comes after the quick screen's on the same count.
  const findings = new Map(found.map((finding) => [`${finding.attacker}|${finding.key}`, finding])).values();
  const tallies = new Map<string, FindingTally>();
  for (const { attacker, reason } of findings) {
    const counts = (tallies.get(`${attacker}|${reason}`)?.counts ?? 0) + 1;
    tallies.set(`${attacker}|${reason}`, { attacker, reason, counts });
  }
  return [...tallies.values()];
}

/** `districts` are those of the city and those that were counted; `tables` are as released. */
export function reviewOf(
  protection: Protection,
  decided: {
    readonly plans: readonly Plan[];
    readonly tables: readonly ReleasedTable[];
    readonly ledger: readonly LedgerRecord[];
    readonly districts: { readonly registered: number; readonly counted: number };
  },
): Review {
  const { report } = protection;
  const { plans, tables, ledger, districts } = decided;
  const maps = plans.flatMap((plan) => (plan.kind === 'counts' && plan.candidate.regions ? plan : []));
  const queriesOf = (some: typeof maps) => some.map(({ candidate }) => candidate.query);
  return {
    version: 2,
    attacks: attackReviews(report),
    unknowns: report.unknowns,
    equations: report.equations,
    rounds: protection.rounds,
    givenUp: protection.withheld,
    inherited: new Set(protection.inherited.map(({ key }) => key)).size,
    earlier: ledger.filter(({ reproduces }) => !reproduces).length,
    excused: { inherited: talliesOf(protection.inherited), told: talliesOf(protection.told) },
    tables: tables.map(usefulnessOf),
    coarsened: {
      districts: districts.registered > districts.counted ? districts.registered - districts.counted + 1 : 0,
      drawn: queriesOf(maps.filter(({ drawn }) => drawn)),
      kept: queriesOf(maps.filter(({ drawn }) => !drawn)),
      standing: plans.flatMap((plan) => (plan.kind === 'standing' ? plan.table.query : [])),
    },
  };
}
