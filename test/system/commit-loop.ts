/** Commits one submission after another and prints the id of each only when its receipt is durable; ends when it is killed. Argument: the data directory. */
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { openStore } from '#adapters/local/store.ts';
import { type DepartmentId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Week } from '#core/domain/week.ts';

const local = openStore(process.argv[2] ?? '');
const store = reportStore(local);
const raw = rawObjects(local);
const department = 'LIB' as DepartmentId;
const run = process.argv[3] ?? '';

async function client(number: number): Promise<never> {
  for (let at = 0; ; at++) {
    const name = `${run}-${number}-${at}`;
    const submissionId = submissionIdOf(department, name);
    const facts = { department, week: '2026-03-02' as Week };
    const report = {
      reportId: reportIdOf(department, name),
      localReportId: name,
      version: 1,
      sha256: sha256(name),
      facts,
    };
    const record = {
      schema: 1 as const,
      submissionId,
      department,
      rows: [
        {
          line: 1,
          status: 'accepted' as const,
          report: { ...report, operation: 'zero' as const, open: {}, sealed: [] },
          violations: [],
        },
      ],
    };
    const counts = { received: 1, accepted: 1, duplicates: 0, refused: 0 };
    await raw.putIfAbsent(`raw/${submissionId}`, Buffer.from(JSON.stringify(record)));
    const receipt = { submissionId, department, request: sha256(name), raw: `raw/${submissionId}`, counts };
    await store.commit({ receipt, record, at: '2026-03-02T17:00:00.000Z' as Instant });
    process.stdout.write(`${submissionId} ${report.reportId}\n`);
  }
}
await Promise.all([1, 2, 3, 4].map(client));
