/**
 * What legal reads: reports page by page or as one file, as of a date, and the audit trail itself.
 * Every read stands in the audit trail, durable, before its first byte is answered; when it cannot be written nothing is answered.
 */
import type { Hono } from 'hono';
import type { City } from '#core/domain/city.ts';
import { type Problem, refuse } from '#core/domain/problem.ts';
import type { AuditTrail, Clock, Ids, Log, ReportStore, Tokens, Unsealer } from '#core/ports.ts';
import { acceptsJson, authorized, type HttpEnv, httpApp, problemResponse } from '../http.ts';
import { exportReports } from './export-reports.ts';
import { noteReads } from './note-read.ts';
import { readCursor, writeCursor } from './page-cursor.ts';
import { type Asked, describe, pageSizeMax, readQuestion } from './pull-question.ts';
import { isOfKind, pulledRow, unsealedRow } from './pulled-row.ts';

export type PullReportsPorts = {
  readonly store: Pick<ReportStore, 'pull'>;
  readonly unsealer: Unsealer;
  readonly audit: AuditTrail;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly city: City;
};

const auditQuestion = { of: 'audit' };

/** `GET /v1/reports`, `GET /v1/exports/reports` and `GET /v1/audit` as one app. */
export function pullReports(ports: PullReportsPorts): Hono<HttpEnv> {
  const { store, unsealer, audit, clock, city } = ports;
  const app = httpApp(ports);

  const note = noteReads(ports);

  app.get('/v1/reports', authorized(ports, 'reports/pull'), async (context) => {
    const principal = context.get('principal');
    if (!acceptsJson(context.req.header('accept')))
      return problemResponse(context, {
        code: 'NOT_ACCEPTABLE',
        detail: 'this address makes application/json; /v1/exports/reports makes text/csv and application/x-ndjson',
      });
    const read = readQuestion(askedOf(context.req), principal, { city, now: clock.now(), paged: true });
    if (!read.ok) return problemResponse(context, read.problem);
    const question = read.value;
    const page = await store.pull(question.filter, { limit: question.limit, ...cursorOf(question.next) });
    const kept = page.items.filter((stored) => isOfKind(stored, question.kind));
    const what = { ...describe(question), limit: String(question.limit), page: question.next ? 'next' : 'first' };
    const action = question.unsealed ? 'reports:unsealed' : 'reports:pulled';
    await note({ action, client: principal.clientId, what, count: kept.length }, question);
    const rows = question.unsealed
      ? await Promise.all(kept.map((stored) => unsealedRow(stored, unsealer)))
      : kept.map(pulledRow);
    const { asOf } = question.filter;
    const cursor = page.cursor === undefined ? undefined : writeCursor({ asOf, next: page.cursor }, question.tie);
    if (cursor) context.header('link', nextLink(context.req.url, cursor));
    context.header('cache-control', 'no-store');
    return context.json({ as_of: asOf, count: rows.length, reports: rows, ...(cursor && { cursor }) });
  });

  app.get('/v1/exports/reports', authorized(ports, 'reports/pull'), async (context) => {
    const principal = context.get('principal');
    const read = readQuestion(askedOf(context.req), principal, { city, now: clock.now(), paged: false });
    if (!read.ok) return problemResponse(context, read.problem);
    const answer = await exportReports(context, principal.clientId, read.value, { store, unsealer, note });
    return 'code' in answer ? problemResponse(context, answer) : answer;
  });

  app.get('/v1/audit', authorized(ports, 'audit/read'), async (context) => {
    const place = readAuditPlace(context.req.query());
    if ('code' in place) return problemResponse(context, place);
    const page = await audit.list(place);
    const what = { limit: String(place.limit), page: place.cursor ? 'next' : 'first' };
    const client = context.get('principal').clientId;
    await note({ action: 'audit:read', client, what, count: page.items.length });
    const cursor = page.cursor && writeCursor({ asOf: clock.now(), next: page.cursor }, auditQuestion);
    if (cursor) context.header('link', nextLink(context.req.url, cursor));
    context.header('cache-control', 'no-store');
    return context.json({ count: page.items.length, records: page.items, ...(cursor && { cursor }) });
  });

  return app;
}

type RequestParts = { queries(): Record<string, string[]>; header(name: string): string | undefined };
const askedOf = (request: RequestParts): Asked => ({
  query: request.queries(),
  purpose: request.header('ledger-purpose'),
  matter: request.header('ledger-matter'),
});

const cursorOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

/** RFC 8288: the same question with the next cursor, relative to where it was asked (a gateway may stand before this address). */
function nextLink(url: string, cursor: string): string {
  const { searchParams } = new URL(url);
  searchParams.set('cursor', cursor);
  return `<?${searchParams}>; rel="next"`;
}

function readAuditPlace(query: Record<string, string>): Problem | { limit: number; cursor?: string } {
  const invalid = (detail: string) => refuse('PARAMETER_INVALID', { detail }).problem;
  if (Object.keys(query).some((name) => name !== 'limit' && name !== 'cursor'))
    return invalid('there is a parameter that this address does not know');
  const limit = query['limit'] === undefined ? 100 : Number(query['limit']);
  if (!Number.isInteger(limit) || limit < 1 || limit > pageSizeMax)
    return invalid(`limit is a number from 1 to ${pageSizeMax}`);
  if (query['cursor'] === undefined) return { limit };
  const at = readCursor(query['cursor'], auditQuestion);
  return at ? { limit, cursor: at.next } : invalid('cursor is not one that was answered here');
}
