import { describe, expect, it } from 'vitest';
import { indexCity } from '#core/domain/city-index.ts';
import { type DepartmentId, reportIdOf, submissionIdOf } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { readReport } from '#core/domain/report/read-report.ts';
import { assembleRecord } from '#functions/receive-reports/assemble-record.ts';
import { planSubmission, type ReadRow } from '#functions/receive-reports/plan-submission.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { change, goodReport } from '../../fixtures/reports.ts';

const department = 'LIB' as DepartmentId;
const context = { city: indexCity(fixtureCity()), department, now: '2026-03-10T17:00:00.000Z' as Instant };
const envelope = {
  schema_version: '1',
  department_id: 'LIB',
  local_report_id: 'a',
  recorded_at: '2026-03-02T11:45:00-05:00',
};
const reports = [
  goodReport('a'),
  {
    operation: 'supplement',
    ...envelope,
    expected_version: 1,
    reporter_role: 'liaison',
    basis: 'video_review',
    weapons_displayed: 'none',
  },
  goodReport('a', { ...change(2), activities: ['search'], narrative: 'Una furgoneta «sin» placas — \\ " \u2028' }),
  { operation: 'withdraw', ...envelope, expected_version: 3, change_reason: 'not_federal' },
  goodReport('b', { narrative: undefined, reporter_contact: undefined }),
  goodReport('b', { narrative: undefined, reporter_contact: undefined }),
  goodReport('c', { activities: ['no such word'] }),
  {
    operation: 'zero',
    ...envelope,
    local_report_id: 'z',
    recorded_at: '2026-03-09T11:45:00-05:00',
    week: '2026-03-02',
  },
];

function read(value: Record<string, unknown>, at: number): ReadRow {
  const report = readReport(value, context);
  return report.ok
    ? { line: at + 1, reportId: reportIdOf(department, report.localReportId), report }
    : { line: at + 1, violations: report.violations };
}

describe('recordBytes', () => {
  it('writes a record of every operation and verdict as JSON.stringify does, with every letter of what was sealed', () => {
    const plan = planSubmission(reports.map(read), new Map(), new Map());
    expect(plan.map(({ status }) => status)).toEqual([
      ...['accepted', 'accepted', 'accepted', 'accepted'],
      ...['accepted', 'duplicate', 'refused', 'accepted'],
    ]);
    const accepted = plan.filter((row) => row.status === 'accepted');
    const sealed = accepted.map(({ report }, at) => {
      const fields = report.guarded.names;
      return fields.length
        ? [{ fields, key: `entry.${at}.1`, text: Buffer.from(`sealed ${at}`).toString('base64') }]
        : [];
    });
    const submission = { submissionId: submissionIdOf(department, 'k'), department, mode: 'lenient' } as const;
    const { record, bytes } = assembleRecord(submission, plan, sealed, new Map());
    expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(record));
  });

  it('finds room for more than it thought it would need', () => {
    const rows = Array.from({ length: 50 }, (_, at) => read(goodReport(`r${at}`), at));
    const plan = planSubmission(rows, new Map(), new Map());
    const text = Buffer.alloc(9000, 7).toString('base64');
    const sealed = plan.map((_, at) => [{ fields: ['narrative'], key: `entry.${at}.1`, text }]);
    const { record, bytes } = assembleRecord(
      { submissionId: submissionIdOf(department, 'k'), department, mode: 'strict' },
      plan,
      sealed,
      new Map(),
    );
    expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(record));
  });
});
