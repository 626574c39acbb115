import { hash } from 'node:crypto';

declare const id: unique symbol;
type Id<Name extends string> = string & { readonly [id]: Name };

export type DepartmentId = Id<'department'>;
export type PropertyId = Id<'property'>;
export type SubmissionId = Id<'submission'>;
export type ReportId = Id<'report'>;
export type ReleaseId = Id<'release'>;
export type ExhibitId = Id<'exhibit'>;
export type Sha256 = Id<'sha256'>;

export const sha256 = (content: string | Uint8Array): Sha256 => hash('sha256', content, 'hex') as Sha256;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters (128 bits) of Crockford base 32 that depend on the parts alone: a retry derives the same id and needs no memory. */
function derived(...parts: string[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'buffer');
  // The last 130 of the first 136 bits, five at a time from the end.
  let text = '';
  let bits = 0;
  let held = 0;
  for (let at = 16; text.length < 26; at--) {
    bits |= (digest[at] ?? 0) << held;
    for (held += 8; held >= 5 && text.length < 26; held -= 5) {
      text = `${alphabet[bits & 31]}${text}`;
      bits >>= 5;
    }
  }
  return text;
}

export const submissionIdOf = (department: DepartmentId, idempotencyKey: string): SubmissionId =>
  `sub_${derived('submission', department, idempotencyKey)}` as SubmissionId;

export const reportIdOf = (department: DepartmentId, localReportId: string): ReportId =>
  `rep_${derived('report', department, localReportId)}` as ReportId;

/** Opens an id that came from outside; undefined when it does not have the shape. */
export const readSubmissionId = (text: string): SubmissionId | undefined =>
  /^sub_[0-9a-z]{26}$/.test(text) ? (text as SubmissionId) : undefined;
export const readReportId = (text: string): ReportId | undefined =>
  /^rep_[0-9a-z]{26}$/.test(text) ? (text as ReportId) : undefined;
