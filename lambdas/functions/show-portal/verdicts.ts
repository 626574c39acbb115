import * as z from 'zod';
import type { Receipt } from '#core/domain/submission.ts';
import type { RawObjects } from '#core/ports.ts';
import type { VerdictPage } from './pages/submission.ts';

const rowsPerPage = 200;

/** What is shown of the raw object, and nothing else: the reports inside it are not even read. */
const shownRecord = z.object({
  submissionId: z.string(),
  department: z.string(),
  rows: z.array(
    z.object({
      line: z.number(),
      status: z.string(),
      report: z.object({ reportId: z.string(), version: z.number() }).optional(),
      reportId: z.string().optional(),
      version: z.number().optional(),
      violations: z.array(z.object({ code: z.string(), severity: z.string(), message: z.string() })),
    }),
  ),
});

/** One page of the verdicts of a receipt. Throws when the raw object is missing or is another's: a receipt without its rows is a fault. */
export async function verdictsOf(receipt: Receipt, raw: Pick<RawObjects, 'get'>, page: number): Promise<VerdictPage> {
  const bytes = await raw.get(receipt.raw);
  if (!bytes) throw new Error('the raw object of a receipt is missing');
  const record = shownRecord.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  if (record.submissionId !== receipt.submissionId || record.department !== receipt.department)
    throw new Error('the raw object of a receipt is of another submission');
  const pages = Math.max(1, Math.ceil(record.rows.length / rowsPerPage));
  const rows = record.rows.slice((page - 1) * rowsPerPage, page * rowsPerPage);
  const verdicts = rows.map(({ line, status, report, reportId, version, violations }) => ({
    line,
    status,
    report: report?.reportId ?? reportId,
    version: report?.version ?? version,
    rules: violations,
  }));
  return { verdicts, page, pages };
}
