/**
 * What the categories of the closed lists are called in words (docs/METHODS.md §5). A category without an entry is its own code with spaces.
 */
import type { City, Phrase } from '../domain/city.ts';

const names: Readonly<Record<string, readonly [en: string, es: string]>> = {
  ICE: ['ICE', 'ICE'],
  CBP: ['CBP', 'CBP'],
  other_federal: ['Other federal', 'Otra federal'],
  several: ['Several agencies', 'Varias agencias'],
  unverified: ['Not verified', 'Sin verificar'],
  unknown: ['Not known', 'Se desconoce'],
  none: ['None shown', 'No se mostró'],
  judicial: ['Signed by a judge', 'Firmada por un juez'],
  administrative: ['Administrative form', 'Formulario administrativo'],
  arrest: ['Arrest', 'Arresto'],
  arrest_or_detention: ['Arrest or detention', 'Arresto o detención'],
  detention: ['Detention', 'Detención'],
  detainer: ['Detainer', 'Orden de retención'],
  encounter: ['Encounter', 'Encuentro'],
  removal: ['Removal', 'Deportación'],
  entry: ['Entry', 'Ingreso'],
  entry_to_non_public_area: ['Entry to a non-public area', 'Ingreso a un área no pública'],
  entry_or_search: ['Entry or search', 'Ingreso o registro'],
  stop_or_questioning: ['Stop or questioning', 'Parada o interrogatorio'],
  request_to_city: ['Request to the City', 'Solicitud a la Ciudad'],
  not_stated: ['Not stated', 'No se indica'],
  aggregate: ['Aggregate count', 'Cifra agregada'],
  processed: ['Processed', 'Procesado'],
  search: ['Search', 'Registro'],
  questioning: ['Questioning', 'Interrogatorio'],
  identity_check: ['Identity check', 'Control de identidad'],
  request: ['Request to the City', 'Solicitud a la Ciudad'],
  request_for_records_or_data: ['Request for records or data', 'Solicitud de registros o datos'],
  request_for_cctv_or_alpr: ['Request for video or plate data', 'Solicitud de video o de placas'],
  request_for_city_assistance: ['Request for City assistance', 'Solicitud de apoyo municipal'],
  records_request: ['Request for records', 'Solicitud de registros'],
  staging: ['Staging', 'Concentración de agentes'],
  staging_or_surveillance: ['Staging or surveillance', 'Concentración o vigilancia'],
  surveillance: ['Surveillance', 'Vigilancia'],
  presence: ['Presence', 'Presencia'],
  parking_or_base: ['Parking or base', 'Estacionamiento o base'],
  vehicle_stop: ['Vehicle stop', 'Detención de vehículo'],
  checkpoint: ['Checkpoint', 'Retén'],
  crowd_control: ['Crowd control', 'Control de multitudes'],
  transport_or_loading: ['Transport or loading', 'Traslado de personas'],
  granted: ['Public area, or a judge’s warrant', 'Área pública u orden judicial'],
  refused_or_withdrew: ['Refused, or agents withdrew', 'Denegado, o los agentes se retiraron'],
  entered_without_consent: ['Entered without consent', 'Ingreso sin consentimiento'],
  not_requested: ['Not requested', 'No se solicitó'],
  park_or_recreation: ['Park, recreation or senior center', 'Parque, centro recreativo o para personas mayores'],
  civic_building_or_library: ['City building or library', 'Edificio municipal o biblioteca'],
  public_safety_facility: ['Public safety facility', 'Instalación de seguridad pública'],
  street_parking_or_transport: ['Street, parking or transport', 'Vía pública, estacionamiento o transporte'],
  other_or_unlisted: ['Other, or not listed', 'Otra, o no registrada'],
  joined_districts: ['Smaller districts together', 'Distritos menores, juntos'],
  same_day: ['Same day', 'Mismo día'],
  day_beside: ['Day beside', 'Día contiguo'],
  within_a_day: ['Same day or day beside', 'Mismo día o contiguo'],
  only_ours: ['Only reported', 'Solo reportado'],
  only_theirs: ['Only in the records', 'Solo en los registros'],
  not_told_apart: ['Not told apart', 'Sin distinguir'],
  not_released: ['No file covers the day', 'Ningún archivo abarca el día'],
  nobody_taken: ['No arrest or detention', 'Sin arresto ni detención'],
  not_certain: ['Agency or day not certain', 'Agencia o día inciertos'],
  outside_weeks: ['Outside these weeks', 'Fuera de estas semanas'],
  no_day: ['No day stated', 'Sin día indicado'],
  no_place: ['No place, or a whole state', 'Sin lugar, o un estado entero'],
  elsewhere: ['Elsewhere', 'En otro lugar'],
  other_kind: ['Not an arrest', 'No es un arresto'],
  other: ['Other', 'Otro'],
};

const fromCode = (code: string): string => {
  const words = code.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The name of a category. Districts and departments take theirs from the city; weeks and months are written by the caller. */
export function categoryName(category: string, vocabulary: string | readonly string[], city: City): Phrase {
  if (vocabulary === 'districts') {
    const name = city.districts.find((district) => district.id === category)?.name;
    const numbered = /^(?:Council )?District (\w+)$/.exec(name ?? '')?.[1];
    if (numbered) return { en: `District ${numbered}`, es: `Distrito ${numbered}` };
    if (name) return { en: name, es: name };
  }
  if (vocabulary === 'departments') {
    const department = city.departments.find((candidate) => candidate.id === category);
    if (department) return { en: department.name, es: department.nameEs };
  }
  const [kind, rest] = category.split(': ');
  if (kind && rest) {
    const [first, second] = [categoryName(kind, vocabulary, city), categoryName(rest, vocabulary, city)];
    return { en: `${first.en}: ${second.en}`, es: `${first.es}: ${second.es}` };
  }
  const known = names[category];
  return known ? { en: known[0], es: known[1] } : { en: fromCode(category), es: fromCode(category) };
}
