/**
 * The coarse categories that a report is counted under. Each incident falls in exactly one group of each kind, so that cells of a table add up to the incidents.
 * A published group is never redefined: a new grouping is a new query version.
 */
export const agencyGroups = ['ICE', 'CBP', 'other_federal', 'several', 'unverified'] as const;
export type AgencyGroup = (typeof agencyGroups)[number];

const groupOfAgency = new Map<string, 'ICE' | 'CBP' | 'other_federal'>(
  Object.entries({
    ICE_ERO: 'ICE',
    ICE_HSI: 'ICE',
    ICE_unspecified: 'ICE',
    CBP_USBP: 'CBP',
    CBP_OFO: 'CBP',
    CBP_AMO: 'CBP',
    FBI: 'other_federal',
    DEA: 'other_federal',
    ATF: 'other_federal',
    USMS: 'other_federal',
    BOP: 'other_federal',
    USCIS: 'other_federal',
    National_Guard: 'other_federal',
    military: 'other_federal',
    other_federal: 'other_federal',
  } as const),
);

/** One group for all agencies of an incident: `several` when two groups were seen, `unverified` when none was identified. Unverified company does not change a known group. */
export function agencyGroupOf(agencies: readonly string[]): AgencyGroup {
  const groups = new Set(agencies.flatMap((agency) => groupOfAgency.get(agency) ?? []));
  const [only] = groups;
  return only === undefined ? 'unverified' : groups.size > 1 ? 'several' : only;
}

/** From the gravest to the least grave; `unknown` when no activity was stated. */
export const activityGroups = [
  'arrest',
  'detention',
  'entry_or_search',
  'stop_or_questioning',
  'request_to_city',
  'presence',
  'other',
  'unknown',
] as const;
export type ActivityGroup = (typeof activityGroups)[number];

const groupOfActivity = new Map<string, ActivityGroup>(
  Object.entries({
    arrest: 'arrest',
    detention: 'detention',
    transport_or_loading: 'detention',
    processing: 'detention',
    entry_to_non_public_area: 'entry_or_search',
    search: 'entry_or_search',
    vehicle_stop: 'stop_or_questioning',
    pursuit: 'stop_or_questioning',
    checkpoint: 'stop_or_questioning',
    identity_check: 'stop_or_questioning',
    questioning: 'stop_or_questioning',
    crowd_control: 'stop_or_questioning',
    inspection_i9: 'stop_or_questioning',
    request_for_records_or_data: 'request_to_city',
    request_for_cctv_or_alpr: 'request_to_city',
    request_for_city_assistance: 'request_to_city',
    staging: 'presence',
    parking_or_base: 'presence',
    surveillance: 'presence',
    drone_or_aircraft: 'presence',
    other: 'other',
  } as const),
);

/** The gravest group among the activities of an incident. */
export function activityGroupOf(activities: readonly string[]): ActivityGroup {
  const groups = new Set(activities.map((activity) => groupOfActivity.get(activity)));
  return activityGroups.find((group) => groups.has(group)) ?? 'unknown';
}

export const authorities = ['judicial', 'administrative', 'none', 'unknown'] as const;
export type Authority = (typeof authorities)[number];

const authorityOfDocument = new Map<string, Authority>(
  Object.entries({
    judicial_search_warrant: 'judicial',
    judicial_arrest_warrant: 'judicial',
    judicial_subpoena: 'judicial',
    court_order: 'judicial',
    'administrative_warrant_I-200': 'administrative',
    'administrative_warrant_I-205': 'administrative',
    administrative_subpoena: 'administrative',
    notice_of_inspection: 'administrative',
    'detainer_I-247': 'administrative',
    none_shown: 'none',
    verbal_claim_only: 'none',
    unknown: 'unknown',
  } as const),
);

/** The strongest authority that was shown; `none` only when the report says that nothing was shown, `unknown` when it does not say. */
export function authorityOf(documentTypes: readonly string[]): Authority {
  const shown = new Set(documentTypes.map((type) => authorityOfDocument.get(type)));
  return authorities.find((authority) => shown.has(authority)) ?? 'unknown';
}
