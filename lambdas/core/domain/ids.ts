import { hash } from 'node:crypto';

declare const id: unique symbol;
type Id<Name extends string> = string & { readonly [id]: Name };

export type DepartmentId = Id<'department'>;
export type PropertyId = Id<'property'>;
export type SubmissionId = Id<'submission'>;
export type ReportId = Id<'report'>;
export type ReleaseId = Id<'release'>;
export type ExhibitId = Id<'exhibit'>;
export type RequestId = Id<'request'>;
export type Sha256 = Id<'sha256'>;

export const sha256 = (content: string | Uint8Array): Sha256 => hash('sha256', content, 'hex') as Sha256;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const prefixLetters = 4;
/** The letters of the id in the making: put together as strings they would be a tree of pieces. */
const letters = Buffer.alloc(prefixLetters + 26);

/** A prefix of four letters, and 26 characters (130 bits) of Crockford base 32 that depend on the parts alone: a retry derives the same id and needs no memory. */
function derived(prefix: string, ...parts: string[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'binary');
  letters.write(prefix, 'latin1');
  // The bits 6 to 135 of the digest, five at a time.
  let bits = digest.charCodeAt(0) & 3;
  let held = 2;
  let length = prefixLetters;
  for (let at = 1; at < 17; at++) {
    bits = (bits << 8) | digest.charCodeAt(at);
    held += 8;
    while (held >= 5) {
      held -= 5;
      letters[length++] = alphabet.charCodeAt((bits >> held) & 31);
    }
    bits &= (1 << held) - 1;
  }
  return letters.toString('latin1');
}

export const submissionIdOf = (department: DepartmentId, idempotencyKey: string): SubmissionId =>
  derived('sub_', 'submission', department, idempotencyKey) as SubmissionId;

export const reportIdOf = (department: DepartmentId, localReportId: string): ReportId =>
  derived('rep_', 'report', department, localReportId) as ReportId;

/** A request for records is named by the key it was opened with, so that a retry opens it once. */
export const requestIdOf = (idempotencyKey: string): RequestId =>
  derived('req_', 'request', idempotencyKey) as RequestId;

/** Opens an id that came from outside; undefined when it does not have the shape. */
export const readSubmissionId = (text: string): SubmissionId | undefined =>
  /^sub_[0-9a-z]{26}$/.test(text) ? (text as SubmissionId) : undefined;
export const readReportId = (text: string): ReportId | undefined =>
  /^rep_[0-9a-z]{26}$/.test(text) ? (text as ReportId) : undefined;
export const readRequestId = (text: string): RequestId | undefined =>
  /^req_[0-9a-z]{26}$/.test(text) ? (text as RequestId) : undefined;
