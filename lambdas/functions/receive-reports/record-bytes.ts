import type { Violation } from '#core/domain/problem.ts';
import type { ReportVersion, SealedFields, SubmissionRecord } from '#core/domain/submission.ts';
import type { PlannedRow } from './plan-submission.ts';

/** Violations of the rules are constants: few texts for many rows. */
const violationTexts = new WeakMap<Violation, string>();

function violationText(violation: Violation): string {
  const known = violationTexts.get(violation);
  if (known !== undefined) return known;
  const text = JSON.stringify(violation);
  violationTexts.set(violation, text);
  return text;
}

/** Sealed text is base64, and the name of a key holds no quote either. */
const sealedText = ({ fields, key, text }: SealedFields): string =>
  `{"fields":${JSON.stringify(fields)},"key":"${key}","text":"${text}"}`;

function beforeOpen(
  line: number,
  { reportId, localReportId, version, operation, sha256, facts }: ReportVersion,
): string {
  const named = `"reportId":"${reportId}","localReportId":${JSON.stringify(localReportId)},"version":${version}`;
  const said = `"operation":"${operation}","sha256":"${sha256}","facts":${JSON.stringify(facts)}`;
  return `{"line":${line},"status":"accepted","report":{${named},${said},"open":`;
}

const afterOpen = ({ sealed }: ReportVersion, violations: readonly Violation[]): string =>
  `,"sealed":[${sealed.map(sealedText).join()}]},"violations":[${violations.map(violationText).join()}]}`;

/** What a row takes, more or less. */
const rowBytes = 1500;

/** The JSON of a record as `JSON.stringify` would give it, put together from what was written when its rows were read. `plan` is what the record was made of. */
export function recordBytes({ rows, ...head }: SubmissionRecord, plan: readonly PlannedRow[]): Uint8Array {
  let bytes = Buffer.allocUnsafeSlow(rowBytes * (rows.length + 1));
  let at = 0;
  const room = (more: number): void => {
    if (at + more <= bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(2 * (at + more));
    bytes.copy(wider, 0, 0, at);
    bytes = wider;
  };
  const write = (text: string): void => {
    room(3 * text.length);
    at += bytes.write(text, at);
  };
  write(`${JSON.stringify(head).slice(0, -1)},"rows":[`);
  for (const [place, row] of rows.entries()) {
    if (place > 0) write(',');
    const planned = plan[place];
    if (row.status !== 'accepted' || planned?.status !== 'accepted') {
      write(JSON.stringify(row));
      continue;
    }
    const { json } = planned.open;
    write(beforeOpen(row.line, row.report));
    room(json.length);
    bytes.set(json, at);
    at += json.length;
    write(afterOpen(row.report, row.violations));
  }
  write(']}');
  return bytes.subarray(0, at);
}
