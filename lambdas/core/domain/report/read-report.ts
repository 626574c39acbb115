import type { CityIndex } from '../city-index.ts';
import type { DepartmentId, PropertyId, Sha256 } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Violation } from '../problem.ts';
import type { Operation, ReportFacts } from '../submission.ts';
import { type ExaminedReport, examine, isDayOnly } from './examined-report.ts';
import type { NearDuplicates } from './near-duplicates.ts';
import { isLate, nearDuplicateRule } from './plausibility-rules.ts';
import { prohibitedIn } from './prohibited.ts';
import { type GuardedFields, splitProtected } from './protected.ts';
import { readBySchema } from './read-by-schema.ts';
import { rules } from './rules.ts';
import { schemaViolations } from './schema-violations.ts';
import { textViolations } from './text-fields.ts';

export type ReadContext = {
  readonly city: CityIndex;
  /** The department of the token. */
  readonly department: DepartmentId;
  readonly now: Instant;
  /** The other reports of the same submission; an accepted report is added to them. */
  readonly submission?: NearDuplicates;
};

/** Every unprotected field as submitted; a created or corrected report carries `derived` beside them. Kept as the JSON in which they are stored, for few ask for a field again. */
export type OpenFields = { readonly json: Uint8Array; readonly fields: Readonly<Record<string, unknown>> };

class StoredFields implements OpenFields {
  readonly json: Uint8Array;
  constructor(json: Uint8Array) {
    this.json = json;
  }
  get fields(): Readonly<Record<string, unknown>> {
    return JSON.parse(new TextDecoder().decode(this.json)) as Readonly<Record<string, unknown>>;
  }
}

export const openFields = (json: Uint8Array): OpenFields => new StoredFields(json);

/** A report that may be stored as far as it alone can tell. */
export type AcceptedReport = {
  readonly ok: true;
  readonly operation: Operation;
  readonly localReportId: string;
  readonly expectedVersion?: number;
  /** Of the canonical JSON of the report as submitted, protected fields included, `confirmed_warnings` left out. */
  readonly sha256: Sha256;
  readonly open: OpenFields;
  readonly guarded: GuardedFields;
  /** A supplement or withdrawal says no time or place of its own: its week is that of `recorded_at`, and the facts of the version before it hold. */
  readonly facts: ReportFacts;
  /** Confirmed warnings and infos; never errors. */
  readonly violations: readonly Violation[];
};
export type RefusedReport = {
  readonly ok: false;
  /** Only when it has the form of one and sets off no tripwire. */
  readonly localReportId?: string;
  readonly violations: readonly Violation[];
};

export type ReadReport = AcceptedReport | RefusedReport;

/** Reads one submitted report: accepted with what to store, or refused with every rule it broke. Never throws on any JSON value, never echoes one. */
export function readReport(value: unknown, context: ReadContext): ReadReport {
  const read = readBySchema(value);
  if ('issues' in read) return refused(value, schemaViolations(read.issues));
  const { report } = read;
  const examined = examine(report, context);
  const facts = factsOf(examined);
  const violations = textViolations(report);
  for (const { breaks, violation } of rules) if (breaks(examined)) violations.push(violation);
  const others = report.operation === 'create' ? context.submission : undefined;
  const { property } = facts;
  const from = facts.observedFrom === undefined ? undefined : examined.from;
  const listed = property !== undefined && from !== undefined;
  if (listed && others?.near(property, from)) violations.push(nearDuplicateRule);
  const confirmed = report.confirmed_warnings ?? [];
  const blocked = violations.some(
    ({ severity, code }) => severity === 'error' || (severity === 'warning' && !confirmed.includes(code)),
  );
  if (blocked) return refused(value, violations);
  if (listed) others?.add(property, from);
  const derived = examined.observedFrom === undefined ? undefined : derivedFrom(examined);
  const { sha256, open, guarded } = splitProtected(report, derived);
  const accepted: AcceptedReport = {
    ok: true,
    operation: report.operation,
    localReportId: report.local_report_id,
    sha256,
    open: openFields(open),
    guarded,
    facts,
    violations: shared(violations),
  };
  const expectedVersion = 'expected_version' in report ? report.expected_version : undefined;
  return expectedVersion === undefined ? accepted : { ...accepted, expectedVersion };
}

const none: readonly Violation[] = [];
const alone = new WeakMap<Violation, readonly Violation[]>();

/** What the rules have to say of most accepted reports is nothing, or one of a few constants: many reports share one list. */
function shared(violations: readonly Violation[]): readonly Violation[] {
  const [only] = violations;
  if (only === undefined) return none;
  if (violations.length > 1) return violations;
  const known = alone.get(only);
  if (known === undefined) alone.set(only, violations);
  return known ?? violations;
}

function refused(value: unknown, violations: readonly Violation[]): RefusedReport {
  const id =
    typeof value === 'object' && value !== null && 'local_report_id' in value ? value.local_report_id : undefined;
  const safe =
    typeof id === 'string' &&
    /^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}$/.test(id) &&
    !prohibitedIn(id, 'identifier').length;
  return { ok: false, ...(safe ? { localReportId: id } : {}), violations };
}

type Writable<Facts> = { -readonly [Name in keyof Facts]: Facts[Name] };

function factsOf(examined: ExaminedReport): ReportFacts {
  const { report, property, observedFrom, observedDate, week, department } = examined;
  const facts: Writable<ReportFacts> = { department, week };
  if (property !== undefined) facts.property = report.property_id as PropertyId;
  if (observedFrom !== undefined && !isDayOnly(examined)) facts.observedFrom = observedFrom;
  if (observedFrom !== undefined && observedDate !== undefined) facts.observedDate = observedDate;
  return facts;
}

/** What the ledger worked out itself, with the boundaries it used. */
function derivedFrom(examined: ExaminedReport): Readonly<Record<string, unknown>> {
  const { property, city, week } = examined;
  const late = isLate(examined);
  if (property === undefined) return { week, late };
  return { week, late, district: property.district, boundary_vintage: city.boundaryVintage };
}
