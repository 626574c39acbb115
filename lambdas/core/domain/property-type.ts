/** What a city property is: the closed list of the report, the registry and the lake (domain of docs/METHODS.md "Vocabulary"). */
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
export type PropertyType = (typeof propertyTypes)[number];
