/**
 * The audits of one protection (docs/METHODS.md §3.6). While cells are only withheld, what was safe stays safe: nobody knows more than before, and every table that fitted still
 * fits. So on the way only what was not safe is judged again, and at the end everything, from the walks of all audits.
 */
import type { Attacker } from '../audit/attackers.ts';
import { type AuditOptions, type AuditReport, type AuditVerdict, audit } from '../audit/audit.ts';
import type { Limits } from '../audit/search.ts';
import type { System } from '../system/system.ts';
import type { Step } from '../walk/walk.ts';
import { type Finding, nameOf } from './excuses.ts';

type Audits = {
  /** Judges everything. */
  readonly whole: () => AuditReport;
  /** Judges these counts again, each for its attacker. */
  readonly again: (findings: readonly Finding[]) => AuditReport;
  /** The same of a system that is only looked at: nothing is remembered of it. */
  readonly aside: (findings: readonly Finding[]) => AuditReport;
};

const home: Step = { along: new Int32Array(0), times: 0 };

export function auditsOf(
  system: System,
  limits: Limits,
  options: Pick<AuditOptions, 'attackers' | 'concerns' | 'solver' | 'carried'>,
): Audits {
  const walks = new Map<Attacker, readonly Step[]>();
  const safe = new Map<string, AuditVerdict>();
  const run = (findings?: readonly Finding[]): AuditReport => {
    const names = findings && new Set(findings.map(nameOf));
    return audit(system, limits, {
      ...options,
      earlier: { verdicts: [...safe.values()], walks },
      ...(names ? { only: (key, attacker) => names.has(nameOf({ key, attacker })) } : {}),
    });
  };
  const remember = (report: AuditReport): AuditReport => {
    for (const verdict of report.verdicts)
      if (verdict.status === 'safe' && !safe.has(nameOf(verdict))) safe.set(nameOf(verdict), verdict);
    for (const [attacker, walk] of report.walks) walks.set(attacker, [...(walks.get(attacker) ?? []), home, ...walk]);
    return report;
  };
  return {
    whole() {
      const report = run();
      walks.clear();
      return remember(report);
    },
    again: (findings) => remember(run(findings)),
    aside: (findings) => run(findings),
  };
}
