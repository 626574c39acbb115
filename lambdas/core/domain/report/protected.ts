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

/** The protected fields of a report as they are sealed: the JSON of one object that holds a text by each name. */
export type GuardedFields = { readonly names: readonly string[]; readonly json: Uint8Array };

export const guardedFields = (texts: Readonly<Record<string, string>>): GuardedFields => ({
  names: Object.keys(texts),
  json: Buffer.from(JSON.stringify(texts)),
});

export type SplitReport = {
  /** Of the whole report but for `confirmed_warnings`, as canonical JSON. */
  readonly sha256: Sha256;
  /** Every unprotected field and what was derived, as JSON. */
  readonly open: Uint8Array;
  readonly guarded: GuardedFields;
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

/** Beginning and end of one stretch of bytes after another. */
type Stretches = number[];

/** An object of the members in some stretches of another, each with its comma or brace before it. */
function joined(written: Buffer, stretches: Stretches): Uint8Array {
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

let lastNames: readonly string[] = [];

/** One report after another has the same protected fields: they share one list. */
function shared(names: readonly string[]): readonly string[] {
  const same = names.length === lastNames.length && names.every((name, at) => name === lastNames[at]);
  if (!same) lastNames = names;
  return lastNames;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

/**
 * Writes a report and parts it into what may be stored open and what must be sealed; a guarded value that is not text stands as canonical JSON. `confirmed_warnings` belongs to neither.
 * Each value is written once: writing is a large part of what a report costs.
 */
export function splitProtected(report: Report, derived: Readonly<Record<string, unknown>> | undefined): SplitReport {
  const fields = withoutConfirmations(report);
  const names: string[] = [];
  const open: Stretches = [];
  const guarded: Stretches = [];
  /** The one of the two that goes on. */
  let current: Stretches | undefined;
  let onlyTexts = true;
  writer.clear();
  writer.object(fields, (name, at) => {
    const guards = guardedNames.has(name);
    if (guards) {
      names.push(name);
      onlyTexts &&= typeof fields[name] === 'string';
    }
    const next = guards ? guarded : open;
    if (next === current) return;
    current?.push(at);
    next.push(at);
    current = next;
  });
  const end = writer.at;
  current?.push(end - 1);
  const hash = sha256(writer.written(0, end));
  const sealed =
    names.length === 0 || !onlyTexts
      ? guardedFields(Object.fromEntries(names.map((name) => [name, textOf(fields[name])])))
      : { names: shared(names), json: joined(writer.written(), guarded) };
  if (derived !== undefined) {
    writer.letters(',"derived":');
    writer.value(derived);
    open.push(end, writer.at);
  }
  // No report is without an open member: its operation is one.
  return { sha256: hash, open: joined(writer.written(), open), guarded: sealed };
}
