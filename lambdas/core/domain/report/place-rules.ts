/** The place must be one the registry knows, and where it says it is (E301, E33x, E34x, E371). */
import { does } from './fact-rules.ts';
import { error, type Rule } from './rule.ts';
import { propertyTypes } from './vocabulary.ts';

const knownTypes: readonly string[] = propertyTypes;
const wideTypes: readonly string[] = ['airport', 'harbor', 'park', 'utility', 'street_or_right_of_way'];

/** How far from the registered point of a property an incident on it may lie, in metres: the registry holds points, and some properties are wide. */
const reach = (type: string): number => (wideTypes.includes(type) ? 8_000 : 1_500);

function metresBetween(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const radians = Math.PI / 180;
  const x = (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians);
  return Math.hypot(x, (b.latitude - a.latitude) * radians) * 6_371_000;
}

export const placeRules: readonly Rule[] = [
  error(
    'E301',
    '/property_id',
    'Exactly one of property_id and unlisted_property must be given',
    ({ report, from }) =>
      from !== undefined && (report.property_id === undefined) === (report.unlisted_property === undefined),
  ),
  error(
    'E330',
    '/access_result',
    'A non-public area needs an access_result',
    ({ report }) => report.area_access === 'non_public' && report.access_result === undefined,
  ),
  error(
    'E331',
    '/area_access',
    'Entry to a non-public area is reported for a public area',
    (examined) => examined.report.area_access === 'public' && does(examined, 'entry_to_non_public_area'),
  ),
  error(
    'E340',
    '/point',
    "The point lies outside the city's outline",
    ({ report, property, city }) =>
      report.point !== undefined &&
      !city.holds(report.point.longitude, report.point.latitude) &&
      (property === undefined || city.holds(property.longitude, property.latitude)),
  ),
  error(
    'E341',
    '/point',
    'The point lies too far from the stated property',
    ({ report, property }) =>
      report.point !== undefined &&
      property !== undefined &&
      metresBetween(report.point, property) > reach(property.type),
  ),
  error(
    'E342',
    '/location_precision',
    'point and location_precision must be given together',
    ({ report }) => (report.point === undefined) !== (report.location_precision === undefined),
  ),
  error(
    'E343',
    '/property_type',
    'The registry holds this property as another type',
    ({ report, property }) =>
      property !== undefined && knownTypes.includes(property.type) && report.property_type !== property.type,
  ),
  error(
    'E371',
    '/property_id',
    'The registry holds no such property',
    ({ report, property }) => report.property_id !== undefined && property === undefined,
  ),
];
