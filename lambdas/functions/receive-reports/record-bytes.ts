import { CanonicalWriter } from '#core/domain/canonical-json.ts';
import type { Violation } from '#core/domain/problem.ts';
import type { ReportVersion, SealedFields, SubmissionRecord } from '#core/domain/submission.ts';
import type { PlannedRow } from './plan-submission.ts';

/** Violations of the rules are constants: few texts for many rows. */
const violationTexts = new WeakMap<Violation, Uint8Array>();

function violationText(violation: Violation): Uint8Array {
  const known = violationTexts.get(violation);
  if (known !== undefined) return known;
  const text = Buffer.from(JSON.stringify(violation));
  violationTexts.set(violation, text);
  return text;
}

/** Writes the members of a flat object in the order they have, as JSON.stringify does. */
function writeFlat(writer: CanonicalWriter, object: Readonly<Record<string, string>>): void {
  let before = '{"';
  for (const name in object) {
    writer.letters(before);
    writer.letters(name);
    writer.letters('":');
    writer.value(object[name]);
    before = ',"';
  }
  writer.letters('}');
}

function writeSealed(writer: CanonicalWriter, sealed: readonly SealedFields[]): void {
  writer.letters(',"sealed":[');
  for (const [place, { fields, key, text }] of sealed.entries()) {
    writer.letters(place === 0 ? '{"fields":' : ',{"fields":');
    writer.value(fields);
    // Neither the name of a key nor base64 holds a quote.
    writer.letters(',"key":"');
    writer.letters(key);
    writer.letters('","text":"');
    writer.letters(text);
    writer.letters('"}');
  }
}

const acceptedReport = Buffer.from(',"status":"accepted","report":{"reportId":"');

function writeAccepted(
  writer: CanonicalWriter,
  line: number,
  { reportId, localReportId, version, operation, sha256, facts, sealed }: ReportVersion,
  open: Uint8Array,
  violations: readonly Violation[],
): void {
  writer.letters('{"line":');
  writer.value(line);
  writer.bytes(acceptedReport);
  writer.letters(reportId);
  writer.letters('","localReportId":');
  writer.value(localReportId);
  writer.letters(',"version":');
  writer.value(version);
  writer.letters(',"operation":"');
  writer.letters(operation);
  writer.letters('","sha256":"');
  writer.letters(sha256);
  writer.letters('","facts":');
  writeFlat(writer, facts);
  writer.letters(',"open":');
  writer.bytes(open);
  writeSealed(writer, sealed);
  writer.letters(']},"violations":[');
  for (const [place, violation] of violations.entries()) {
    if (place > 0) writer.letters(',');
    writer.bytes(violationText(violation));
  }
  writer.letters(']}');
}

/** What a row takes, more or less. */
const rowBytes = 1500;

/** The JSON of a record as `JSON.stringify` would give it, put together from what was written when its rows were read. `plan` is what the record was made of. */
export function recordBytes({ rows, ...head }: SubmissionRecord, plan: readonly PlannedRow[]): Uint8Array {
  const writer = new CanonicalWriter(rowBytes * (rows.length + 1));
  writer.letters(`${JSON.stringify(head).slice(0, -1)},"rows":[`);
  for (const [place, row] of rows.entries()) {
    if (place > 0) writer.letters(',');
    const planned = plan[place];
    if (row.status === 'accepted' && planned?.status === 'accepted')
      writeAccepted(writer, row.line, row.report, planned.open.json, row.violations);
    else writer.bytes(Buffer.from(JSON.stringify(row)));
  }
  writer.letters(']}');
  return writer.written();
}
