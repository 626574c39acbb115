import type { CreateReport } from './incident-facts.ts';
import { bodyOf, mixedRows, refusedRows, type SampleSubmission } from './sample-submission.ts';

type Bad = Pick<SampleSubmission, 'contentType' | 'body' | 'mode' | 'expect' | 'rows' | 'label'>;
/** Good reports of the department that nobody has sent; the last of them is the one to spoil. */
type Good = readonly [CreateReport, CreateReport, CreateReport];

const single = (label: string, spoil: (report: CreateReport) => Readonly<Record<string, unknown>>) => {
  return ([, , report]: Good): Bad => ({
    ...bodyOf('single', [spoil(report)]),
    mode: 'strict',
    ...refusedRows(1),
    label: `bad: ${label}`,
  });
};

/** Submissions as hurried people and half-finished programs send them, each wrong in one way. */
export const badSubmissions: readonly ((good: Good) => Bad)[] = [
  single('a word that is not in the vocabulary', (report) => ({ ...report, activities: ['raid'] })),
  single(
    'arrests without the activity',
    ({ persons_detained: _, city_employee_or_contractor_detained: __, ...report }) => ({
      ...report,
      activities: ['surveillance'],
      persons_arrested: { min: 2, max: 2, known: true },
    }),
  ),
  single('a registration number of a person in the narrative', (report) => ({
    ...report,
    narrative: 'The agents asked the front desk about A099-999-999 and left.',
  })),
  single('a property that the registry does not hold', (report) => ({ ...report, property_id: 'no-such-place' })),
  single('an end before the beginning', (report) => ({
    ...report,
    time_precision: 'exact',
    observed_to: `2001${report.observed_from.slice(4)}`,
  })),
  single(
    'written down late and not confirmed',
    ({ confirmed_warnings: _, certified_at: __, certified_by: ___, ...report }) => ({
      ...report,
      observed_from: `${String(Number(report.observed_from.slice(0, 4)) - 1)}${report.observed_from.slice(4).replace('-02-29', '-02-28')}`,
      observed_to: undefined,
    }),
  ),
  single('a field for what the city does not record', (report) => ({ ...report, country_of_birth: 'unknown' })),
  single('the report of another department', (report) => ({ ...report, department_id: 'NOBODY' })),
  single('a correction of a report that is not there', (report) => ({
    ...report,
    operation: 'correct',
    expected_version: 1,
    change_reason: 'new_information',
    confirmed_warnings: ['W610'],
  })),
  ([report]) => ({
    contentType: 'application/json',
    body: JSON.stringify(report).slice(0, -40),
    mode: 'strict',
    ...refusedRows(0),
    label: 'bad: JSON that breaks off',
  }),
  ([first, second, third]) => ({
    ...bodyOf('batch', [first, { ...second, area_access: 'roof' }, third]),
    mode: 'strict',
    ...refusedRows(3),
    label: 'bad: a strict batch with one bad row',
  }),
  ([first, second, third]) => ({
    ...bodyOf('batch', [first, { ...second, time_precision: 'roughly' }, third]),
    mode: 'lenient',
    ...mixedRows(2, 1),
    label: 'bad: a lenient batch with one bad row',
  }),
  (good) => {
    const { contentType, body } = bodyOf('csv', good);
    const [header, first, ...rest] = body.split('\r\n');
    const cut = first?.split(',').slice(0, 6).join(',');
    return {
      contentType,
      body: [header, cut, ...rest].join('\r\n'),
      mode: 'lenient',
      ...mixedRows(2, 1),
      label: 'bad: a CSV row that breaks off',
    };
  },
  (good) => {
    const { contentType, body } = bodyOf('ndjson', good);
    return {
      contentType,
      body: body.replace(/\}\n/, '\n'),
      mode: 'lenient',
      ...mixedRows(2, 1),
      label: 'bad: an NDJSON line that breaks off',
    };
  },
];
