import { CanonicalWriter, canonicalJson } from '../canonical-json.ts';
import { type Sha256, sha256 } from '../ids.ts';
import type { Report } from './schema.ts';

/** Fields of the protected tier: sealed under the report's own key, and in no lake row, log or release. Every field that takes free text is one. */
export const protectedFields = [
  'reporter_contact',
  'certified_by',
  'point',
  'unlisted_property',
  'vehicle_plates',
  'supervisor_name',
  'supervisor_badge',
  'lapd_incident_no',
  'city_resources_description',
  'narrative',
] as const;
export type ProtectedField = (typeof protectedFields)[number];

const guardedNames: ReadonlySet<string> = new Set(protectedFields);

export type SplitReport = {
  /** Of the whole report but for `confirmed_warnings`, as canonical JSON. */
  readonly sha256: Sha256;
  /** Every unprotected field and what was derived, as JSON. */
  readonly open: Uint8Array;
  readonly guarded: Readonly<Record<string, string>>;
};

const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Holds one report at a time: what is kept of it is copied before the next is written. */
const writer = new CanonicalWriter();

function withoutConfirmations(report: Report): Readonly<Record<string, unknown>> {
  if (report.confirmed_warnings === undefined) return report;
  const { confirmed_warnings: _, ...fields } = report;
  return fields;
}

/**
 * Writes a report and parts it into what may be stored open and what must be sealed; a guarded value that is not text stands as canonical JSON. `confirmed_warnings` belongs to neither.
 * Each value is written once: writing is a large part of what a report costs.
 */
export function splitProtected(report: Report, derived: Readonly<Record<string, unknown>> | undefined): SplitReport {
  const fields = withoutConfirmations(report);
  const guarded: Record<string, string> = {};
  /** Where each stretch of open members begins and ends, in turn. */
  const stretches: number[] = [];
  let within = false;
  writer.clear();
  writer.object(fields, (name, at) => {
    const guards = guardedNames.has(name);
    if (guards === within) {
      stretches.push(at);
      within = !within;
    }
    if (!guards) return;
    const value = fields[name];
    guarded[name] = typeof value === 'string' ? value : canonicalJson(value);
  });
  const end = writer.at;
  if (within) stretches.push(end - 1);
  const hash = sha256(writer.written(0, end));
  if (derived !== undefined) {
    writer.letters(',"derived":');
    writer.value(derived);
    stretches.push(end, writer.at);
  }
  return { sha256: hash, open: joined(writer.written(), stretches), guarded };
}

/** An object of members that stand in stretches of another, each behind its comma or brace. No report is without an open member: its operation is one. */
function joined(written: Buffer, stretches: readonly number[]): Uint8Array {
  let length = 1;
  for (let place = 0; place < stretches.length; place += 2)
    length += (stretches[place + 1] ?? 0) - (stretches[place] ?? 0);
  const object = Buffer.allocUnsafe(length);
  let at = 0;
  for (let place = 0; place < stretches.length; place += 2)
    at += written.copy(object, at, stretches[place], stretches[place + 1]);
  object[0] = openBrace;
  object[at] = closeBrace;
  return object;
}
