import type * as z from 'zod';
import type { Property } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { createReport } from '#core/domain/report/schema.ts';
import { narrative } from './incident-texts.ts';
import type { Random } from './random.ts';

export type CreateReport = z.infer<typeof createReport>;
type Words<Field extends keyof CreateReport> =
  NonNullable<CreateReport[Field]> extends readonly (infer Word extends string)[]
    ? Word
    : NonNullable<CreateReport[Field]> & string;
type Agency = CreateReport['agencies'][number]['agency'];
type PaperType = NonNullable<CreateReport['documents']>[number]['type'];
type Weights<Word extends string> = Readonly<Partial<Record<Word, number>>>;

const firstActivity: Weights<Words<'activities'>> = {
  surveillance: 14,
  questioning: 14,
  staging: 12,
  parking_or_base: 10,
  detention: 10,
  arrest: 9,
  identity_check: 8,
  vehicle_stop: 6,
  transport_or_loading: 5,
  entry_to_non_public_area: 2,
  request_for_records_or_data: 2,
  request_for_city_assistance: 2,
  request_for_cctv_or_alpr: 1.5,
  search: 1,
  pursuit: 1,
  crowd_control: 1,
  drone_or_aircraft: 1,
  other: 1,
  checkpoint: 0.5,
  processing: 0.5,
  inspection_i9: 0.5,
};
const furtherActivity: Weights<Words<'activities'>> = {
  surveillance: 4,
  questioning: 6,
  identity_check: 5,
  staging: 3,
  detention: 3,
  arrest: 2,
  transport_or_loading: 2,
};
const agencyInland: Weights<Agency> = {
  ICE_ERO: 34,
  ICE_unspecified: 22,
  CBP_USBP: 18,
  ICE_HSI: 8,
  claimed_federal_unverified: 8,
  unknown: 4,
  other_federal: 2,
  FBI: 1,
  DEA: 1,
  USMS: 1,
  ATF: 0.5,
  National_Guard: 0.5,
};
const agencyAtPort: Weights<Agency> = { ...agencyInland, CBP_OFO: 24, CBP_AMO: 6 };
const areaOf: Readonly<Record<string, Weights<Words<'area_access'>>>> = {
  park: { public: 7, exterior_grounds: 2, parking: 3 },
  parking_lot_or_garage: { parking: 1 },
  street_or_right_of_way: { public: 1 },
  transit_stop: { public: 1 },
  recreation_center: { public: 4, exterior_grounds: 3, parking: 3, limited_public: 1, non_public: 0.5 },
  public_safety_facility: { exterior_grounds: 4, limited_public: 3, non_public: 2, parking: 3 },
  library: { public: 3, limited_public: 3, exterior_grounds: 3, non_public: 1, parking: 2 },
};
const areaElsewhere: Weights<Words<'area_access'>> = {
  public: 3,
  limited_public: 3,
  non_public: 1.5,
  exterior_grounds: 2,
  parking: 2,
};
const papers: Weights<PaperType> = {
  none_shown: 45,
  verbal_claim_only: 15,
  'administrative_warrant_I-200': 12,
  unknown: 8,
  'administrative_warrant_I-205': 4,
  judicial_arrest_warrant: 2,
  administrative_subpoena: 1,
};

/** What happened, who came and what the city did, for one invented incident on a property: plausible, and free of contradictions. */
export function incidentFacts(random: Random, property: Property) {
  const activities = activitiesOf(random);
  const area = activities.includes('entry_to_non_public_area')
    ? 'non_public'
    : random.weighted(areaOf[property.type] ?? areaElsewhere);
  return {
    property_id: property.id,
    property_type: property.type as CreateReport['property_type'],
    city_interest: property.type === 'leased_or_tenant' ? 'leased_to_tenant' : 'owned',
    area_access: area,
    agencies: agenciesOf(random, property),
    activities,
    ...seen(random),
    ...persons(random, activities),
    ...access(random, area),
    ...response(random, property),
    ...(random.chance(0.6) ? { narrative: narrative(random) } : {}),
  } satisfies Partial<CreateReport>;
}

function activitiesOf(random: Random): CreateReport['activities'] {
  const chosen = new Set([random.weighted(firstActivity)]);
  while (random.chance(0.35)) chosen.add(random.weighted(furtherActivity));
  return [...chosen];
}

function agenciesOf(random: Random, { type }: Property): CreateReport['agencies'] {
  const weights = type === 'airport' || type === 'harbor' ? agencyAtPort : agencyInland;
  const chosen = new Set([random.weighted(weights)]);
  if (random.chance(0.12)) chosen.add(random.weighted(weights));
  return [...chosen].map((agency) => {
    const guessed = agency === 'unknown' || agency === 'claimed_federal_unverified';
    return {
      agency,
      identified_by: guessed
        ? random.weighted({ verbal: 2, assumed: 1 })
        : random.weighted({ uniform_marking: 5, vehicle_marking: 2, badge_or_credential: 2, verbal: 2, assumed: 1 }),
      confidence: guessed ? 'low' : random.weighted({ high: 4, medium: 4, low: 1 }),
    };
  });
}

