/**
 * The report, version 1, once: the intake, the OpenAPI document and the tests read this schema. Unknown fields are refused.
 * What one field alone can say is checked here; what several say together is in `rules.ts`. Nothing here may refine: a refinement would not reach the JSON Schema.
 */
// The small form of the library: the intake, which is loaded anew for each instance, carries this schema and no other.
import * as z from 'zod/mini';
import * as words from './vocabulary.ts';

/** Says what a schema means, for the OpenAPI document. The library's own `describe` is a check, and would run at every reading. */
function described<S extends z.core.$ZodType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

const time = (what: string) =>
  described(
    z.iso.datetime({ offset: true }).check(z.maxLength(40)),
    `${what} RFC 3339 with an offset, as the local clock showed it.`,
  );
const identifier = (what: string) =>
  described(
    z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}$/)),
    `${what} Letters, digits and . _ : / # - only; at most 128.`,
  );
const sentence = (most: number, what: string) => described(z.string().check(z.minLength(1), z.maxLength(most)), what);
const whole = (most: number, what: string) => described(z.int().check(z.gte(0), z.lte(most)), what);

const range = (most: number, what: string) =>
  described(
    z.strictObject({ min: whole(most, 'At least this many.'), max: whole(most, 'At most this many.') }),
    `${what} The same number twice when it is certain.`,
  );
const personRange = (what: string) =>
  described(
    z.strictObject({
      min: whole(100_000, 'At least this many.'),
      max: z.optional(whole(100_000, 'At most this many; left out when not known.')),
      known: described(z.boolean(), 'Whether the number is known at all.'),
    }),
    what,
  );

const agencySeen = z.strictObject({
  agency: described(
    z.enum(words.agencies),
    'Neutral: say claimed_federal_unverified when nothing but a claim was seen.',
  ),
  identified_by: described(z.enum(words.identifications), 'How the agency was recognised.'),
  confidence: z.enum(words.confidences),
});

const documentShown = z.strictObject({
  type: z.enum(words.documentTypes),
  signed_by: described(z.optional(z.enum(words.signatories)), 'Who signed, as read on the paper.'),
  copy_obtained: z.optional(z.enum(words.copiesObtained)),
  evidence_id: z.optional(identifier('The evidence item that holds the copy.')),
});

const evidenceItem = z.strictObject({
  kind: z.enum(words.evidenceKinds),
  sha256: described(z.string().check(z.regex(/^[0-9a-f]{64}$/)), 'SHA-256 of the file, lower-case hex.'),
  bytes: whole(1_000_000_000_000, 'Size of the file.'),
  captured_at: z.optional(time('When it was recorded.')),
  custodian: described(z.enum(words.custodians), 'The office that keeps the original.'),
  storage_ref: z.optional(identifier('Where the custodian finds it. Media is never sent inline.')),
  legal_hold: z.optional(z.boolean()),
});

const point = described(
  z.strictObject({
    latitude: z.number().check(z.gte(-90), z.lte(90)),
    longitude: z.number().check(z.gte(-180), z.lte(180)),
  }),
  'WGS84. Protected.',
);

const envelope = {
  schema_version: described(z.literal('1'), 'Version of this schema.'),
  department_id: identifier('The reporting department, as in the registry; must be the department of the token.'),
  local_report_id: identifier("The department's own record number; unique in the department, names no person."),
  recorded_at: time('When the report was written down.'),
  certified_by: z.optional(sentence(120, "The department's liaison who certifies the report. Protected.")),
  certified_at: z.optional(time('When it was certified.')),
  confirmed_warnings: described(
    z.optional(z.array(z.string().check(z.regex(/^W6\d\d$/))).check(z.maxLength(30))),
    'Codes of warnings that the reporter has looked at and stands by, such as W610.',
  ),
};

const reporter = {
  reporter_role: described(z.enum(words.reporterRoles), 'Role of the person who reports.'),
  reporter_contact: z.optional(sentence(200, "The reporter's own work contact. Protected.")),
  basis: described(z.enum(words.bases), 'How the reporter knows.'),
};

const change = {
  expected_version: described(
    z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
    'The version this change was made against; for a single report the If-Match header may say it instead.',
  ),
  supersedes_id: described(
    z.optional(z.string().check(z.regex(/^rep_[0-9a-z]{26}$/))),
    'The other report that this one stands for; required when change_reason is duplicate_of.',
  ),
};
const changeReason = described(z.enum(words.changeReasons), 'Why the report changes.');

const whenAndWhere = {
  observed_from: time('When the activity began, or was first seen.'),
  time_precision: described(
    z.enum(words.timePrecisions),
    'How exact observed_from is; with date_only only its day counts.',
  ),
  property_id: z.optional(identifier('The city property, as in the registry. Either this or unlisted_property.')),
  unlisted_property: described(
    z.optional(
      z.strictObject({
        address: sentence(200, 'Address of the city property; never of a home.'),
        description: z.optional(sentence(500, 'What the place is.')),
      }),
    ),
    'A city place that the registry does not hold. Protected.',
  ),
  property_type: z.enum(words.propertyTypes),
  city_interest: described(z.enum(words.cityInterests), 'What makes it a city property.'),
  area_access: described(z.enum(words.areaAccesses), 'Who may enter the part of the property where it happened.'),
};

const requiredFacts = {
  agencies: described(z.array(agencySeen).check(z.minLength(1), z.maxLength(20)), 'Every agency seen or claimed.'),
  activities: z.array(z.enum(words.activities)).check(z.minLength(1), z.maxLength(21)),
};

