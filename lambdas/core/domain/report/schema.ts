/**
 * The report, version 1, once: the intake, the OpenAPI document and the tests read this schema. Unknown fields are refused.
 * What one field alone can say is checked here; what several say together is in `rules.ts`. Nothing here may refine: a refinement would not reach the JSON Schema.
 */
import * as z from 'zod';
import * as words from './vocabulary.ts';

const time = (what: string) =>
  z.iso.datetime({ offset: true }).max(40).describe(`${what} RFC 3339 with an offset, as the local clock showed it.`);
const identifier = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}$/)
    .describe(`${what} Letters, digits and . _ : / # - only; at most 128.`);
const sentence = (most: number, what: string) => z.string().min(1).max(most).describe(what);
const whole = (most: number, what: string) => z.int().min(0).max(most).describe(what);

const range = (most: number, what: string) =>
  z
    .strictObject({ min: whole(most, 'At least this many.'), max: whole(most, 'At most this many.') })
    .describe(`${what} The same number twice when it is certain.`);
const personRange = (what: string) =>
  z
    .strictObject({
      min: whole(100_000, 'At least this many.'),
      max: whole(100_000, 'At most this many; left out when not known.').optional(),
      known: z.boolean().describe('Whether the number is known at all.'),
    })
    .describe(what);

const agencySeen = z.strictObject({
  agency: z.enum(words.agencies).describe('Neutral: say claimed_federal_unverified when nothing but a claim was seen.'),
  identified_by: z.enum(words.identifications).describe('How the agency was recognised.'),
  confidence: z.enum(words.confidences),
});

const documentShown = z.strictObject({
  type: z.enum(words.documentTypes),
  signed_by: z.enum(words.signatories).optional().describe('Who signed, as read on the paper.'),
  copy_obtained: z.enum(words.copiesObtained).optional(),
  evidence_id: identifier('The evidence item that holds the copy.').optional(),
});

const evidenceItem = z.strictObject({
  kind: z.enum(words.evidenceKinds),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the file, lower-case hex.'),
  bytes: whole(1_000_000_000_000, 'Size of the file.'),
  captured_at: time('When it was recorded.').optional(),
  custodian: z.enum(words.custodians).describe('The office that keeps the original.'),
  storage_ref: identifier('Where the custodian finds it. Media is never sent inline.').optional(),
  legal_hold: z.boolean().optional(),
});

const point = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .describe('WGS84. Protected.');

const envelope = {
  schema_version: z.literal('1').describe('Version of this schema.'),
  department_id: identifier('The reporting department, as in the registry; must be the department of the token.'),
  local_report_id: identifier("The department's own record number; unique in the department, names no person."),
  recorded_at: time('When the report was written down.'),
  certified_by: sentence(120, "The department's liaison who certifies the report. Protected.").optional(),
  certified_at: time('When it was certified.').optional(),
  confirmed_warnings: z
    .array(z.string().regex(/^W6\d\d$/))
    .max(30)
    .optional()
    .describe('Codes of warnings that the reporter has looked at and stands by, such as W610.'),
};

const reporter = {
  reporter_role: z.enum(words.reporterRoles).describe('Role of the person who reports.'),
  reporter_contact: sentence(200, "The reporter's own work contact. Protected.").optional(),
  basis: z.enum(words.bases).describe('How the reporter knows.'),
};

const change = {
  expected_version: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('The version this change was made against; for a single report the If-Match header may say it instead.'),
  supersedes_id: z
    .string()
    .regex(/^rep_[0-9a-z]{26}$/)
    .optional()
    .describe('The other report that this one stands for; required when change_reason is duplicate_of.'),
};
const changeReason = z.enum(words.changeReasons).describe('Why the report changes.');

const whenAndWhere = {
  observed_from: time('When the activity began, or was first seen.'),
  time_precision: z
    .enum(words.timePrecisions)
    .describe('How exact observed_from is; with date_only only its day counts.'),
  property_id: identifier('The city property, as in the registry. Either this or unlisted_property.').optional(),
  unlisted_property: z
    .strictObject({
      address: sentence(200, 'Address of the city property; never of a home.'),
      description: sentence(500, 'What the place is.').optional(),
    })
    .optional()
    .describe('A city place that the registry does not hold. Protected.'),
  property_type: z.enum(words.propertyTypes),
  city_interest: z.enum(words.cityInterests).describe('What makes it a city property.'),
  area_access: z.enum(words.areaAccesses).describe('Who may enter the part of the property where it happened.'),
};

const requiredFacts = {
  agencies: z.array(agencySeen).min(1).max(20).describe('Every agency seen or claimed.'),
  activities: z.array(z.enum(words.activities)).min(1).max(21),
};

