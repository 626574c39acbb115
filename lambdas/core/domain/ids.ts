import { createHash } from 'node:crypto';

declare const id: unique symbol;
type Id<Name extends string> = string & { readonly [id]: Name };

export type DepartmentId = Id<'department'>;
export type PropertyId = Id<'property'>;
export type SubmissionId = Id<'submission'>;
export type ReportId = Id<'report'>;
export type ReleaseId = Id<'release'>;
export type ExhibitId = Id<'exhibit'>;
export type Sha256 = Id<'sha256'>;

export const sha256 = (content: string | Uint8Array): Sha256 =>
  createHash('sha256').update(content).digest('hex') as Sha256;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters (128 bits) of Crockford base 32 that depend on the parts alone: a retry derives the same id and needs no memory. */
function derived(...parts: string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 17)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let at = 0; at < 26; at++) {
    text = alphabet[Number(bits & 31n)] + text;
    bits >>= 5n;
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
