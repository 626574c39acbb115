/** What a checker found, against the list of findings that were read by a person and stand with a reason. */

export type Finding = { readonly tool: string; readonly rule: string; readonly at: string; readonly says: string };
export type Reviewed = {
  readonly tool: string;
  readonly rule: string;
  /** Where it stands: the whole of a logical name, `AWS::<Service>::<Kind>.<name>` for checkov, as a pattern. */
  readonly at: RegExp;
  readonly because: string;
};
export type Verdict = {
  /** Findings without a reason: the check fails. */
  readonly open: readonly Finding[];
  /** Reasons without a finding: the check fails too, so that the list never promises more than there is. */
  readonly stale: readonly Reviewed[];
  readonly reviewed: number;
};

export function judge(found: readonly Finding[], reasons: readonly Reviewed[]): Verdict {
  const covers = (reason: Reviewed, { tool, rule, at }: Finding): boolean =>
    reason.tool === tool && reason.rule === rule && reason.at.test(at);
  const open = found.filter((finding) => !reasons.some((reason) => covers(reason, finding)));
  const stale = reasons.filter((reason) => !found.some((finding) => covers(reason, finding)));
  return { open, stale, reviewed: found.length - open.length };
}
