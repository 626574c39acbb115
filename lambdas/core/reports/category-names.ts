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
  granted_public_area: ['Public area, no permission needed', 'Área pública, sin necesidad de permiso'],
  granted_judicial_warrant: ['Admitted on a judge’s warrant', 'Acceso con orden judicial'],
  refused: ['Refused', 'Denegado'],
  entered_without_consent: ['Entered without consent', 'Ingreso sin consentimiento'],
  withdrew: ['Agents withdrew', 'Los agentes se retiraron'],
  not_requested: ['Not requested', 'No se solicitó'],
  city_hall_or_office: ['City hall or office', 'Ayuntamiento u oficina'],
  library: ['Library', 'Biblioteca'],
  park: ['Park', 'Parque'],
  recreation_center: ['Recreation center', 'Centro recreativo'],
  senior_center: ['Senior center', 'Centro para personas mayores'],
  public_safety_facility: ['Public safety facility', 'Instalación de seguridad pública'],
  airport: ['Airport', 'Aeropuerto'],
  harbor: ['Harbor', 'Puerto'],
  utility: ['Utility', 'Servicios públicos'],
  parking_lot_or_garage: ['Parking lot or garage', 'Estacionamiento'],
  street_or_right_of_way: ['Street or right of way', 'Vía pública'],
  transit_stop: ['Transit stop', 'Parada de transporte'],
  housing: ['Housing', 'Vivienda'],
  animal_shelter: ['Animal shelter', 'Refugio de animales'],
  construction_or_contract_site: ['Construction or contract site', 'Obra o sitio contratado'],
  leased_or_tenant: ['Leased to a tenant', 'Arrendado a terceros'],
  vacant_lot: ['Vacant lot', 'Terreno baldío'],
  unlisted: ['Place not listed', 'Lugar no registrado'],
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
