/**
 * The closed vocabularies of the report, version 1. A word is never removed or given another meaning; a new meaning is a new word.
 * Sources: Executive Directive 12 and 17, the council files and the peer ordinances listed in docs/METHODS.md.
 */
export const changeReasons = [
  'new_information',
  'data_entry_error',
  'duplicate_of',
  'not_federal',
  'not_city_property',
  'court_order',
  'other',
] as const;
export const reporterRoles = [
  'liaison',
  'facility_manager',
  'front_desk',
  'security',
  'sworn',
  'contractor',
  'other',
] as const;
export const bases = [
  'personal_observation',
  'told_by_employee',
  'told_by_contractor',
  'told_by_public',
  'video_review',
  'radio_or_911',
  'media',
] as const;
export const timePrecisions = ['exact', 'within_15_min', 'within_hour', 'part_of_day', 'date_only', 'unknown'] as const;
export const propertyTypes = [
  'city_hall_or_office',
  'library',
  'park',
  'recreation_center',
  'senior_center',
  'public_safety_facility',
  'airport',
  'harbor',
  'utility',
  'parking_lot_or_garage',
  'street_or_right_of_way',
  'transit_stop',
  'housing',
  'animal_shelter',
  'construction_or_contract_site',
  'leased_or_tenant',
  'vacant_lot',
  'other',
] as const;
export const cityInterests = ['owned', 'leased_by_city', 'leased_to_tenant', 'controlled', 'adjacent'] as const;
export const areaAccesses = [
  'public',
  'limited_public',
  'non_public',
  'exterior_grounds',
  'parking',
  'unknown',
] as const;
export const locationPrecisions = ['parcel', 'address', 'intersection', 'block', 'district'] as const;
export const agencies = [
  'ICE_ERO',
  'ICE_HSI',
  'ICE_unspecified',
  'CBP_USBP',
  'CBP_OFO',
  'CBP_AMO',
  'FBI',
  'DEA',
  'ATF',
  'USMS',
  'BOP',
  'USCIS',
  'National_Guard',
  'military',
  'other_federal',
  'claimed_federal_unverified',
  'unknown',
] as const;
export const identifications = [
  'verbal',
  'badge_or_credential',
  'uniform_marking',
  'vehicle_marking',
  'document',
  'later_confirmed',
  'assumed',
] as const;
export const confidences = ['high', 'medium', 'low'] as const;
export const vehicleMarkings = ['marked', 'unmarked', 'mixed', 'unknown'] as const;
export const faceCoverings = ['none', 'some', 'all', 'unknown'] as const;
export const visibleIdentifications = [
  'name_and_badge',
  'badge_only',
  'agency_only',
  'none',
  'mixed',
  'unknown',
] as const;
export const yesNo = ['yes', 'no'] as const;
export const yesNoUnknown = ['yes', 'no', 'unknown'] as const;
export const idResponses = ['shown', 'refused', 'ignored', 'not_requested'] as const;
export const weapons = ['none', 'holstered', 'drawn_handgun', 'long_gun', 'less_lethal', 'unknown'] as const;
export const activities = [
  'staging',
  'parking_or_base',
  'surveillance',
  'questioning',
  'identity_check',
  'entry_to_non_public_area',
  'request_for_records_or_data',
  'request_for_cctv_or_alpr',
  'request_for_city_assistance',
  'search',
  'detention',
  'arrest',
  'vehicle_stop',
  'pursuit',
  'transport_or_loading',
  'processing',
  'checkpoint',
  'crowd_control',
  'drone_or_aircraft',
  'inspection_i9',
  'other',
] as const;
export const forces = [
  'none',
  'physical',
  'restraint',
  'chemical',
  'impact',
  'taser',
  'firearm_pointed',
  'firearm_discharged',
  'vehicle',
  'unknown',
] as const;
export const injuries = ['none', 'minor', 'serious', 'death', 'unknown'] as const;
export const documentTypes = [
  'judicial_search_warrant',
  'judicial_arrest_warrant',
  'administrative_warrant_I-200',
  'administrative_warrant_I-205',
  'administrative_subpoena',
  'judicial_subpoena',
  'court_order',
  'notice_of_inspection',
  'detainer_I-247',
  'none_shown',
  'verbal_claim_only',
  'unknown',
] as const;
export const signatories = ['judge_or_magistrate', 'immigration_officer', 'clerk', 'unclear'] as const;
export const copiesObtained = ['yes', 'no', 'refused'] as const;
export const accessResults = [
  'granted_public_area',
  'granted_judicial_warrant',
  'refused',
  'entered_without_consent',
  'withdrew',
  'not_requested',
] as const;
export const responses = [
  'supervisor_notified',
  'liaison_notified',
  'city_attorney_called',
  'lapd_called',
  'port_or_airport_police_called',
  'doors_locked',
  'area_closed',
  'signage_pointed_out',
  'id_demanded',
  'warrant_reviewed',
  'evidence_preserved',
  'none',
] as const;
export const resourceUses = ['none', 'yes_with_description'] as const;
export const disruptions = [
  'none',
  'early_closure',
  'program_cancelled',
  'staff_sent_home',
  'attendance_fell',
  'permit_or_work_stopped',
  'property_damage',
  'other',
] as const;
export const evidenceKinds = [
  'photo',
  'video',
  'body_worn_video',
  'cctv',
  'audio',
  'document_copy',
  'written_statement',
  'other',
] as const;
export const custodians = [
  'reporting_department',
  'police',
  'port_or_airport_police',
  'city_attorney',
  'city_clerk',
  'other',
] as const;
