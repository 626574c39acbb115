/**
 * The audits of one protection (docs/METHODS.md §3.6). While cells are only withheld, what was safe stays safe: nobody knows more than before, and every table that fitted still
 * fits. So on the way only what was not safe is judged again, and at the end everything, from the walks of all audits.
 */
import { type Attacker, attackers } from '../audit/attackers.ts';
import { type AuditOptions, type AuditReport, audit } from '../audit/audit.ts';
import type { Walks } from '../audit/carry.ts';
import type { Limits } from '../audit/demand.ts';
import type { AuditVerdict } from '../audit/verdict.ts';
import type { System } from '../system/system.ts';
import type { KnownMoves } from '../walk/short-moves.ts';
import { home, type Step } from '../walk/walk.ts';
import { type Finding, nameOf } from './excuses.ts';

type Audits = {
  /** Judges everything. */
  readonly whole: () => AuditReport;
  /** Judges these counts again, each for its attacker. */
  readonly again: (findings: readonly Finding[]) => AuditReport;
  /** The same of a system that is only looked at, from what the last release proved: its verdicts are not remembered. */
  readonly aside: (findings: readonly Finding[]) => AuditReport;
  /** Walks from the true table that may be proofs, one after the other. */
  readonly suggest: (steps: readonly Step[]) => void;
};

export function auditsOf(
  system: System,
  limits: Limits,
  options: Pick<AuditOptions, 'attackers' | 'concerns' | 'standing' | 'solver' | 'carried'>,
): Audits {
  const walks = new Map<Attacker, readonly Step[]>();
  const safe = new Map<string, AuditVerdict>();
  let moves: KnownMoves | undefined;
  let begun = false;
  const run = (findings?: readonly Finding[], before: Walks = walks): AuditReport => {
    // At first only the walks of the last release: for what they leave open, cells are looked for before bounds are.
    const hasty = !begun && options.carried !== undefined;
    begun = true;
    const names = findings && new Set(findings.map(nameOf));
    const report = audit(system, limits, {
      ...options,
      hasty,
      thorough: true,
      earlier: { verdicts: [...safe.values()], walks: before, ...(moves ? { moves } : {}) },
      ...(names ? { only: (key, attacker) => names.has(nameOf({ key, attacker })) } : {}),
    });
    moves = report.moves;
    return report;
  };
  const extend = (report: AuditReport): AuditReport => {
    for (const [attacker, walk] of report.walks) walks.set(attacker, [...(walks.get(attacker) ?? []), home, ...walk]);
    return report;
  };
  const remember = (report: AuditReport): AuditReport => {
    for (const verdict of report.verdicts)
      if (verdict.status === 'safe' && !safe.has(nameOf(verdict))) safe.set(nameOf(verdict), verdict);
    return extend(report);
  };
  return {
    whole() {
      const report = run();
      walks.clear();
      return remember(report);
    },
    again: (findings) => remember(run(findings)),
    suggest(steps) {
      for (const attacker of options.attackers ?? attackers)
        walks.set(attacker, [...(walks.get(attacker) ?? []), ...steps]);
    },
    aside: (findings) => extend(run(findings, new Map())),
  };
}
