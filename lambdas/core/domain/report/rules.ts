/**
 * The numbered rules that several fields break together. Errors (E) block; warnings (W) block unless the report confirms them; infos (I) are stored.
 * E1xx syntax and E2xx value come from the schema (`schema-violations.ts`), E5xx from the tripwire (`prohibited.ts`). A message never quotes a value.
 */
import type { Severity } from '../problem.ts';
import { type ExaminedReport, isDayOnly, observationEnd, weekIsOver } from './examined-report.ts';
import { propertyTypes } from './vocabulary.ts';

export type Rule = {
  readonly code: string;
  readonly severity: Severity;
  readonly pointer: string;
  readonly message: string;
  /** Whether the report breaks the rule. */
  readonly breaks: (examined: ExaminedReport) => boolean;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Range = { readonly min: number; readonly max?: number | undefined } | undefined;
const reversed = (range: Range): boolean => range?.max !== undefined && range.min > range.max;
const atLeast = (range: Range): number => range?.min ?? 0;
const mixes = (list: readonly string[] | undefined, alone: string): boolean =>
  list !== undefined && list.length > 1 && list.includes(alone);
const repeats = (list: readonly string[] | undefined): boolean =>
  list !== undefined && new Set(list).size < list.length;
const does = ({ report }: ExaminedReport, ...any: readonly string[]): boolean =>
  report.activities?.some((activity) => any.includes(activity)) ?? false;

const judicialTypes: readonly string[] = [
  'judicial_search_warrant',
  'judicial_arrest_warrant',
  'judicial_subpoena',
  'court_order',
];
const administrativeTypes: readonly string[] = [
  'administrative_warrant_I-200',
  'administrative_warrant_I-205',
  'administrative_subpoena',
  'detainer_I-247',
];
const knownTypes: readonly string[] = propertyTypes;
const wideTypes: readonly string[] = ['airport', 'harbor', 'park', 'utility', 'street_or_right_of_way'];

/** How far from the registered point of a property an incident on it may lie, in metres: the registry holds points, and some properties are wide. */
const reach = (type: string): number => (wideTypes.includes(type) ? 8_000 : 1_500);

function metresBetween(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const radians = Math.PI / 180;
  const x = (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians);
  return Math.hypot(x, (b.latitude - a.latitude) * radians) * 6_371_000;
}

const error = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  code,
  severity: 'error',
  pointer,
  message,
  breaks,
});
const warning = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  ...error(code, pointer, message, breaks),
  severity: 'warning',
});
const info = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  ...error(code, pointer, message, breaks),
  severity: 'info',
});

