import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { City } from '#core/domain/city.ts';
import type { Log, Tokens } from '#core/ports.ts';
import { type HttpEnv, problemResponse } from '../http.ts';
import { isOwnForm } from './browser-safety.ts';
import { noticePage } from './pages/notice.ts';
import { signInPage } from './pages/sign-in.ts';
import { endSession, keepSession, pagesOpenTo, privatePages } from './session.ts';

const signInForm = z.object({
  client_id: z.string().min(1).max(200),
  client_secret: z.string().min(1).max(500),
  next: z.string().optional(),
});

type SignInPorts = {
  readonly tokens: Tokens;
  readonly log: Log;
  readonly city: City;
  readonly signIn: (clientId: string, secret: string) => Promise<string | undefined>;
};

/** Only our own private pages can be led to: an address from outside never becomes a redirect. */
export const ownPage = (address: string | undefined): string | undefined =>
  privatePages.find(({ path }) => path === address)?.path;

/** Signing in and out. Both forms are taken from our own pages only. */
export function mountSignIn(app: Hono<HttpEnv>, { tokens, city, log, signIn }: SignInPorts): void {
  const frame = { city, title: 'Sign in', path: '/sign-in' };
  const refused = { city, title: 'Not from here', path: '/sign-in' };
  const foreign = noticePage(refused, 'This form was not sent by a page of this site. Nothing was done.');
  const small = bodyLimit({
    maxSize: 8 * 1024,
    onError: (context) => problemResponse(context, { code: 'BODY_TOO_LARGE' }),
  });

  app.get('/sign-in', (context) => context.html(signInPage(frame, { next: ownPage(context.req.query('next')) })));

  app.post('/sign-in', small, async (context) => {
    if (!isOwnForm(context)) return context.html(foreign, 403);
    const type = context.req.header('content-type') ?? '';
    if (!/^application\/x-www-form-urlencoded\b/i.test(type))
      return problemResponse(context, { code: 'MEDIA_TYPE_UNSUPPORTED' });
    const form = signInForm.safeParse(await context.req.parseBody());
    const next = ownPage(form.data?.next);
    const token = form.success ? await signIn(form.data.client_id.trim(), form.data.client_secret.trim()) : undefined;
    if (!token) {
      log.warn('session:refused');
      return context.html(signInPage(frame, { next, wrong: true }), 401);
    }
    keepSession(context, token);
    const opened = await tokens.verify(`Bearer ${token}`);
    const open = pagesOpenTo(opened.ok ? opened.value : undefined).map(({ path }) => path);
    return context.redirect(open.find((path) => path === next) ?? open[0] ?? '/', 303);
  });

  app.post('/sign-out', small, async (context) => {
    if (!isOwnForm(context)) return context.html(foreign, 403);
    endSession(context);
    return context.redirect('/', 303);
  });
}
