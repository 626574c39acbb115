import { type DepartmentId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import { weekOf } from '#core/domain/week.ts';
import type { Commitment } from '#core/ports.ts';

const department = 'fire' as DepartmentId;
const observedDate = '2026-02-25' as CalendarDate;

export const time = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z` as Instant;
export const reportOf = (n: number) => reportIdOf(department, `r${n}`);

/** The first version of the reports 1 to `size`. */
export function batch(key: string, at: Instant, size: number): Commitment {
  const submissionId = submissionIdOf(department, key);
  const rows = Array.from({ length: size }, (_, n) => ({
    line: n + 1,
    status: 'accepted' as const,
    violations: [],
    report: {
      reportId: reportOf(n + 1),
      localReportId: `r${n + 1}`,
      version: 1,
      operation: 'create' as const,
      sha256: sha256(`${key}${n}`),
      facts: { department, observedDate, week: weekOf(observedDate) },
      open: { local_report_id: `r${n + 1}` },
      sealed: [],
    },
  }));
  return {
    receipt: {
      submissionId,
      department,
      request: sha256(key),
      raw: `raw/${submissionId}-${sha256(key)}`,
      counts: { received: size, accepted: size, duplicates: 0, refused: 0 },
    },
    record: { schema: 1, submissionId, department, rows },
    at,
  };
}
