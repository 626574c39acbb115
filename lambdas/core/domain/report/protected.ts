import { canonicalJson, canonicalMembers } from '../canonical-json.ts';
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
  /** The whole report but for `confirmed_warnings`, as canonical JSON. */
  readonly whole: string;
  /** Every unprotected field and what was derived, as JSON. */
  readonly open: string;
  readonly guarded: Readonly<Record<string, string>>;
};

/**
 * Writes a report and parts it into what may be stored open and what must be sealed; a guarded value that is not text stands as canonical JSON. `confirmed_warnings` belongs to neither.
 * Each value is written once: writing is a large part of what a report costs.
 */
export function splitProtected(report: Report, derived: Readonly<Record<string, unknown>> | undefined): SplitReport {
  const fields: Readonly<Record<string, unknown>> = report;
  const guarded: Record<string, string> = {};
  let whole = '';
  let open = '';
  for (const [name, written] of canonicalMembers(fields)) {
    if (name === 'confirmed_warnings') continue;
    whole += whole === '' ? '{' : ',';
    whole += written;
    if (guardedNames.has(name)) {
      const value = fields[name];
      guarded[name] = typeof value === 'string' ? value : canonicalJson(value);
      continue;
    }
    open += open === '' ? '{' : ',';
    open += written;
  }
  if (derived !== undefined) open += `,"derived":${JSON.stringify(derived)}`;
  return { whole: `${whole}}`, open: `${open}}`, guarded };
}
