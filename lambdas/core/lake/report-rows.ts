/**
 * What the lake may know of a report: ids, times, closed categories and counts. A string reaches a row only by being in a closed list of this program or an id of the
 * registry; whatever else a report holds stays behind (docs/PRIVACY.md).
 */
import * as z from 'zod';
import type { City, Property } from '../domain/city.ts';
import { accessResults, areaAccesses, propertyTypes, timePrecisions } from '../domain/report/vocabulary.ts';
import type { Receipt, ReportVersion, SubmissionRecord } from '../domain/submission.ts';
import { activityGroupOf, agencyGroupOf, authorityOf } from './groups.ts';
import type { LakeRow } from './tables.ts';

const word = <const Words extends readonly string[]>(words: Words) => z.enum(words).optional().catch(undefined);
const count = z.int().min(0).max(1_000_000).optional().catch(undefined);
const span = z.looseObject({ min: count, max: count }).catch({});
const listed = <Name extends string>(name: Name) =>
  z.array(z.looseObject({ [name]: z.string().catch('') }).catch({})).catch([]);

/** The open fields that the lake reads, tolerant of all others. A field that is absent or of another shape is unknown, never a reason to lose the report. */
const openFields = z.looseObject({
  time_precision: word(timePrecisions),
  property_type: word(propertyTypes),
  area_access: word(areaAccesses),
  access_result: word(accessResults),
  agencies: listed('agency'),
  activities: z.array(z.string().catch('')).catch([]),
  documents: listed('type'),
  agents_count: span,
  persons_detained: span,
  persons_arrested: span,
  closure_minutes: count,
});

type ReportRow = LakeRow<'report_versions'>;
type RegistryIndex = { readonly properties: ReadonlyMap<string, Property>; readonly departments: ReadonlySet<string> };

const indexes = new WeakMap<City, RegistryIndex>();
function indexOf(city: City): RegistryIndex {
  let index = indexes.get(city);
  if (!index) {
    index = {
      properties: new Map(city.properties.map((property) => [property.id, property])),
      departments: new Set(city.departments.map((department) => department.id)),
    };
    indexes.set(city, index);
  }
  return index;
}

/**
 * One row for each accepted row of a submission, in the order of the submission; duplicates and refusals give none. A correction or a withdrawal carries the facts of
 * its own version. A place that the registry does not know gives no property, district or cell: it is counted as unlisted, not dropped.
 */
export function reportRows(
  record: SubmissionRecord,
  receipt: Pick<Receipt, 'submissionId' | 'receivedAt'>,
  city: City,
): ReportRow[] {
  const index = indexOf(city);
  return record.rows.flatMap((row) =>
    row.status === 'accepted' ? reportRow(row.report, row.line, receipt, index) : [],
  );
}

function reportRow(
  { reportId, version, operation, facts, open }: ReportVersion,
  line: number,
  { submissionId, receivedAt }: Pick<Receipt, 'submissionId' | 'receivedAt'>,
  index: RegistryIndex,
): ReportRow {
  const zero = operation === 'zero';
  const fields = openFields.parse(zero ? {} : open);
  const property = zero || facts.property === undefined ? undefined : index.properties.get(facts.property);
  const precision = fields.time_precision ?? (zero ? undefined : 'unknown');
  const dayOnly = precision === undefined || precision === 'date_only' || precision === 'unknown';
  return {
    report_id: reportId,
    version,
    operation,
    kind: zero ? 'zero' : 'incident',
    submission_id: submissionId,
    line,
    recorded_at: receivedAt,
    department_id: index.departments.has(facts.department) ? facts.department : 'unlisted',
    property_id: property?.id ?? null,
    property_type: property?.type ?? fields.property_type ?? null,
    district_id: property?.district ?? null,
    h3_cell: property?.h3 ?? null,
    observed_at: zero || dayOnly ? null : (facts.observedFrom ?? null),
    observed_date: facts.observedDate ?? null,
    observed_week: facts.week,
    time_precision: precision ?? null,
    agency_group: zero ? null : agencyGroupOf(fields.agencies.map(({ agency }) => String(agency))),
    activity_group: zero ? null : activityGroupOf(fields.activities),
    authority_shown: zero ? null : authorityOf(fields.documents.map(({ type }) => String(type))),
    area_access: fields.area_access ?? null,
    access_result: fields.access_result ?? null,
    agents_min: fields.agents_count.min ?? null,
    agents_max: fields.agents_count.max ?? null,
    persons_detained_min: fields.persons_detained.min ?? null,
    persons_detained_max: fields.persons_detained.max ?? null,
    persons_arrested_min: fields.persons_arrested.min ?? null,
    persons_arrested_max: fields.persons_arrested.max ?? null,
    closure_minutes: fields.closure_minutes ?? null,
  };
}
