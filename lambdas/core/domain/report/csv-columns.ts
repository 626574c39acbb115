/**
 * The report as one line of CSV. A column is named by its field, `.` steps into an object; an empty cell says nothing about the field.
 * Lists stand in one cell, parted by `|`. `agencies` and `documents` part the facts of each item by `:`
 * (`ICE_ERO:badge_or_credential:high|unknown:assumed:low`, `judicial_search_warrant:judge_or_magistrate:yes:EV-7`); a fact left out stays empty.
 * `evidence` is the JSON array of the schema. Yes and no of `known` are `true` and `false`.
 */
export type CsvColumn = {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'json' | { readonly items: readonly string[] };
};

const column = (name: string, kind: CsvColumn['kind'] = 'text'): CsvColumn => ({ name, path: name.split('.'), kind });

export const csvColumns: readonly CsvColumn[] = [
  column('schema_version'),
  column('operation'),
  column('department_id'),
  column('local_report_id'),
  column('expected_version', 'number'),
  column('change_reason'),
  column('supersedes_id'),
  column('week'),
  column('recorded_at'),
  column('reporter_role'),
  column('reporter_contact'),
  column('basis'),
  column('certified_by'),
  column('certified_at'),
  column('confirmed_warnings', 'list'),
  column('observed_from'),
  column('observed_to'),
  column('time_precision'),
  column('property_id'),
  column('unlisted_property.address'),
  column('unlisted_property.description'),
  column('property_type'),
  column('city_interest'),
  column('area_access'),
  column('point.latitude', 'number'),
  column('point.longitude', 'number'),
  column('location_precision'),
  column('agencies', { items: ['agency', 'identified_by', 'confidence'] }),
  column('agents_count.min', 'number'),
  column('agents_count.max', 'number'),
  column('vehicles_count.min', 'number'),
  column('vehicles_count.max', 'number'),
  column('vehicle_marking'),
  column('vehicle_plates', 'list'),
  column('face_covering'),
  column('visible_identification'),
  column('id_requested'),
  column('id_response'),
  column('supervisor_name'),
  column('supervisor_badge'),
  column('weapons_displayed'),
  column('activities', 'list'),
  column('persons_detained.min', 'number'),
  column('persons_detained.max', 'number'),
  column('persons_detained.known', 'boolean'),
  column('persons_arrested.min', 'number'),
  column('persons_arrested.max', 'number'),
  column('persons_arrested.known', 'boolean'),
  column('city_employee_or_contractor_detained'),
  column('minors_present'),
  column('force_used', 'list'),
  column('injury_reported'),
  column('medical_aid_called'),
  column('documents', { items: ['type', 'signed_by', 'copy_obtained', 'evidence_id'] }),
  column('access_requested'),
  column('access_result'),
  column('responses', 'list'),
  column('response_from'),
  column('response_to'),
  column('lapd_on_scene'),
  column('lapd_verified_identity'),
  column('bwv_preserved'),
  column('lapd_incident_no'),
  column('city_resources_used'),
  column('city_resources_description'),
  column('service_disruption', 'list'),
  column('closure_minutes', 'number'),
  column('people_served_lost', 'number'),
  column('staff_hours', 'number'),
  column('est_cost_usd', 'number'),
  column('evidence', 'json'),
  column('narrative'),
];

export const csvColumnOf: ReadonlyMap<string, CsvColumn> = new Map(csvColumns.map((each) => [each.name, each]));
