/** Reads stored versions out of the raw objects: each version stands once, in the record of its commit, which never changes. */
import { invariant } from '#core/domain/invariant.ts';
import type { ReportVersion, SubmissionRecord } from '#core/domain/submission.ts';
import type { StoredVersion } from '#core/ports.ts';
import { placeOf } from './reference.ts';
import type { LocalStore } from './store.ts';

/** How many versions of parsed records are kept. A pull goes by day and department, so it comes back to the same records again and again. */
const keptMax = 20_000;

export function acceptedIn({ rows }: SubmissionRecord): ReportVersion[] {
  const accepted: ReportVersion[] = [];
  for (const row of rows) if (row.status === 'accepted') accepted.push(row.report);
  return accepted;
}

function readRecord(store: LocalStore, raw: string): SubmissionRecord {
  const bytes = store.raw.get(raw);
  invariant(bytes, 'every commit has its raw object');
  return JSON.parse(bytes.toString('utf8')) as SubmissionRecord;
}

/** The versions of one commit. What was used longest ago is let go first. */
function versionsOf(store: LocalStore, commit: number, raw: string): readonly ReportVersion[] {
  const { recent } = store;
  const versions = recent.get(commit) ?? acceptedIn(readRecord(store, raw));
  if (recent.delete(commit)) {
    recent.set(commit, versions);
    return versions;
  }
  recent.set(commit, versions);
  let kept = 0;
  for (const { length } of recent.values()) kept += length;
  for (const [oldest, { length }] of recent) {
    if (kept <= keptMax || oldest === commit) break;
    recent.delete(oldest);
    kept -= length;
  }
  return versions;
}

/** The version behind a reference that an index holds. */
export function storedVersion(store: LocalStore, reference: number): StoredVersion {
  const { commit, place } = placeOf(reference);
  const entry = store.feed.get(commit);
  invariant(entry, 'every reference names a commit');
  const version = versionsOf(store, commit, entry.raw)[place];
  invariant(version, 'every reference names a version of its commit');
  return { version, submissionId: entry.submissionId, receivedAt: entry.receivedAt };
}
