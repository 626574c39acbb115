/** Complete, valid examples of every operation and body, for the OpenAPI document and the tests. They name an invented city, an invented day and no person. */
import type * as z from 'zod';
import type { Property } from '../city.ts';
import { submissionCsv } from './csv-export.ts';
import type { correctReport, createReport, supplementReport, withdrawReport, zeroReport } from './schema.ts';

const create: z.input<typeof createReport> = {
  schema_version: '1',
  operation: 'create',
  department_id: 'LIB',
  local_report_id: 'LIB-2026-0041',
  recorded_at: '2026-06-09T11:20:00-04:00',
  reporter_role: 'facility_manager',
  reporter_contact: 'front.desk@library.example',
  basis: 'personal_observation',
  certified_by: 'Liaison, Public Library',
  certified_at: '2026-06-09T11:40:00-04:00',
  observed_from: '2026-06-09T09:10:00-04:00',
  observed_to: '2026-06-09T09:55:00-04:00',
  time_precision: 'within_15_min',
  property_id: 'central-library',
  property_type: 'library',
  city_interest: 'owned',
  area_access: 'non_public',
  point: { latitude: 41.1535, longitude: -70.9272 },
  location_precision: 'parcel',
  agencies: [{ agency: 'ICE_ERO', identified_by: 'badge_or_credential', confidence: 'high' }],
  agents_count: { min: 4, max: 5 },
  vehicles_count: { min: 2, max: 2 },
  vehicle_marking: 'unmarked',
  vehicle_plates: ['8XYZ123'],
  face_covering: 'some',
  visible_identification: 'agency_only',
  id_requested: 'yes',
  id_response: 'shown',
  supervisor_name: 'Supervising officer as shown on the badge',
  supervisor_badge: 'B-2207',
  weapons_displayed: 'holstered',
  activities: ['entry_to_non_public_area', 'questioning', 'detention'],
  persons_detained: { min: 1, max: 1, known: true },
  persons_arrested: { min: 0, max: 0, known: true },
  city_employee_or_contractor_detained: 'no',
  minors_present: 'unknown',
  force_used: ['none'],
  injury_reported: 'none',
  medical_aid_called: 'no',
  documents: [{ type: 'administrative_warrant_I-200', signed_by: 'immigration_officer', copy_obtained: 'refused' }],
  access_requested: 'yes',
  access_result: 'entered_without_consent',
  responses: ['supervisor_notified', 'liaison_notified', 'city_attorney_called', 'signage_pointed_out'],
  response_from: '2026-06-09T09:14:00-04:00',
  response_to: '2026-06-09T10:30:00-04:00',
  lapd_on_scene: 'no',
  bwv_preserved: 'unknown',
  lapd_incident_no: '260609-1187',
  city_resources_used: 'none',
  service_disruption: ['program_cancelled', 'staff_sent_home'],
  closure_minutes: 45,
  people_served_lost: 20,
  staff_hours: 6.5,
  est_cost_usd: 410,
  evidence: [
    {
      kind: 'cctv',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      bytes: 18_874_368,
      captured_at: '2026-06-09T09:10:00-04:00',
      custodian: 'reporting_department',
      storage_ref: 'vault/2026/cctv-0041',
      legal_hold: true,
    },
  ],
  narrative:
    'Agents showed an I-200 at the front desk and went through the staff door. The story hour was cancelled. Immigration and Customs Enforcement was on the vests.',
};

const correct: z.input<typeof correctReport> = {
  ...create,
  operation: 'correct',
  expected_version: 1,
  change_reason: 'data_entry_error',
  recorded_at: '2026-06-09T16:05:00-04:00',
  certified_at: '2026-06-09T16:10:00-04:00',
  agents_count: { min: 5, max: 6 },
};

const supplement: z.input<typeof supplementReport> = {
  schema_version: '1',
  operation: 'supplement',
  department_id: 'LIB',
  local_report_id: 'LIB-2026-0041',
  expected_version: 2,
  change_reason: 'new_information',
  recorded_at: '2026-06-10T08:30:00-04:00',
  reporter_role: 'security',
  basis: 'video_review',
  activities: ['surveillance'],
  responses: ['evidence_preserved'],
  narrative: 'The camera shows a third vehicle waiting at the loading dock.',
};

const withdraw: z.input<typeof withdrawReport> = {
  schema_version: '1',
  operation: 'withdraw',
  department_id: 'LIB',
  local_report_id: 'LIB-2026-0041',
  expected_version: 3,
  change_reason: 'not_federal',
  recorded_at: '2026-06-11T09:00:00-04:00',
};

const zero: z.input<typeof zeroReport> = {
  schema_version: '1',
  operation: 'zero',
  department_id: 'LIB',
  local_report_id: 'LIB-zero-2026-06-01',
  week: '2026-06-01',
  recorded_at: '2026-06-08T09:00:00-04:00',
  certified_by: 'Liaison, Public Library',
  certified_at: '2026-06-08T09:05:00-04:00',
};

/** The least a new report must say. */
const minimal: z.input<typeof createReport> = {
  schema_version: '1',
  operation: 'create',
  department_id: 'LIB',
  local_report_id: 'LIB-2026-0042',
  recorded_at: '2026-06-09T18:00:00-04:00',
  reporter_role: 'security',
  basis: 'told_by_employee',
  observed_from: '2026-06-09T15:00:00-04:00',
  time_precision: 'within_hour',
  property_id: 'mill-street-library',
  property_type: 'library',
  city_interest: 'owned',
  area_access: 'parking',
  agencies: [{ agency: 'claimed_federal_unverified', identified_by: 'verbal', confidence: 'low' }],
  activities: ['staging'],
};

export const reportExamples = { create, correct, supplement, withdraw, zero, minimal } as const;
type Example = Readonly<Record<string, unknown>>;
type Examples = Readonly<Record<keyof typeof reportExamples, Example>>;

/** The same examples as a department of a real city would send them from one of its properties, so that its own intake accepts them. */
export function examplesAt({ id, type, department, latitude, longitude }: Property): Examples {
  const moved = (example: Example): Example => ({
    ...example,
    department_id: department,
    ...('property_id' in example ? { property_id: id, property_type: type } : {}),
    ...('point' in example ? { point: { latitude, longitude } } : {}),
  });
  return {
    create: moved(create),
    correct: moved(correct),
    supplement: moved(supplement),
    withdraw: moved(withdraw),
    zero: moved(zero),
    minimal: moved(minimal),
  };
}

/** The examples as the bodies that the intake takes: a batch, and the same rows as NDJSON and CSV. */
export function bodyExamples({ create, minimal, zero }: Examples) {
  const batch = [create, minimal, zero];
  return { batch, ndjson: `${batch.map((report) => JSON.stringify(report)).join('\n')}\n`, csv: submissionCsv(batch) };
}
