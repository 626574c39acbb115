import { CanonicalWriter } from '#core/domain/canonical-json.ts';
import type { Violation } from '#core/domain/problem.ts';
import type { ReportVersion, RowVerdict, SealedFields, SubmissionRecord } from '#core/domain/submission.ts';

/** Violations of the rules are constants: few texts for many rows. */
const violationTexts = new WeakMap<Violation, Uint8Array>();

function violationText(violation: Violation): Uint8Array {
  const known = violationTexts.get(violation);
  if (known !== undefined) return known;
  const text = Buffer.from(JSON.stringify(violation));
  violationTexts.set(violation, text);
  return text;
}

/** A version before it is written: its open fields are JSON already. */
export type UnwrittenVersion = Omit<ReportVersion, 'open'> & { readonly open: Uint8Array };

/** A version that stands in the bytes of its record: what is large is read back from there when somebody asks, so that a record that waits for its commit is little more than its bytes. */
class WrittenVersion implements ReportVersion {
  readonly reportId: ReportVersion['reportId'];
  readonly localReportId: string;
  readonly version: number;
  readonly operation: ReportVersion['operation'];
  readonly sha256: ReportVersion['sha256'];
  readonly facts: ReportVersion['facts'];
  readonly #record: RecordWriter;
  readonly #open: number;
  readonly #sealed: number;
  readonly #end: number;

  /** The open fields stand from `open` on, the sealed ones from `sealed` to `end`. */
  constructor(version: UnwrittenVersion, record: RecordWriter, open: number, sealed: number, end: number) {
    this.reportId = version.reportId;
    this.localReportId = version.localReportId;
    this.version = version.version;
    this.operation = version.operation;
    this.sha256 = version.sha256;
    this.facts = version.facts;
    this.#record = record;
    this.#open = open;
    this.#sealed = sealed;
    this.#end = end;
  }

  get open(): ReportVersion['open'] {
    return this.#record.read(this.#open, this.#sealed - sealedName.length) as ReportVersion['open'];
  }

  get sealed(): readonly SealedFields[] {
    return this.#record.read(this.#sealed, this.#end) as readonly SealedFields[];
  }

  toJSON(): ReportVersion {
    const { reportId, localReportId, version, operation, sha256, facts, open, sealed } = this;
    return { reportId, localReportId, version, operation, sha256, facts, open, sealed };
  }
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
  writer.letters('[');
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
  writer.letters(']');
}

const acceptedReport = Buffer.from(',"status":"accepted","report":{"reportId":"');
const sealedName = ',"sealed":';

/** What a row takes, more or less. */
const rowBytes = 1500;

/** Writes the JSON of a record, row by row, as `JSON.stringify` would give it; put together from what was written when its rows were read. */
export class RecordWriter {
  readonly #writer: CanonicalWriter;
  #before = '';

  /** `rows` is how many will come, more or less. */
  constructor(head: Omit<SubmissionRecord, 'rows'>, rows: number) {
    this.#writer = new CanonicalWriter(rowBytes * (rows + 1));
    this.#writer.letters(`${JSON.stringify(head).slice(0, -1)},"rows":[`);
  }

  /** A row that stores nothing. */
  row(verdict: RowVerdict): void {
    this.#next();
    this.#writer.bytes(Buffer.from(JSON.stringify(verdict)));
  }

  accepted(line: number, version: UnwrittenVersion, violations: readonly Violation[]): ReportVersion {
    this.#next();
    const writer = this.#writer;
    writer.letters('{"line":');
    writer.value(line);
    writer.bytes(acceptedReport);
    writer.letters(version.reportId);
    writer.letters('","localReportId":');
    writer.value(version.localReportId);
    writer.letters(',"version":');
    writer.value(version.version);
    writer.letters(',"operation":"');
    writer.letters(version.operation);
    writer.letters('","sha256":"');
    writer.letters(version.sha256);
    writer.letters('","facts":');
    writeFlat(writer, version.facts);
    writer.letters(',"open":');
    const open = writer.at;
    writer.bytes(version.open);
    writer.letters(sealedName);
    const sealed = writer.at;
    writeSealed(writer, version.sealed);
    const end = writer.at;
    writer.letters('},"violations":[');
    for (const [place, violation] of violations.entries()) {
      if (place > 0) writer.letters(',');
      writer.bytes(violationText(violation));
    }
    writer.letters(']}');
    return new WrittenVersion(version, this, open, sealed, end);
  }

  /** The value that stands in a stretch. */
  read(from: number, to: number): unknown {
    return JSON.parse(this.#writer.written(from, to).toString('utf8'));
  }

  /** Everything; nothing may be written any more. */
  finish(): Uint8Array {
    this.#writer.letters(']}');
    return this.#writer.written();
  }

  #next(): void {
    this.#writer.letters(this.#before);
    this.#before = ',';
  }
}
