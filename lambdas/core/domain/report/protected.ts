import { canonicalJson } from '../canonical-json.ts';
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
  /** The caller's own, to add to. */
  readonly open: Record<string, unknown>;
  readonly guarded: Readonly<Record<string, string>>;
};

/** Parts a report into what may be stored open and what must be sealed; a guarded value that is not text stands as canonical JSON. `confirmed_warnings` belongs to neither. */
export function splitProtected(report: Report): SplitReport {
  const open: Record<string, unknown> = {};
  const guarded: Record<string, string> = {};
  const fields: Readonly<Record<string, unknown>> = report;
  for (const name of Object.keys(report)) {
    const value = fields[name];
    if (value === undefined || name === 'confirmed_warnings') continue;
    if (guardedNames.has(name)) guarded[name] = typeof value === 'string' ? value : canonicalJson(value);
    else open[name] = value;
  }
  return { open, guarded };
}
