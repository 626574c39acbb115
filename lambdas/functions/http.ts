/**
 * The edge that all HTTP functions share: token to principal, problem to RFC 9457 response, one wide log line per request.
 * A function is a Hono app made by `httpApp`; `hono/aws-lambda` feeds it API Gateway REST events, `bin/local` serves the same app.
 */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Principal, Scope } from '#core/domain/principal.ts';
import { type Problem, problems } from '#core/domain/problem.ts';
import type { Log, Tokens } from '#core/ports.ts';

export type Edge = { readonly tokens: Tokens; readonly log: Log };
export type HttpEnv = { Variables: { principal: Principal } };

/** Answers a problem as `application/problem+json`; the type is a stable address in the runbook, nothing submitted is echoed. */
export function problemResponse(context: Context, problem: Problem): Response {
  const { status, title } = problems[problem.code];
  const body = {
    type: `urn:ledger:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.violations === undefined ? {} : { errors: problem.violations }),
  };
  return context.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  });
}

/** Whether an Accept header lets `application/json` through. */
export function acceptsJson(header: string | undefined): boolean {
  if (header === undefined || header.trim() === '') return true;
  return header.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !refused && ['application/json', 'application/*', '*/*'].includes(type);
  });
}

/** Lets a request through only with a valid token that carries the scope. */
export function authorized(edge: Edge, scope: Scope): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const opened = await edge.tokens.verify(context.req.header('authorization'));
    if (!opened.ok) return problemResponse(context, opened.problem);
    if (!opened.value.scopes.includes(scope)) return problemResponse(context, { code: 'SCOPE_MISSING' });
    context.set('principal', opened.value);
    return next();
  };
}

/** An app whose unknown addresses and faults answer as problems. A fault is logged without its message (parsers quote their input) and acknowledges nothing. */
export function httpApp(edge: Edge): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.notFound((context) => problemResponse(context, { code: 'NOT_FOUND' }));
  app.onError((cause, context) => {
    edge.log.error('request:failed', cause);
    return problemResponse(context, { code: 'FAULT' });
  });
  return app;
}