const facts = {
  observed_to: z.optional(time('When the activity ended.')),
  point: z.optional(point),
  location_precision: described(z.optional(z.enum(words.locationPrecisions)), 'How exact the point is.'),
  agents_count: z.optional(range(100_000, 'Federal agents seen.')),
  vehicles_count: z.optional(range(10_000, 'Vehicles of the agency seen.')),
  vehicle_marking: z.optional(z.enum(words.vehicleMarkings)),
  vehicle_plates: described(
    z.optional(
      z
        .array(described(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,14}$/)), 'Plate of an agency vehicle.'))
        .check(z.maxLength(50)),
    ),
    'Protected.',
  ),
  face_covering: described(z.optional(z.enum(words.faceCoverings)), 'A fact, not a finding.'),
  visible_identification: z.optional(z.enum(words.visibleIdentifications)),
  id_requested: described(z.optional(z.enum(words.yesNo)), 'Whether the city asked the agents for identification.'),
  id_response: z.optional(z.enum(words.idResponses)),
  supervisor_name: z.optional(sentence(120, 'Name of the supervising federal officer. Protected.')),
  supervisor_badge: z.optional(identifier('Badge number of the supervising federal officer. Protected.')),
  weapons_displayed: z.optional(z.enum(words.weapons)),
  persons_detained: z.optional(personRange('Persons detained, in number only.')),
  persons_arrested: z.optional(personRange('Persons arrested, in number only.')),
  city_employee_or_contractor_detained: z.optional(z.enum(words.yesNoUnknown)),
  minors_present: z.optional(z.enum(words.yesNoUnknown)),
  force_used: z.optional(z.array(z.enum(words.forces)).check(z.minLength(1), z.maxLength(10))),
  injury_reported: z.optional(z.enum(words.injuries)),
  medical_aid_called: z.optional(z.enum(words.yesNoUnknown)),
  documents: described(
    z.optional(z.array(documentShown).check(z.minLength(1), z.maxLength(20))),
    'Papers the agents showed.',
  ),
  access_requested: described(z.optional(z.enum(words.yesNoUnknown)), 'Whether agents asked to enter or to obtain.'),
  access_result: z.optional(z.enum(words.accessResults)),
  responses: described(
    z.optional(z.array(z.enum(words.responses)).check(z.minLength(1), z.maxLength(12))),
    'What the city did.',
  ),
  response_from: z.optional(time('When the city began to respond.')),
  response_to: z.optional(time('When the response ended.')),
  lapd_on_scene: described(z.optional(z.enum(words.yesNoUnknown)), 'City police were there.'),
  lapd_verified_identity: described(
    z.optional(z.enum(words.yesNoUnknown)),
    "City police verified the agents' identity.",
  ),
  bwv_preserved: described(z.optional(z.enum(words.yesNoUnknown)), 'Body-worn video was kept.'),
  lapd_incident_no: z.optional(identifier('Incident number of the city police. Protected.')),
  city_resources_used: z.optional(z.enum(words.resourceUses)),
  city_resources_description: z.optional(sentence(1000, 'Which city resources were used. Names no person. Protected.')),
  service_disruption: z.optional(z.array(z.enum(words.disruptions)).check(z.minLength(1), z.maxLength(8))),
  closure_minutes: z.optional(whole(525_600, 'Minutes a city service was closed.')),
  people_served_lost: z.optional(whole(10_000_000, 'People who were not served.')),
  staff_hours: described(z.optional(z.number().check(z.gte(0), z.lte(1_000_000))), 'Hours of city staff spent.'),
  est_cost_usd: described(
    z.optional(z.number().check(z.gte(0), z.lte(1_000_000_000))),
    'Estimated cost in US dollars.',
  ),
  evidence: z.optional(z.array(evidenceItem).check(z.minLength(1), z.maxLength(50))),
  narrative: z.optional(
    sentence(4000, 'What happened, without names, contacts, birth dates, homes or status of any person. Protected.'),
  ),
};

export const createReport = described(
  z.strictObject({
    operation: z.literal('create'),
    ...envelope,
    ...reporter,
    ...whenAndWhere,
    ...requiredFacts,
    ...facts,
  }),
  'A new report of federal enforcement activity on city property.',
);
export const correctReport = described(
  z.strictObject({
    operation: z.literal('correct'),
    ...envelope,
    ...change,
    change_reason: changeReason,
    ...reporter,
    ...whenAndWhere,
    ...requiredFacts,
    ...facts,
  }),
  'A full replacement that becomes the next version.',
);
export const supplementReport = described(
  z.strictObject({
    operation: z.literal('supplement'),
    ...envelope,
    ...change,
    change_reason: z.optional(changeReason),
    ...reporter,
    agencies: z.optional(requiredFacts.agencies),
    activities: z.optional(requiredFacts.activities),
    ...facts,
  }),
  'Facts added to a report: lists are united, other fields fill what was not said.',
);
export const withdrawReport = described(
  z.strictObject({ operation: z.literal('withdraw'), ...envelope, ...change, change_reason: changeReason }),
  'A tombstone: the report stays on record and no longer counts.',
);
export const zeroReport = described(
  z.strictObject({
    operation: z.literal('zero'),
    ...envelope,
    week: described(z.iso.date(), 'The Monday of the week in which the department saw nothing.'),
  }),
  'Says that nothing happened in a week, which is not the same as saying nothing.',
);

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
