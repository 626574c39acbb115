/** Kinds of property as published: wide, so that a count by kind is seldom too small to be shown. */
const groupOfType: Readonly<Record<string, string>> = {
  park: 'park_or_recreation',
  recreation_center: 'park_or_recreation',
  senior_center: 'park_or_recreation',
  city_hall_or_office: 'civic_building_or_library',
  library: 'civic_building_or_library',
  public_safety_facility: 'public_safety_facility',
  street_or_right_of_way: 'street_parking_or_transport',
  parking_lot_or_garage: 'street_parking_or_transport',
  transit_stop: 'street_parking_or_transport',
  airport: 'street_parking_or_transport',
  harbor: 'street_parking_or_transport',
};

/** The kind of a registered type; places outside the registry and all other types are one kind. The same as in queries/incidents_by_property_type_and_access_result_v1. */
export const propertyGroupOf = (type: string | undefined): string =>
  (type === undefined ? undefined : groupOfType[type]) ?? 'other_or_unlisted';
