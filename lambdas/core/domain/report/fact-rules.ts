/** What was seen and done must not contradict itself (E31x, E32x, E35x for counts). */
import type { ExaminedReport } from './examined-report.ts';
import { error, type Rule } from './rule.ts';

type Range = { readonly min: number; readonly max?: number | undefined } | undefined;
const reversed = (range: Range): boolean => range?.max !== undefined && range.min > range.max;
const atLeast = (range: Range): number => range?.min ?? 0;
const mixes = (list: readonly string[] | undefined, alone: string): boolean =>
  list !== undefined && list.length > 1 && list.includes(alone);
const repeats = (list: readonly string[] | undefined): boolean =>
  list !== undefined && list.length > 1 && new Set(list).size < list.length;
const agenciesOf = ({ agencies = [] }: ExaminedReport['report']): readonly string[] | undefined =>
  agencies.length > 1 ? agencies.map(({ agency }) => agency) : undefined;
/** Whether any of these activities is reported. */
export const does = ({ report }: ExaminedReport, ...any: readonly string[]): boolean =>
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

export const factRules: readonly Rule[] = [
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
      repeats(agenciesOf(report)),
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
    'E373',
    '/supersedes_id',
    'A duplicate must name the report it repeats',
    ({ report }) => report.change_reason === 'duplicate_of' && report.supersedes_id === undefined,
  ),
];
