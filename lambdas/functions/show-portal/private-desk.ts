import type { Context, MiddlewareHandler } from 'hono';
import type { City } from '#core/domain/city.ts';
import type { Scope } from '#core/domain/principal.ts';
import type { AuditRecord, AuditTrail, Clock, Ids, Tokens } from '#core/ports.ts';
import type { HttpEnv } from '../http.ts';
import type { Frame } from './pages/layout.ts';
import { noticePage } from './pages/notice.ts';
import { signInPage } from './pages/sign-in.ts';
import { openSession } from './session.ts';
import { ownPage } from './sign-in.ts';

export type PrivateDesk = {
  /** Writes the audit record of a look or a writing; it is durable when this returns. */
  note(context: Context<HttpEnv>, read: Pick<AuditRecord, 'action' | 'what' | 'count'>): Promise<void>;
  frameOf(context: Context<HttpEnv>, title: string): Frame;
  /** Lets through whom the session's token opens the page; others get the sign-in form or a refusal. */
  openTo(scope: Scope): MiddlewareHandler<HttpEnv>;
};

/** What every page behind the sign-in does before it shows anything. */
export function privateDesk({
  audit,
  clock,
  ids,
  city,
  tokens,
}: {
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly city: City;
  readonly tokens: Tokens;
}): PrivateDesk {
  const frameOf = (context: Context<HttpEnv>, title: string): Frame => ({
    city,
    title,
    path: context.req.path,
    principal: context.get('principal'),
  });
  return {
    note: (context, read) =>
      audit.append({ id: ids.random(), at: clock.now(), client: context.get('principal').clientId, ...read }),
    frameOf,
    openTo: (scope) => async (context, next) => {
      const principal = await openSession(context, tokens);
      if (!principal) {
        const frame = { city, title: 'Sign in', path: '/sign-in' };
        context.header('www-authenticate', 'Bearer');
        return context.html(signInPage(frame, { next: ownPage(context.req.path) }), 401);
      }
      context.set('principal', principal);
      if (!principal.scopes.includes(scope)) {
        const sentence = 'This client signed in, but its token does not open this page.';
        return context.html(noticePage(frameOf(context, 'Not for this client'), sentence), 403);
      }
      return next();
    },
  };
}
