import type { Context, MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../http.ts';

const everywhere = {
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: it would make browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The portal's own pages: one style sheet, fonts, pictures and frames of this house, forms to this house, no script at all. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What is on the shelf, by ending. The briefing brings its own policy for its own style in a meta element; the header here adds only what a meta element cannot say or must not loosen. */
export const shelfKinds: Readonly<Record<string, { readonly type: string; readonly policy: string }>> = {
  html: {
    type: 'text/html; charset=utf-8',
    policy:
      "script-src 'none'; object-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  },
  svg: {
    type: 'image/svg+xml; charset=utf-8',
    policy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  },
  pdf: { type: 'application/pdf', policy: "frame-ancestors 'self'" },
  csv: { type: 'text/csv; charset=utf-8; header=present', policy: "default-src 'none'" },
  json: { type: 'application/json; charset=utf-8', policy: "default-src 'none'" },
};

/** Puts the headers that every answer of the portal carries; a route that set its own policy or caching keeps it. */
export function browserSafety(): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(everywhere)) headers.set(name, value);
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy);
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    if (isSecure(context)) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  };
}

export const isSecure = (context: Context): boolean => new URL(context.req.url).protocol === 'https:';

/** Whether a form was sent by one of our own pages: what the browser itself says of it, or else the origin it names. A request that says neither is not. */
export function isOwnForm(context: Context): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return context.req.header('origin') === new URL(context.req.url).origin;
}
