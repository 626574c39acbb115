/**
 * The pages: what was released, for everyone; receipts, agency files, requests, protection and the audit trail, for whom their token's scopes open them.
 * Every private page is recorded in the audit trail before it is answered, and none works with scripts.
 */
import type { Hono } from 'hono';
import { etag } from 'hono/etag';
import { type HttpEnv, httpApp, problemResponse } from '../http.ts';
import { browserSafety, shelfKinds } from './browser-safety.ts';
import { mountFilePages } from './file-pages.ts';
import { homePage } from './pages/home.ts';
import { homePhrases } from './pages/home-phrases.ts';
import { noticePage } from './pages/notice.ts';
import type { ShowPortalPorts } from './ports.ts';
import { mountPrivatePages } from './private-pages.ts';
import { releasesOf } from './released-files.ts';
import { mountRequestPages } from './request-pages.ts';
import { mountReviewPages } from './review-pages.ts';
import { openSession } from './session.ts';
import { mountSignIn } from './sign-in.ts';

const assetFiles: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  ...Object.fromEntries(
    ['portal', 'tables', 'forms', 'home', 'files', 'requests', 'protection'].map((sheet) => [
      `${sheet}.css`,
      { path: `web/portal/${sheet}.css`, type: 'text/css; charset=utf-8' },
    ]),
  ),
  'mark.svg': { path: 'web/portal/mark.svg', type: 'image/svg+xml; charset=utf-8' },
  'PublicSans-Regular.woff2': { path: 'web/fonts/PublicSans-Regular.woff2', type: 'font/woff2' },
  'PublicSans-Bold.woff2': { path: 'web/fonts/PublicSans-Bold.woff2', type: 'font/woff2' },
};

/** The portal as one app: `/`, `/releases/…`, `/receipts`, `/files`, `/requests`, `/protection`, `/audit`, `/sign-in`, `/sign-out`, `/assets/…`, `/openapi.json`, `/healthz`. */
export function showPortal(ports: ShowPortalPorts): Hono<HttpEnv> {
  const { shelf, foia, assets, city, tokens, log } = ports;
  const app = httpApp(ports);
  const releases = releasesOf(shelf);
  app.use(browserSafety());
  app.use('/releases/*', etag());
  app.use('/assets/*', etag());
  app.notFound((context) => {
    const frame = { city, title: 'Nothing here', path: context.req.path };
    return context.html(noticePage(frame, 'There is no page at this address, or it is not for this client.'), 404);
  });
  app.onError((cause, context) => {
    log.error('request:failed', cause);
    const frame = { city, title: 'Something failed', path: context.req.path };
    return context.html(
      noticePage(frame, 'Something failed on our side. Nothing was shown and nothing was changed.'),
      500,
    );
  });

  app.get('/', async (context) => {
    const asked = context.req.query('lang');
    const language = city.languages.find((known) => known === asked) ?? 'en';
    const other = city.languages.find((known) => known !== language);
    const otherLanguage = other && { language: other, address: other === 'en' ? '/' : `/?lang=${other}` };
    const path = language === 'en' ? '/' : `/?lang=${language}`;
    const principal = await openSession(context, tokens);
    const frame = { city, title: homePhrases[language].title, path, language, principal };
    const shown = { releases: await releases(), foia: await foia.list() };
    return context.html(homePage({ ...frame, ...(otherLanguage && { otherLanguage }) }, shown));
  });

  app.get('/releases/:id/:file', async (context) => {
    const { id, file } = context.req.param();
    const release = (await shelf.releases()).find((known) => known.id === id);
    const name = release?.files.find((known) => known === file);
    const kind = shelfKinds[file.slice(file.lastIndexOf('.') + 1)];
    const bytes = release && name && kind ? await shelf.read(`${release.id}/${name}`) : undefined;
    if (!bytes || !kind) return context.notFound();
    const how = name?.endsWith('.csv') ? 'attachment' : 'inline';
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': kind.type,
      'content-security-policy': kind.policy,
      'content-disposition': `${how}; filename="${`${id}-${file}`.replaceAll(/[^\w.-]/g, '_')}"`,
      'cache-control': 'public, max-age=300',
    });
  });

  app.get('/assets/:file', async (context) => {
    const asset = assetFiles[context.req.param('file')];
    if (!asset) return context.notFound();
    const headers = { 'content-type': asset.type, 'cache-control': 'public, max-age=300' };
    return context.body(new Uint8Array(await assets.bytes(asset.path)), 200, headers);
  });

  app.get('/openapi.json', (context) => context.json(ports.openApi()));

  app.get('/healthz', async (context) => {
    const checks: Record<string, 'ok' | 'failed'> = {};
    for (const [name, check] of Object.entries(ports.checks)) {
      try {
        await check();
        checks[name] = 'ok';
      } catch (cause) {
        log.error('health:failed', cause);
        checks[name] = 'failed';
      }
    }
    const ready = Object.values(checks).every((result) => result === 'ok');
    return context.json({ status: ready ? 'ok' : 'unavailable', checks }, ready ? 200 : 503);
  });

  mountSignIn(app, ports);
  mountPrivatePages(app, ports);
  mountFilePages(app, ports);
  mountRequestPages(app, ports);
  mountReviewPages(app, ports);
  app.all('*', (context) =>
    context.req.method === 'GET' || context.req.method === 'HEAD'
      ? context.notFound()
      : problemResponse(context, { code: 'METHOD_UNSUPPORTED' }),
  );
  return app;
}
