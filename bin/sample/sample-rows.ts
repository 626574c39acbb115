import type { City } from '#core/domain/city.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { reportIdOf, submissionIdOf } from '#core/domain/ids.ts';
import { addDays, type Instant, instantOf } from '#core/domain/instant.ts';
import { readBody } from '#core/domain/report/body.ts';
import { readReport } from '#core/domain/report/read-report.ts';
import type { RowVerdict } from '#core/domain/submission.ts';
import type { Week } from '#core/domain/week.ts';
import { reportRows } from '#core/lake/report-rows.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import { type SampleOptions, sampleWeeks } from './sample-weeks.ts';

/** The lake's rows of one posting week, and the moment at which all of them were received: nine in the morning (UTC) of the Monday after it. */
export type RowsOfWeek = { readonly receivedAt: Instant; readonly rows: LakeRow<'report_versions'>[] };

/** The rows that the accepted new reports of a sample leave in the lake, week of posting by week of posting; what is written down late comes in late. */
export function sampleRows(city: City, options: SampleOptions): ReadonlyMap<Week, RowsOfWeek> {
  const index = indexCity(city);
  const weeks = new Map<Week, RowsOfWeek>();
  const known = new Set<string>();
  for (const { department, week, body, contentType, idempotencyKey } of sampleWeeks(city, options)) {
    const receivedAt = instantOf(`${addDays(week, 7)}T17:00:00.000Z`);
    const read = readBody(new TextEncoder().encode(body), contentType, (row) => row);
    if (!receivedAt || !read.ok) continue;
    const verdicts = read.value.flatMap((row): RowVerdict[] => {
      if (!('value' in row)) return [];
      const report = readReport(row.value, { city: index, department, now: receivedAt });
      if (!report.ok || report.operation !== 'create') return [];
      const { operation, sha256, facts, open, localReportId } = report;
      const reportId = reportIdOf(department, localReportId);
      if (known.has(reportId)) return [];
      known.add(reportId);
      const version = { reportId, localReportId, version: 1, operation, sha256, facts, open, sealed: [] };
      return [{ line: row.line, status: 'accepted', report: version, violations: [] }];
    });
    const submissionId = submissionIdOf(department, idempotencyKey);
    const record = { schema: 1, submissionId, department, rows: verdicts } as const;
    const before = weeks.get(week)?.rows ?? [];
    weeks.set(week, { receivedAt, rows: [...before, ...reportRows(record, { submissionId, receivedAt }, city)] });
  }
  return weeks;
}
