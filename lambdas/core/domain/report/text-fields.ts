import type { Violation } from '../problem.ts';
import { prohibitedIn, prohibitedMessages, type TextKind } from './prohibited.ts';
import type { ReportFields } from './schema.ts';
import { syntaxViolation } from './schema-violations.ts';

/** Every string of a report that is not a word of a closed vocabulary, a time, a hash or an id that must stand in the registry, with the tripwires it must pass. */
function* textsOf(
  report: ReportFields,
): Generator<readonly [pointer: string, text: string | undefined, kind: TextKind]> {
  yield ['/local_report_id', report.local_report_id, 'identifier'];
  yield ['/reporter_contact', report.reporter_contact, 'contact'];
  yield ['/certified_by', report.certified_by, 'official'];
  yield ['/supervisor_name', report.supervisor_name, 'official'];
  yield ['/supervisor_badge', report.supervisor_badge, 'identifier'];
  yield ['/lapd_incident_no', report.lapd_incident_no, 'identifier'];
  yield ['/city_resources_description', report.city_resources_description, 'prose'];
  yield ['/narrative', report.narrative, 'prose'];
  yield ['/unlisted_property/address', report.unlisted_property?.address, 'place'];
  yield ['/unlisted_property/description', report.unlisted_property?.description, 'prose'];
  for (const [at, shown] of (report.documents ?? []).entries())
    yield [`/documents/${at}/evidence_id`, shown.evidence_id, 'identifier'];
  for (const [at, item] of (report.evidence ?? []).entries())
    yield [`/evidence/${at}/storage_ref`, item.storage_ref, 'identifier'];
  for (const [at, plate] of (report.vehicle_plates ?? []).entries())
    yield [`/vehicle_plates/${at}`, plate, 'identifier'];
}

// Tab and line breaks are text; every other control character is not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** E206 for text that cannot be kept and E5xx for what must not be. */
export function textViolations(report: ReportFields): Violation[] {
  const found: Violation[] = [];
  for (const [pointer, text, kind] of textsOf(report)) {
    if (text === undefined) continue;
    if (control.test(text) || !text.isWellFormed()) found.push(syntaxViolation('E206', { pointer }));
    for (const code of prohibitedIn(text, kind))
      found.push({ code, severity: 'error', pointer, message: prohibitedMessages[code] ?? 'The text is prohibited' });
  }
  return found;
}
