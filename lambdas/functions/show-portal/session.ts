import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Principal, Scope } from '#core/domain/principal.ts';
import type { Tokens } from '#core/ports.ts';
import { isSecure } from './browser-safety.ts';

/** A private page, the scope that opens it, and its name in the menu. In the order in which a client who signs in is led to the first that is open. */
export const privatePages = [
  { path: '/receipts', scope: 'reports/read-own', name: 'Receipts' },
  { path: '/files', scope: 'foia/read', name: 'FOIA files' },
  { path: '/requests', scope: 'requests/read', name: 'Requests' },
  { path: '/protection', scope: 'releases/review', name: 'Protection' },
  { path: '/audit', scope: 'audit/read', name: 'Audit trail' },
] as const satisfies readonly { path: string; scope: Scope; name: string }[];

export const pagesOpenTo = (principal: Principal | undefined) =>
  privatePages.filter(({ scope }) => principal?.scopes.includes(scope));

// The prefix makes browsers refuse the cookie without Secure, with a domain, or with another path.
const cookieName = (context: Context): string => (isSecure(context) ? '__Host-ledger' : 'ledger');
const attributes = (context: Context) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: isSecure(context) }) as const;

/** Keeps the access token until the browser closes; the token itself ends earlier. */
export const keepSession = (context: Context, token: string): void =>
  setCookie(context, cookieName(context), token, attributes(context));

export const endSession = (context: Context): void => {
  deleteCookie(context, cookieName(context), attributes(context));
};

/** Who signed in, by the same token that the interfaces take; undefined when nobody did, or the token has ended. */
export async function openSession(context: Context, tokens: Tokens): Promise<Principal | undefined> {
  const token = getCookie(context, cookieName(context));
  if (!token) return undefined;
  const opened = await tokens.verify(`Bearer ${token}`);
  return opened.ok ? opened.value : undefined;
}