export const rules: readonly Rule[] = [
  error(
    'E301',
    '/property_id',
    'Exactly one of property_id and unlisted_property must be given',
    ({ report, from }) =>
      from !== undefined && (report.property_id === undefined) === (report.unlisted_property === undefined),
  ),
  error(
    'E310',
    '/persons_arrested',
    'Persons were arrested but arrest is not among the activities',
    (examined) =>
      examined.report.activities !== undefined &&
      atLeast(examined.report.persons_arrested) > 0 &&
      !does(examined, 'arrest'),
  ),
  error(
    'E311',
    '/persons_detained',
    'Persons were detained but no activity says so',
    (examined) =>
      examined.report.activities !== undefined &&
      atLeast(examined.report.persons_detained) > 0 &&
      !does(examined, 'detention', 'arrest', 'vehicle_stop', 'transport_or_loading', 'processing', 'checkpoint'),
  ),
  error(
    'E312',
    '/city_employee_or_contractor_detained',
    'A city employee or contractor was detained but nobody was detained or arrested',
    ({ report }) =>
      report.city_employee_or_contractor_detained === 'yes' &&
      report.persons_detained?.max === 0 &&
      report.persons_arrested?.max === 0,
  ),
  error(
    'E313',
    '/activities',
    'Arrest is among the activities but nobody was arrested',
    (examined) => does(examined, 'arrest') && examined.report.persons_arrested?.max === 0,
  ),
  error('E314', '/force_used', 'none stands together with other force', ({ report }) =>
    mixes(report.force_used, 'none'),
  ),
  error('E315', '/responses', 'none stands together with other responses', ({ report }) =>
    mixes(report.responses, 'none'),
  ),
  error('E316', '/service_disruption', 'none stands together with other disruptions', ({ report }) =>
    mixes(report.service_disruption, 'none'),
  ),
  error(
    'E317',
    '/activities',
    'A list holds the same value twice',
    ({ report }) =>
      repeats(report.activities) ||
      repeats(report.force_used) ||
      repeats(report.responses) ||
      repeats(report.service_disruption) ||
      repeats(report.vehicle_plates) ||
      repeats(report.agencies?.map((seen) => seen.agency)),
  ),
  error(
    'E320',
    '/documents',
    'A judicial document cannot be signed by an immigration officer',
    ({ report }) =>
      report.documents?.some(
        ({ type, signed_by }) => judicialTypes.includes(type) && signed_by === 'immigration_officer',
      ) ?? false,
  ),
  error(
    'E321',
    '/documents',
    'An administrative document is not signed by a judge or magistrate',
    ({ report }) =>
      report.documents?.some(
        ({ type, signed_by }) => administrativeTypes.includes(type) && signed_by === 'judge_or_magistrate',
      ) ?? false,
  ),
  error('E322', '/documents', 'none_shown stands together with other documents', ({ report }) =>
    mixes(
      report.documents?.map((shown) => shown.type),
      'none_shown',
    ),
  ),
  error(
    'E323',
    '/documents',
    'A document that was not shown cannot be signed or copied',
    ({ report }) =>
      report.documents?.some(
        (shown) =>
          (shown.type === 'none_shown' || shown.type === 'verbal_claim_only') &&
          (shown.signed_by !== undefined || shown.copy_obtained === 'yes' || shown.evidence_id !== undefined),
      ) ?? false,
  ),
  error(
    'E324',
    '/id_response',
    'id_requested and id_response contradict each other',
    ({ report }) =>
      (report.id_requested === 'yes' && report.id_response === 'not_requested') ||
      (report.id_requested === 'no' && (report.id_response === 'refused' || report.id_response === 'ignored')),
  ),
  error(
    'E325',
    '/access_result',
    'Access was granted on a judicial warrant but no judicial document is listed',
    ({ report, from }) =>
      from !== undefined &&
      report.access_result === 'granted_judicial_warrant' &&
      !(report.documents?.some((shown) => judicialTypes.includes(shown.type)) ?? false),
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
    'E332',
    '/access_result',
    'access_requested and access_result contradict each other',
    ({ report }) => report.access_requested === 'yes' && report.access_result === 'not_requested',
  ),
  error(
    'E333',
    '/city_resources_description',
    'city_resources_used and its description must agree',
    ({ report, from }) =>
      from !== undefined &&
      (report.city_resources_used === 'yes_with_description') !== (report.city_resources_description !== undefined),
  ),
  error(
    'E334',
    '/closure_minutes',
    'A closure is reported but the service disruption is none',
    ({ report }) => (report.closure_minutes ?? 0) > 0 && report.service_disruption?.[0] === 'none',
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
    'E350',
    '/observed_to',
    'The activity ends before it begins',
    ({ from, to }) => from !== undefined && to !== undefined && to < from,
  ),
  error('E351', '/agents_count', 'min is more than max', ({ report }) => reversed(report.agents_count)),
  error('E351', '/vehicles_count', 'min is more than max', ({ report }) => reversed(report.vehicles_count)),
  error('E351', '/persons_detained', 'min is more than max', ({ report }) => reversed(report.persons_detained)),
  error('E351', '/persons_arrested', 'min is more than max', ({ report }) => reversed(report.persons_arrested)),
  error(
    'E352',
    '/persons_detained',
    'A known number needs max; an unknown number has none',
    ({ report: { persons_detained: range } }) => range !== undefined && range.known !== (range.max !== undefined),
  ),
  error(
    'E352',
    '/persons_arrested',
    'A known number needs max; an unknown number has none',
    ({ report: { persons_arrested: range } }) => range !== undefined && range.known !== (range.max !== undefined),
  ),
  error(
    'E353',
    '/observed_to',
    'An end time needs a begin that is known better than to the day',
    (examined) => examined.to !== undefined && isDayOnly(examined),
  ),
  error(
    'E354',
    '/certified_at',
    'certified_by and certified_at must be given together',
    ({ report }) => (report.certified_by === undefined) !== (report.certified_at === undefined),
  ),
  error(
    'E355',
    '/certified_at',
    'The report was certified before the activity began',
    ({ report, from }) =>
      from !== undefined && report.certified_at !== undefined && Date.parse(report.certified_at) < from,
  ),
  error(
    'E356',
    '/recorded_at',
    'The report was written down before the activity began',
    ({ recorded, from }) => from !== undefined && recorded < from,
  ),
  error(
    'E357',
    '/response_to',
    'The response ends before it begins',
    ({ report }) =>
      report.response_to !== undefined &&
      (report.response_from === undefined || Date.parse(report.response_to) < Date.parse(report.response_from)),
  ),
  error(
    'E360',
    '/observed_from',
    'The activity lies in the future',
    ({ from, now }) => from !== undefined && from > now + 15 * minute,
  ),
  error(
    'E360',
    '/observed_to',
    'The activity lies in the future',
    ({ to, now }) => to !== undefined && to > now + 15 * minute,
  ),
  error('E360', '/recorded_at', 'The time of recording lies in the future', ({ recorded, now }) => {
    return recorded > now + 15 * minute;
  }),
  error(
    'E360',
    '/certified_at',
    'The time of certification lies in the future',
    ({ report, now }) => report.certified_at !== undefined && Date.parse(report.certified_at) > now + 15 * minute,
  ),
  error(
    'E361',
    '/week',
    'A week is named by its Monday',
    ({ report, week }) => report.week !== undefined && report.week !== week,
  ),
  error(
    'E362',
    '/week',
    'The week has not begun',
    ({ report, now }) => report.week !== undefined && Date.parse(report.week) > now + day,
  ),
  error(
    'E370',
    '/department_id',
    'The department had no duty to report at that time',
    ({ report, department, city, observedDate }) => {
      const held = city.department(department);
      return (
        held !== undefined &&
        report.department_id === department &&
        observedDate !== undefined &&
        (observedDate < held.activeFrom || (held.activeTo !== undefined && observedDate > held.activeTo))
      );
    },
  ),
  error(
    'E371',
    '/property_id',
    'The registry holds no such property',
    ({ report, property }) => report.property_id !== undefined && property === undefined,
  ),
  error(
    'E372',
    '/department_id',
    'The registry holds no such department',
    ({ department, city }) => city.department(department) === undefined,
  ),
  error(
    'E373',
    '/supersedes_id',
    'A duplicate must name the report it repeats',
    ({ report }) => report.change_reason === 'duplicate_of' && report.supersedes_id === undefined,
  ),
  error(
    'E410',
    '/department_id',
    'The department of the report is not the department of the token',
    ({ report, department }) => report.department_id !== department,
  ),
  warning(
    'W610',
    '/recorded_at',
    'The report was written down more than 24 hours after the activity ended',
    (examined) => isLate(examined),
  ),
  warning(
    'W620',
    '/agents_count',
    'The number of agents is unusually high',
    ({ report }) => (report.agents_count?.max ?? 0) > 100,
  ),
  warning(
    'W621',
    '/vehicles_count',
    'The number of vehicles is unusually high',
    ({ report }) => (report.vehicles_count?.max ?? 0) > 50,
  ),
  warning(
    'W622',
    '/persons_detained',
    'The number of persons detained is unusually high',
    ({ report }) => Math.max(report.persons_detained?.max ?? 0, atLeast(report.persons_detained)) > 50,
  ),
  warning(
    'W623',
    '/persons_arrested',
    'The number of persons arrested is unusually high',
    ({ report }) => Math.max(report.persons_arrested?.max ?? 0, atLeast(report.persons_arrested)) > 50,
  ),
  warning(
    'W624',
    '/closure_minutes',
    'The closure lasted more than a week',
    ({ report }) => (report.closure_minutes ?? 0) > 7 * 24 * 60,
  ),
  warning(
    'W640',
    '/time_precision',
    'The time is exactly midnight although it is said to be exact',
    ({ report }) =>
      report.time_precision === 'exact' && /T00:00(:00(\.0+)?)?([Zz]|[+-])/.test(report.observed_from ?? ''),
  ),
  warning(
    'W641',
    '/time_precision',
    'The time gives minutes although only the day or a part of it is said to be known',
    ({ report }) =>
      (report.time_precision === 'part_of_day' || report.time_precision === 'date_only') &&
      !/T\d\d:00(:00(\.0+)?)?([Zz]|[+-])/.test(report.observed_from ?? ''),
  ),
  warning(
    'W650',
    '/observed_to',
    'The activity lasted more than 24 hours',
    ({ from, to }) => from !== undefined && to !== undefined && to - from > day,
  ),
  warning(
    'W660',
    '/week',
    'The week is not over',
    ({ report, week, recorded, city }) => report.week !== undefined && !weekIsOver(week, recorded, city.timeZone),
  ),
  info(
    'I701',
    '/property_id',
    "The district is that of the property under the city's current boundaries",
    ({ property }) => property !== undefined && property.district !== '',
  ),
  info('I702', '/recorded_at', 'The report is marked as late', (examined) => isLate(examined)),
  info(
    'I703',
    '/unlisted_property',
    'No district is known for an unlisted property',
    ({ report }) => report.unlisted_property !== undefined,
  ),
];

/** Whether a report was written down more than 24 hours after the activity ended. */
export function isLate(examined: ExaminedReport): boolean {
  const end = observationEnd(examined);
  return end !== undefined && examined.from !== undefined && examined.recorded - end > day;
}

/** The one rule that needs the other rows of the submission. */
export const nearDuplicateRule = {
  code: 'W630',
  severity: 'warning',
  pointer: '/property_id',
  message: 'Another report of this submission is of the same property within two hours',
} as const;
