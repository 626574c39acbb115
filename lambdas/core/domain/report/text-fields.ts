import type { Violation } from '../problem.ts';
import { isPlain, prohibitedIn, prohibitedMessages } from './prohibited.ts';
import type { ReportFields } from './schema.ts';
import { syntaxViolation } from './schema-violations.ts';
import type { TextKind } from './tripwires.ts';

// Tab and line breaks are text; every other control character is not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function look(found: Violation[], pointer: string, text: string | undefined, kind: TextKind): void {
  if (text === undefined) return;
  const known = isPlain(text);
  if (!known && (control.test(text) || !text.isWellFormed())) found.push(syntaxViolation('E206', { pointer }));
  for (const code of prohibitedIn(text, kind, known))
    found.push({ code, severity: 'error', pointer, message: prohibitedMessages[code] ?? 'The text is prohibited' });
}

/** E206 for text that cannot be kept and E5xx for what must not be, of every string that is not a word of a closed vocabulary, a time, a hash or an id that must stand in the registry. */
export function textViolations(report: ReportFields): Violation[] {
  const found: Violation[] = [];
  look(found, '/local_report_id', report.local_report_id, 'identifier');
  look(found, '/reporter_contact', report.reporter_contact, 'contact');
  look(found, '/certified_by', report.certified_by, 'official');
  look(found, '/supervisor_name', report.supervisor_name, 'official');
  look(found, '/supervisor_badge', report.supervisor_badge, 'identifier');
  look(found, '/lapd_incident_no', report.lapd_incident_no, 'identifier');
  look(found, '/city_resources_description', report.city_resources_description, 'prose');
  look(found, '/narrative', report.narrative, 'prose');
  look(found, '/unlisted_property/address', report.unlisted_property?.address, 'place');
  look(found, '/unlisted_property/description', report.unlisted_property?.description, 'prose');
  for (const [at, shown] of report.documents?.entries() ?? [])
    look(found, `/documents/${at}/evidence_id`, shown.evidence_id, 'identifier');
  for (const [at, item] of report.evidence?.entries() ?? [])
    look(found, `/evidence/${at}/storage_ref`, item.storage_ref, 'identifier');
  for (const [at, plate] of report.vehicle_plates?.entries() ?? [])
    look(found, `/vehicle_plates/${at}`, plate, 'identifier');
  return found;
}
