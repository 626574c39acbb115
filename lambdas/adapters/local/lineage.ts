/**
 * What the store keeps for each report: the operation and the hash of its current version, and a reference for every version, oldest first. A report's id is
 * random, so each new report touches a page of its own; the smaller the value, the fewer pages there are to write.
 */
import type { ReportId, Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { operations, type ReportHead, type ReportVersion } from '#core/domain/submission.ts';

/** One byte for the operation, 32 for the hash, six for each reference. */
const headBytes = 33;
const referenceBytes = 6;
/** More than a submission can have rows. */
const rowsMax = 1 << 14;

/** Where a version stands: the feed number of its commit, and its place among the accepted rows of that commit. */
export const referenceOf = (commit: number, place: number): number => commit * rowsMax + place;
export const placeOf = (reference: number): { readonly commit: number; readonly place: number } => ({
  commit: Math.floor(reference / rowsMax),
  place: reference % rowsMax,
});

export const versionCount = (lineage: Buffer | undefined): number =>
  lineage === undefined ? 0 : (lineage.length - headBytes) / referenceBytes;

export const referenceAt = (lineage: Buffer, version: number): number | undefined =>
  version < 1 || version > versionCount(lineage)
    ? undefined
    : lineage.readUIntBE(headBytes + (version - 1) * referenceBytes, referenceBytes);

export function referencesOf(lineage: Buffer): number[] {
  const references: number[] = [];
  for (let at = headBytes; at < lineage.length; at += referenceBytes)
    references.push(lineage.readUIntBE(at, referenceBytes));
  return references;
}

/** The lineage with one more version at its end. */
export function extended(before: Buffer | undefined, version: ReportVersion, reference: number): Buffer {
  const length = before?.length ?? headBytes;
  const lineage = Buffer.allocUnsafe(length + referenceBytes);
  before?.copy(lineage);
  lineage[0] = operations.indexOf(version.operation);
  lineage.write(version.sha256, 1, 'hex');
  lineage.writeUIntBE(reference, length, referenceBytes);
  return lineage;
}

export function headOf(reportId: ReportId, lineage: Buffer): ReportHead {
  const operation = operations[lineage[0] ?? -1];
  invariant(operation, 'a lineage begins with an operation');
  const sha256 = lineage.toString('hex', 1, headBytes) as Sha256;
  return { reportId, version: versionCount(lineage), operation, sha256 };
}
