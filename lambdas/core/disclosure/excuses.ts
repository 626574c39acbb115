/**
 * What a release is not blamed for (docs/METHODS.md §3.6): what earlier releases alone disclose, and what an attacker was told before he saw any number of this one. No way of
 * withholding new cells changes either. What is excused may not become worse: an undecided count does not excuse an exact one.
 */
import type { Attacker } from './attackers.ts';
import type { AuditReport } from './audit.ts';

/** A count that is not safe, to whom, and why: `status` of the auditor or `reason` of the quick screen. */
export type Finding = { readonly key: string; readonly attacker: Attacker; readonly reason: string };

/** `inherited`: disclosed by earlier releases alone. `told`: follows from what the attacker knew before. Each holds the gravest that was found, once. */
export type Excuses = { readonly inherited: readonly Finding[]; readonly told: readonly Finding[] };

/** How much a finding says: 1 that nothing is proven, 2 that too few values are left, 3 that one is. */
const gravityOf = ({ reason }: Finding): number =>
  reason === 'undecided' ? 1 : reason === 'exact' || reason === 'determined' ? 3 : 2;

const byAttacker = ({ key, attacker }: Finding): string => `${attacker}|${key}`;
const byKey = ({ key }: Finding): string => key;

/** What an audit found, as findings. */
export const findingsOf = ({ disclosed }: AuditReport): Finding[] =>
  disclosed.map(({ key, attacker, status }) => ({ key, attacker, reason: status }));

function withGravest(list: readonly Finding[], more: readonly Finding[], nameOf: (finding: Finding) => string) {
  const gravest = new Map(list.map((finding) => [nameOf(finding), finding]));
  for (const finding of more) {
    const standing = gravest.get(nameOf(finding));
    if (!standing || gravityOf(finding) > gravityOf(standing)) gravest.set(nameOf(finding), finding);
  }
  return [...gravest.values()];
}

/** The excuses with what earlier releases alone disclose, to whichever attacker. */
export const withInherited = ({ inherited, told }: Excuses, more: readonly Finding[]): Excuses => ({
  inherited: withGravest(inherited, more, byKey),
  told,
});

/** The excuses with what attackers were told before. */
export const withTold = ({ inherited, told }: Excuses, more: readonly Finding[]): Excuses => ({
  inherited,
  told: withGravest(told, more, byAttacker),
});

/** Those findings that nothing excuses: the release is to blame for them. */
export function unexcused(findings: readonly Finding[], { inherited, told }: Excuses): Finding[] {
  const gravity = new Map<string, number>();
  for (const finding of inherited) gravity.set(byKey(finding), gravityOf(finding));
  for (const finding of told) gravity.set(byAttacker(finding), gravityOf(finding));
  return findings.filter(
    (finding) => gravityOf(finding) > Math.max(gravity.get(byKey(finding)) ?? 0, gravity.get(byAttacker(finding)) ?? 0),
  );
}

/** What a report left undecided and nobody is to blame for, by `<attacker>|<key>`. */
export function excusedIn(report: AuditReport, excuses: Excuses): ReadonlySet<string> {
  const findings = findingsOf(report);
  const blamed = new Set(unexcused(findings, excuses).map(byAttacker));
  return new Set(
    findings
      .filter(({ reason }) => reason === 'undecided')
      .flatMap((one) => (blamed.has(byAttacker(one)) ? [] : byAttacker(one))),
  );
}

/** Why a release with these verdicts must not go out, or undefined: fails closed, whatever the protector made of them. */
export function faultOf(report: AuditReport, excuses: Excuses): string | undefined {
  const blamed = unexcused(findingsOf(report), excuses).length;
  return blamed === 0 ? undefined : `the audit calls ${blamed} small counts of this release not safe`;
}
