/**
 * Requests for records over HTTP: list, open, read, add to the log. A look is in the audit trail before it is answered, and so is what was written.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod';
import type { City } from '#core/domain/city.ts';
import { readRequestId } from '#core/domain/ids.ts';
import type { Violation } from '#core/domain/problem.ts';
import { type LogEntry, requestEvent, requestFacts } from '#core/domain/request/request.ts';
import type { AuditRecord, AuditTrail, Clock, Ids, RequestLog } from '#core/ports.ts';
import { addEntry, openRequest, type Writing } from '#core/requests/keep-log.ts';
import { dayOf, isFound, readRequest, readRequests } from '#core/requests/read-requests.ts';
import { type Regime, regimesOf } from '#core/requests/regime.ts';
import { requestBody, summaryBody } from '#core/requests/request-body.ts';
import { authorized, type Edge, type HttpEnv, httpApp, problemResponse } from '#functions/http.ts';

export type TrackRequestsPorts = Edge & {
  readonly city: City;
  readonly regimes: readonly Regime[];
  readonly requests: RequestLog;
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

const bodyBytesMax = 256 * 1024;
const keyShape = /^[\x21-\x7e]{1,255}$/;
const unread = { 'cache-control': 'no-store' };

/** `GET` and `POST /v1/requests`, `GET /v1/requests/{id}`, `POST /v1/requests/{id}/entries`. */
export function trackRequests(ports: TrackRequestsPorts): Hono<HttpEnv> {
  const { requests, audit, clock, ids, log, city } = ports;
  const regimes = regimesOf(city, ports.regimes);
  const app = httpApp(ports);
  const small = bodyLimit({
    maxSize: bodyBytesMax,
    onError: (context) => problemResponse(context, { code: 'BODY_TOO_LARGE' }),
  });
  const note = (context: Context<HttpEnv>, what: Pick<AuditRecord, 'action' | 'what' | 'count'>): Promise<void> =>
    audit.append({ id: ids.random(), at: clock.now(), client: context.get('principal').clientId, ...what });

  app.get('/v1/requests', authorized(ports, 'requests/read'), async (context) => {
    const wanted = context.req.query('q') ?? '';
    if (wanted.length > 100) return problemResponse(context, { code: 'PARAMETER_INVALID' });
    const views = (await readRequests(requests, regimes, clock.now())).filter((view) => isFound(view, wanted));
    await note(context, {
      action: 'requests:read',
      what: { list: wanted === '' ? 'all' : 'found' },
      count: views.length,
    });
    return context.json({ requests: views.map(summaryBody) }, 200, unread);
  });

  app.get('/v1/requests/:id', authorized(ports, 'requests/read'), async (context) => {
    const id = readRequestId(context.req.param('id'));
    const view = id && (await readRequest(requests, regimes, id, clock.now()));
    if (!id || !view) return problemResponse(context, { code: 'NOT_FOUND' });
    await note(context, { action: 'requests:read', what: { request: id }, count: view.log.length });
    return context.json(requestBody(view), 200, unread);
  });

  /** Reads a body by its schema and writes it; the audit record stands before the entry. */
  const write = async <Schema extends z.ZodType>(
    context: Context<HttpEnv>,
    schema: Schema,
    what: AuditRecord['what'],
    writing: (body: z.output<Schema>, how: Writing) => ReturnType<typeof openRequest>,
  ): Promise<Response> => {
    const key = context.req.header('idempotency-key');
    if (key === undefined) return problemResponse(context, { code: 'IDEMPOTENCY_KEY_MISSING' });
    if (!keyShape.test(key)) return problemResponse(context, { code: 'PARAMETER_INVALID' });
    if (!/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
      return problemResponse(context, { code: 'MEDIA_TYPE_UNSUPPORTED' });
    const json: unknown = await context.req.json().catch(() => undefined);
    if (json === undefined) return problemResponse(context, { code: 'BODY_UNREADABLE' });
    const read = schema.safeParse(json);
    if (!read.success)
      return problemResponse(context, { code: 'REQUEST_REFUSED', violations: violationsOf(read.error) });
    const { clientId } = context.get('principal');
    const at = clock.now();
    await note(context, { action: 'requests:written', what, count: 1 });
    const written = await writing(read.data, { key, by: clientId, at, today: dayOf(at) });
    if (!written.ok) return problemResponse(context, written.problem);
    const { request, seq, recordedAt }: LogEntry = written.value;
    log.info('request:written', { seq, at: recordedAt });
    return context.json({ id: request, seq, recorded_at: recordedAt }, 201, {
      ...unread,
      location: `/v1/requests/${request}`,
    });
  };

  app.post('/v1/requests', authorized(ports, 'requests/write'), small, (context) =>
    write(context, requestFacts, { request: 'new' }, (facts, how) => openRequest(requests, regimes, facts, how)),
  );
  app.post('/v1/requests/:id/entries', authorized(ports, 'requests/write'), small, async (context) => {
    const id = readRequestId(context.req.param('id'));
    if (!id) return problemResponse(context, { code: 'NOT_FOUND' });
    return write(context, requestEvent, { request: id }, (event, how) => addEntry(requests, regimes, id, event, how));
  });
  return app;
}

/** Where a body is not as documented; the sentences are the schema's own and quote nothing. */
const violationsOf = (error: z.ZodError): Violation[] =>
  error.issues.map(({ path, code, message }) => ({
    code: 'R200',
    severity: 'error',
    pointer: `/${path.join('/')}`,
    message: code === 'custom' ? message : 'is not as documented',
  }));
