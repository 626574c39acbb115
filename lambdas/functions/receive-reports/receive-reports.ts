import type { Context, Hono } from 'hono';
import { readReportId, readSubmissionId } from '#core/domain/ids.ts';
import { refuse } from '#core/domain/problem.ts';
import { acceptsJson, authorized, type Edge, type HttpEnv, httpApp, problemResponse } from '../http.ts';
import { routes } from '../triggers.ts';
import { dryRunAnswer, receiptAnswer, reportAnswer } from './answer.ts';
import { type CommitPorts, commitSubmission, recordOf, tryOut } from './commit-submission.ts';
import { countRows } from './plan-submission.ts';
import { readRequest } from './read-request.ts';

export type ReceiveReportsPorts = Edge & CommitPorts;

const json = { 'content-type': 'application/json', 'cache-control': 'no-store' } as const;

async function receive(ports: ReceiveReportsPorts, context: Context<HttpEnv>): Promise<Response> {
  const { department } = context.get('principal');
  if (department === undefined) return problemResponse(context, { code: 'SCOPE_MISSING' });
  const read = await readRequest(context, department);
  if (!read.ok) return problemResponse(context, read.problem);
  const { submission, dryRun } = read.value;

  if (dryRun) {
    const plan = await tryOut(ports, submission);
    if (!plan.ok) return problemResponse(context, plan.problem);
    ports.log.info('submission:tried', { department, ...countRows(plan.value) });
    return context.body(dryRunAnswer(plan.value, submission.mode), 200, json);
  }

  const { submissionId } = submission;
  const stored = await commitSubmission(ports, submission);
  if (!stored.ok) {
    const rows = stored.problem.violations?.length ?? 0;
    ports.log.warn('submission:refused', { submission: submissionId, department, violations: rows });
    return problemResponse(context, stored.problem);
  }
  const { receipt, record, replayed } = stored.value;
  if (replayed) ports.log.info('submission:replayed', { submission: submissionId, department });
  else ports.log.info('submission:committed', { submission: submissionId, department, ...receipt.counts });
  return context.body(receiptAnswer(receipt, record), 201, {
    ...json,
    location: `/v1/submissions/${submissionId}`,
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
  });
}

async function showSubmission(ports: ReceiveReportsPorts, context: Context<HttpEnv>): Promise<Response> {
  const { department } = context.get('principal');
  if (!acceptsJson(context.req.header('accept'))) return problemResponse(context, refuse('NOT_ACCEPTABLE').problem);
  const id = readSubmissionId(context.req.param('id') ?? '');
  const receipt = id && (await ports.store.receipt(id));
  if (!receipt || receipt.department !== department) return problemResponse(context, { code: 'NOT_FOUND' });
  return context.body(receiptAnswer(receipt, await recordOf(ports, receipt)), 200, json);
}

async function showReport(ports: ReceiveReportsPorts, context: Context<HttpEnv>): Promise<Response> {
  const { department } = context.get('principal');
  if (!acceptsJson(context.req.header('accept'))) return problemResponse(context, refuse('NOT_ACCEPTABLE').problem);
  const id = readReportId(context.req.param('id') ?? '');
  const versions = id ? await ports.store.versions(id) : [];
  const current = versions.at(-1);
  if (!current || current.version.facts.department !== department)
    return problemResponse(context, { code: 'NOT_FOUND' });
  return context.body(reportAnswer(versions, current), 200, { ...json, etag: `"${current.version.version}"` });
}

/** Takes in the reports of departments. 201 is answered only after the durable commit; another department's submission or report is not there (404). */
export function receiveReports(ports: ReceiveReportsPorts): Hono<HttpEnv> {
  const app = httpApp(ports);
  app.post('/v1/reports', authorized(ports, 'reports/submit'), (context) => receive(ports, context));
  app.get('/v1/submissions/:id', authorized(ports, 'reports/read-own'), (context) => showSubmission(ports, context));
  app.get('/v1/reports/:id', authorized(ports, 'reports/read-own'), (context) => showReport(ports, context));
  for (const path of new Set(routes.filter((route) => route.function === 'receive-reports').map(({ path }) => path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (context) => {
      context.header('allow', allowed.sort().join(', '));
      return problemResponse(context, { code: 'METHOD_UNSUPPORTED' });
    });
  }
  return app;
}