function seen(random: Random): Partial<CreateReport> {
  const agents = 1 + random.poisson(2 + 3 * random.gamma(0.7));
  const vehicles = random.poisson(agents / 3);
  const asked = random.chance(0.4);
  return {
    agents_count: { min: agents, max: agents + random.poisson(1) },
    vehicles_count: { min: vehicles, max: vehicles + random.poisson(0.4) },
    ...(vehicles > 0 ? { vehicle_marking: random.weighted({ unmarked: 6, marked: 2, mixed: 2, unknown: 1 }) } : {}),
    face_covering: random.weighted({ none: 2, some: 3, all: 4, unknown: 2 }),
    visible_identification: random.weighted({ agency_only: 5, none: 3, badge_only: 1, mixed: 2, unknown: 2 }),
    id_requested: asked ? 'yes' : 'no',
    id_response: asked ? random.weighted({ shown: 4, refused: 3, ignored: 2 }) : 'not_requested',
    weapons_displayed: random.weighted({ holstered: 7, none: 3, long_gun: 1, unknown: 2 }),
  };
}

function persons(random: Random, activities: readonly string[]): Partial<CreateReport> {
  const counted = () => {
    const min = 1 + random.poisson(0.8 * random.gamma(0.8));
    return random.chance(0.85) ? { min, max: min + (random.chance(0.2) ? 1 : 0), known: true } : { min, known: false };
  };
  const taken = activities.includes('detention') || activities.includes('arrest');
  return {
    ...(activities.includes('detention') ? { persons_detained: counted() } : {}),
    ...(activities.includes('arrest') ? { persons_arrested: counted() } : {}),
    ...(taken
      ? {
          force_used: [random.weighted({ none: 5, restraint: 4, physical: 2, unknown: 2 })],
          city_employee_or_contractor_detained: random.weighted({ no: 30, unknown: 5, yes: 1 }),
        }
      : {}),
    minors_present: random.weighted({ no: 4, unknown: 4, yes: 1 }),
  };
}

function access(random: Random, area: string): Partial<CreateReport> {
  const asked = area === 'non_public' || (area === 'limited_public' && random.chance(0.4));
  const shown = random.chance(0.7) ? random.weighted(papers) : undefined;
  if (!asked) return shown === undefined ? {} : { documents: [paper(random, shown)] };
  const result = random.weighted({
    refused: 4,
    withdrew: 2,
    not_requested: 1,
    ...(area === 'non_public'
      ? { entered_without_consent: 2, granted_judicial_warrant: 1 }
      : { granted_public_area: 4 }),
  });
  const judicial = result === 'granted_judicial_warrant';
  return {
    access_requested: result === 'not_requested' ? 'no' : 'yes',
    access_result: result,
    documents: [paper(random, judicial ? 'judicial_search_warrant' : (shown ?? 'none_shown'))],
  };
}

function paper(random: Random, type: PaperType): NonNullable<CreateReport['documents']>[number] {
  if (type === 'none_shown' || type === 'verbal_claim_only' || type === 'unknown') return { type };
  return {
    type,
    signed_by: type.startsWith('judicial') ? 'judge_or_magistrate' : 'immigration_officer',
    copy_obtained: random.weighted({ yes: 3, no: 3, refused: 2 }),
  };
}

function response(random: Random, { type }: Property): Partial<CreateReport> {
  const done = new Set<Words<'responses'>>(['liaison_notified']);
  if (random.chance(0.6)) done.add('supervisor_notified');
  if (random.chance(0.15)) done.add('city_attorney_called');
  if (random.chance(0.15)) done.add('evidence_preserved');
  if (random.chance(0.1)) done.add('signage_pointed_out');
  if (random.chance(0.12))
    done.add(type === 'airport' || type === 'harbor' ? 'port_or_airport_police_called' : 'lapd_called');
  const closed = random.chance(0.05);
  const felt = closed ? 'early_closure' : random.weighted({ none: 12, attendance_fell: 2, program_cancelled: 1 });
  return {
    responses: [...done],
    service_disruption: [felt],
    city_resources_used: 'none',
    ...(closed ? { closure_minutes: 30 * random.whole(1, 8) } : {}),
    ...(felt === 'none' ? {} : { people_served_lost: random.poisson(12), staff_hours: random.whole(1, 12) / 2 }),
  };
}

/** An item of evidence for a supplement; its hash is of an invented text. */
export const evidenceOf = (random: Random, localReportId: string): NonNullable<CreateReport['evidence']> => [
  {
    kind: random.pick(['photo', 'cctv', 'video'] as const),
    sha256: sha256(`sample evidence of ${localReportId}`),
    bytes: random.whole(40_000, 9_000_000),
    custodian: 'reporting_department',
    storage_ref: `EV-${localReportId}`,
  },
];