const facts = {
  observed_to: time('When the activity ended.').optional(),
  point: point.optional(),
  location_precision: z.enum(words.locationPrecisions).optional().describe('How exact the point is.'),
  agents_count: range(100_000, 'Federal agents seen.').optional(),
  vehicles_count: range(10_000, 'Vehicles of the agency seen.').optional(),
  vehicle_marking: z.enum(words.vehicleMarkings).optional(),
  vehicle_plates: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,14}$/)
        .describe('Plate of an agency vehicle.'),
    )
    .max(50)
    .optional()
    .describe('Protected.'),
  face_covering: z.enum(words.faceCoverings).optional().describe('A fact, not a finding.'),
  visible_identification: z.enum(words.visibleIdentifications).optional(),
  id_requested: z.enum(words.yesNo).optional().describe('Whether the city asked the agents for identification.'),
  id_response: z.enum(words.idResponses).optional(),
  supervisor_name: sentence(120, 'Name of the supervising federal officer. Protected.').optional(),
  supervisor_badge: identifier('Badge number of the supervising federal officer. Protected.').optional(),
  weapons_displayed: z.enum(words.weapons).optional(),
  persons_detained: personRange('Persons detained, in number only.').optional(),
  persons_arrested: personRange('Persons arrested, in number only.').optional(),
  city_employee_or_contractor_detained: z.enum(words.yesNoUnknown).optional(),
  minors_present: z.enum(words.yesNoUnknown).optional(),
  force_used: z.array(z.enum(words.forces)).min(1).max(10).optional(),
  injury_reported: z.enum(words.injuries).optional(),
  medical_aid_called: z.enum(words.yesNoUnknown).optional(),
  documents: z.array(documentShown).min(1).max(20).optional().describe('Papers the agents showed.'),
  access_requested: z.enum(words.yesNoUnknown).optional().describe('Whether agents asked to enter or to obtain.'),
  access_result: z.enum(words.accessResults).optional(),
  responses: z.array(z.enum(words.responses)).min(1).max(12).optional().describe('What the city did.'),
  response_from: time('When the city began to respond.').optional(),
  response_to: time('When the response ended.').optional(),
  lapd_on_scene: z.enum(words.yesNoUnknown).optional().describe('City police were there.'),
  lapd_verified_identity: z.enum(words.yesNoUnknown).optional().describe("City police verified the agents' identity."),
  bwv_preserved: z.enum(words.yesNoUnknown).optional().describe('Body-worn video was kept.'),
  lapd_incident_no: identifier('Incident number of the city police. Protected.').optional(),
  city_resources_used: z.enum(words.resourceUses).optional(),
  city_resources_description: sentence(1000, 'Which city resources were used. Names no person. Protected.').optional(),
  service_disruption: z.array(z.enum(words.disruptions)).min(1).max(8).optional(),
  closure_minutes: whole(525_600, 'Minutes a city service was closed.').optional(),
  people_served_lost: whole(10_000_000, 'People who were not served.').optional(),
  staff_hours: z.number().min(0).max(1_000_000).optional().describe('Hours of city staff spent.'),
  est_cost_usd: z.number().min(0).max(1_000_000_000).optional().describe('Estimated cost in US dollars.'),
  evidence: z.array(evidenceItem).min(1).max(50).optional(),
  narrative: sentence(
    4000,
    'What happened, without names, contacts, birth dates, homes or status of any person. Protected.',
  ).optional(),
};

export const createReport = z
  .strictObject({
    operation: z.literal('create'),
    ...envelope,
    ...reporter,
    ...whenAndWhere,
    ...requiredFacts,
    ...facts,
  })
  .describe('A new report of federal enforcement activity on city property.');
export const correctReport = z
  .strictObject({
    operation: z.literal('correct'),
    ...envelope,
    ...change,
    change_reason: changeReason,
    ...reporter,
    ...whenAndWhere,
    ...requiredFacts,
    ...facts,
  })
  .describe('A full replacement that becomes the next version.');
export const supplementReport = z
  .strictObject({
    operation: z.literal('supplement'),
    ...envelope,
    ...change,
    change_reason: changeReason.optional(),
    ...reporter,
    agencies: requiredFacts.agencies.optional(),
    activities: requiredFacts.activities.optional(),
    ...facts,
  })
  .describe('Facts added to a report: lists are united, other fields fill what was not said.');
export const withdrawReport = z
  .strictObject({ operation: z.literal('withdraw'), ...envelope, ...change, change_reason: changeReason })
  .describe('A tombstone: the report stays on record and no longer counts.');
export const zeroReport = z
  .strictObject({
    operation: z.literal('zero'),
    ...envelope,
    week: z.iso.date().describe('The Monday of the week in which the department saw nothing.'),
  })
  .describe('Says that nothing happened in a week, which is not the same as saying nothing.');

export const reportSchema = z.discriminatedUnion('operation', [
  createReport,
  correctReport,
  supplementReport,
  withdrawReport,
  zeroReport,
]);

export type Report = z.infer<typeof reportSchema>;
type Known = z.infer<typeof correctReport>;
/** Any report seen without regard to its operation: every field may be missing but those all operations carry. */
export type ReportFields = Pick<Report, 'operation' | 'department_id' | 'local_report_id' | 'recorded_at'> & {
  readonly [Name in Exclude<keyof Known, 'operation' | 'department_id' | 'local_report_id' | 'recorded_at'>]?:
    | Known[Name]
    | undefined;
} & { readonly week?: string };
