import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { chainFault } from '#core/disclosure/ledger-chain.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { attackReviews } from '#core/disclosure/review.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import type { City } from '#core/domain/city.ts';
import { attackInWords } from './show-entries.ts';

/** Attacks everything that was ever shown, under today's policy, and says how close each attacker came. Answers 1 when a small count is not safe. */
export async function attackHistory(
  entries: readonly LedgerEntry[],
  city: City,
  root: string,
  say: (line: string) => void,
): Promise<number> {
  const broken = chainFault(entries);
  if (broken) throw new Error(`${broken}; verify the ledger first`);
  const shipped = assets(root);
  const policy = parsePolicy(await shipped.text('lambdas/core/disclosure/policy.json'), city.disclosure);
  if (!policy.ok) throw new Error(policy.problem.detail ?? 'the disclosure policy cannot be read');
  const { threshold, feasibleIntegers } = policy.value;
  const system = assemble(historyOf(entries), [], city, threshold);
  const report = audit(system, { threshold, feasibleIntegers }, { solver: await solver(shipped)() });
  const { faults } = checkCertificate(report.certificate);
  say(
    `\n  ${entries.length} entries together: ${report.unknowns} unknowns, ${report.equations} equations; policy ${policy.value.version}\n`,
  );
  for (const attack of attackReviews(report)) say(`  ${attackInWords(attack)}`);
  for (const fault of faults.slice(0, 5)) say(`  WRONG  the independent checker does not agree: ${fault}`);
  for (const { key, attacker, status } of report.disclosed.slice(0, 20))
    say(`  ${status.toUpperCase()}  to the attacker "${attacker}": ${key}`);
  const held = report.disclosed.length === 0 && faults.length === 0;
  say(
    held
      ? '\n  held: every verdict was checked by a program that shares no code with the auditor\n'
      : `\n  ${report.disclosed.length} counts are not safe\n`,
  );
  return held ? 0 : 1;
}
