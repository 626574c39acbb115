/**
 * What a release is not blamed for (docs/METHODS.md §3.6): what earlier releases alone disclose, and what an attacker was told before he saw any number of this one. No way of
 * withholding new cells changes either. What is excused may not become worse, not by one value; and what nobody could decide is excused only where no new number reaches it.
 */
import type { Attacker } from '../audit/attackers.ts';
import type { AuditReport } from '../audit/audit.ts';

/**
 * A count that is not safe, to whom, and why: `status` of the auditor, with the bounds that are proven and whether tables were found for all values between them, or as many as the policy
 * demands; or `reason` of the quick screen, which proves none.
 */
export type Finding = {
  readonly key: string;
  readonly attacker: Attacker;
  readonly reason: string;
  readonly between?: { readonly least: number; readonly most: number; readonly possible: boolean };
};

/** `inherited`: disclosed by earlier releases alone. `told`: follows from what the attacker knew before, or nothing new reaches it. Each by count and attacker. */
export type Excuses = { readonly inherited: readonly Finding[]; readonly told: readonly Finding[] };

/** How much a finding of the quick screen says: 1 that too few values are left, 2 that one is. */
const gravityOf = ({ reason }: Finding): number => (reason === 'exact' || reason === 'determined' ? 2 : 1);

/** A count and an attacker as one name. */
export const nameOf = ({ key, attacker }: Pick<Finding, 'key' | 'attacker'>): string => `${attacker}|${key}`;

/** What an audit found, as findings. */
export const findingsOf = ({ disclosed, feasibleIntegers }: AuditReport): Finding[] =>
  disclosed.map(({ key, attacker, status, least, most, feasible }) => ({
    key,
    attacker,
    reason: status,
    between: { least, most, possible: feasible >= Math.min(most - least + 1, feasibleIntegers) },
  }));

/** Whether the one says all that the other says. */
function tells(one: Finding, other: Finding): boolean {
  if (one.reason === 'undecided' || other.reason === 'undecided') return one.reason === other.reason;
  if (!other.between) return gravityOf(one) >= gravityOf(other);
  return !!one.between && one.between.least >= other.between.least && one.between.most <= other.between.most;
}

/** Whether whoever knew what is excused learns nothing by the finding: its bounds are no tighter, and no value between them fell away unseen. */
const covers = (excuse: Finding, finding: Finding): boolean =>
  tells(excuse, finding) && (finding.reason === 'undecided' || (finding.between?.possible ?? true));

/** `list` with what `more` says beyond it; what is said by a new finding falls away. */
function withMore(list: readonly Finding[], more: readonly Finding[]): Finding[] {
  const standing = new Map<string, Finding[]>();
  for (const finding of [...list, ...more]) {
    const before = standing.get(nameOf(finding)) ?? [];
    if (!before.some((one) => tells(one, finding)))
      standing.set(nameOf(finding), [...before.filter((one) => !tells(finding, one)), finding]);
  }
  return [...standing.values()].flat();
}

const proven = (findings: readonly Finding[]): Finding[] => findings.filter(({ reason }) => reason !== 'undecided');

/** The excuses with what earlier releases alone disclose. That they leave something undecided excuses nothing. */
export const withInherited = ({ inherited, told }: Excuses, more: readonly Finding[]): Excuses => ({
  inherited: withMore(inherited, proven(more)),
  told,
});

/** The excuses with what attackers were told before. That this leaves something undecided excuses nothing. */
export const withTold = ({ inherited, told }: Excuses, more: readonly Finding[]): Excuses => ({
  inherited,
  told: withMore(told, proven(more)),
});

/** The excuses with findings, undecided ones too, of counts that no new number reaches. */
export const withUntouched = ({ inherited, told }: Excuses, more: readonly Finding[]): Excuses => ({
  inherited,
  told: withMore(told, more),
});

/** Those findings that nothing excuses: the release is to blame for them. */
export function unexcused(findings: readonly Finding[], { inherited, told }: Excuses): Finding[] {
  const excuses = new Map<string, Finding[]>();
  for (const excuse of [...inherited, ...told])
    (excuses.get(nameOf(excuse)) ?? excuses.set(nameOf(excuse), []).get(nameOf(excuse)))?.push(excuse);
  return findings.filter((finding) => !excuses.get(nameOf(finding))?.some((excuse) => covers(excuse, finding)));
}

/** Why a release with these verdicts must not go out, or undefined: fails closed, whatever the protector made of them. */
export function faultOf(report: AuditReport, excuses: Excuses): string | undefined {
  const blamed = unexcused(findingsOf(report), excuses).length;
  return blamed === 0 ? undefined : `the audit calls ${blamed} small counts of this release not safe`;
}
