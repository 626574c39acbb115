import type { ReportId } from '#core/domain/ids.ts';
import { reasonViolations } from '#core/domain/stated-reason.ts';
import type { AuditTrail, Clock, Ids } from '#core/ports.ts';

export type ErasePorts = {
  /** The keys that still open something; undefined when there is no such report. */
  readonly standingKeys: (report: ReportId) => readonly string[] | undefined;
  readonly destroyKeys: (report: ReportId) => Promise<void>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
};
export type Erasure = { readonly report: ReportId; readonly purpose: string; readonly matter: string };

/**
 * Erases the protected fields of a report for ever: the audit record stands first, then every key is destroyed. Answers the exit code: 0 done or done before, 1 refused
 * and nothing changed. Facts, counts, receipts and the trail stay.
 */
export async function eraseReport(ports: ErasePorts, erasure: Erasure, say: (line: string) => void): Promise<number> {
  const { report, purpose, matter } = erasure;
  const violations = reasonViolations({ purpose, matter });
  for (const { pointer, message } of violations) say(`refused: --${pointer?.slice(1)}: ${message}`);
  if (violations.length > 0) return 1;
  const keys = ports.standingKeys(report);
  if (!keys) {
    say(`refused: there is no report ${report} here`);
    return 1;
  }
  if (keys.length === 0) {
    say(
      `nothing to do: ${report} holds no protected field that could be opened; it was erased already, or never held one`,
    );
    return 0;
  }
  await ports.audit.append({
    id: ports.ids.random(),
    at: ports.clock.now(),
    client: 'privacy-officer',
    action: 'report:erased',
    what: { report },
    purpose,
    matter,
    count: keys.length,
  });
  await ports.destroyKeys(report);
  say(`erased: ${report}: ${keys.length} sealed ${keys.length === 1 ? 'text' : 'texts'} can never be opened again`);
  say('kept: its facts, counts and receipts, and the audit record of this erasure');
  return 0;
}
