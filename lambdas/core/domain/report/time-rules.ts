/** Times must follow one another, lie in the past and fall into the duty of the department of the token (E350, E36x, E37x, E410). */
import { isDayOnly } from './examined-report.ts';
import { error, type Rule } from './rule.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export const timeRules: readonly Rule[] = [
  error(
    'E350',
    '/observed_to',
    'The activity ends before it begins',
    ({ from, to }) => from !== undefined && to !== undefined && to < from,
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
    'E372',
    '/department_id',
    'The registry holds no such department',
    ({ department, city }) => city.department(department) === undefined,
  ),
  error(
    'E410',
    '/department_id',
    'The department of the report is not the department of the token',
    ({ report, department }) => report.department_id !== department,
  ),
];
