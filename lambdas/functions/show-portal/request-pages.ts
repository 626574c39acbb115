import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { BodyData } from 'hono/utils/body';
import { readRequestId } from '#core/domain/ids.ts';
import { addDays, dateIn, type Instant } from '#core/domain/instant.ts';
import type { Outcome, Violation } from '#core/domain/problem.ts';
import { requestEvent, requestFacts } from '#core/domain/request/request.ts';
import { addEntry, openRequest } from '#core/requests/keep-log.ts';
import { letterDocument, letterOf, letterText } from '#core/requests/letter.ts';
import { dayOf, isFound, readRequest, readRequests } from '#core/requests/read-requests.ts';
import { regimesOf } from '#core/requests/regime.ts';
import { remindersAhead } from '#core/requests/reminders.ts';
import type { RequestView } from '#core/requests/status.ts';
import { type HttpEnv, problemResponse } from '../http.ts';
import { isOwnForm } from './browser-safety.ts';
import { letterPage, missingPage } from './pages/letter.ts';
import { noticePage } from './pages/notice.ts';
import { requestPage } from './pages/request.ts';
import type { Typed } from './pages/request-forms.ts';
import { requestsPage } from './pages/requests.ts';
import type { ShowPortalPorts } from './ports.ts';
import { privateDesk } from './private-desk.ts';
import { eventOf, factsOf, valuesOf } from './request-form-values.ts';

const formBytesMax = 64 * 1024;
/** How far ahead the list of all requests shows reminders, in days, and how many of those that went out. */
const daysAhead = 30;
const sentShown = 20;

/** The tracker, the page of a request with its letters, and the forms that open a request and add to its log. */
export function mountRequestPages(app: Hono<HttpEnv>, ports: ShowPortalPorts): void {
  const { requests, foia, clock, ids, city, assets, typesetter } = ports;
  const regimes = regimesOf(city, ports.regimes);
  const { note, frameOf, openTo } = privateDesk(ports);
  const requester = { name: city.name, ...city.requests };
  const mayWrite = (context: Context<HttpEnv>) => context.get('principal').scopes.includes('requests/write');
  const small = bodyLimit({
    maxSize: formBytesMax,
    onError: (context) => problemResponse(context, { code: 'BODY_TOO_LARGE' }),
  });
  const blank = (): Typed => ({ key: ids.random(), values: {} });

  const tracker = async (context: Context<HttpEnv>, now: Instant, typed: Typed, status: 200 | 422 = 200) => {
    const wanted = (context.req.query('q') ?? '').slice(0, 100);
    const all = await readRequests(requests, regimes, now);
    const views = all.filter((view) => isFound(view, wanted));
    const written = await Promise.all(
      all.map(async (view) => (await requests.reminders(view.id)).map((reminder) => ({ view, reminder }))),
    );
    const keys = new Set(written.flat().map(({ reminder }) => reminder.key));
    const today = dayOf(now);
    const sent = written.flat().filter(({ reminder }) => reminder.outcome === 'sent');
    const ahead = all.flatMap((view) => {
      const day = today(view.regime.zone);
      return view.clocks.clocks
        .flatMap((one) => remindersAhead(view, one, day, keys))
        .filter((reminder) => reminder.day <= addDays(day, daysAhead))
        .map((reminder) => ({ view, reminder }));
    });
    await note(context, {
      action: 'requests:read',
      what: { list: wanted === '' ? 'all' : 'found' },
      count: views.length,
    });
    const page = requestsPage(frameOf(context, 'Requests for records'), {
      views,
      wanted,
      today,
      sent: sent.sort((a, b) => (a.reminder.at < b.reminder.at ? 1 : -1)).slice(0, sentShown),
      ahead: ahead.sort((a, b) => (a.reminder.day < b.reminder.day ? -1 : 1)),
      ...(mayWrite(context) ? { form: { regimes, typed } } : {}),
    });
    return context.html(page, status);
  };

  const one = async (
    context: Context<HttpEnv>,
    view: RequestView,
    now: Instant,
    typed: Typed,
    status: 200 | 422 = 200,
  ) => {
    const today = dateIn(now, view.regime.zone);
    const written = await requests.reminders(view.id);
    const keys = new Set(written.map(({ key }) => key));
    const ahead = view.clocks.clocks.flatMap((clockOne) => remindersAhead(view, clockOne, today, keys));
    const letters = view.regime.letters.map((template) => {
      const made = letterOf(template, view, requester, today);
      const missing = made.ok
        ? []
        : (made.problem.violations ?? []).map(({ message }) => message.replace('Missing: ', ''));
      return { ...template, missing };
    });
    await note(context, { action: 'requests:read', what: { request: view.id }, count: view.log.length });
    const page = requestPage(frameOf(context, view.facts.title), {
      view,
      today,
      files: await foia.list(),
      letters,
      reminders: [...written, ...ahead].sort((a, b) => (a.day < b.day ? -1 : 1)),
      ...(mayWrite(context) ? { typed } : {}),
      factsKey: ids.random(),
    });
    return context.html(page, status);
  };

  /** Reads a form of ours; answers instead when it is not one, or when the client may not write. */
  const formOf = async (context: Context<HttpEnv>): Promise<BodyData<{ all: true }> | Response> => {
    if (!isOwnForm(context) || !mayWrite(context)) {
      const sentence = 'This form was not sent by a page of this site, or this client may not write. Nothing was done.';
      return context.html(noticePage(frameOf(context, 'Not from here'), sentence), 403);
    }
    if (!/^application\/x-www-form-urlencoded\b/i.test(context.req.header('content-type') ?? ''))
      return problemResponse(context, { code: 'MEDIA_TYPE_UNSUPPORTED' });
    return context.req.parseBody({ all: true });
  };
  const again = (form: BodyData<{ all: true }>, wrong: readonly Violation[]): Typed => ({
    key: ids.random(),
    values: valuesOf(form),
    wrong,
  });
  const wrongIn = (outcome: Outcome<unknown>): readonly Violation[] =>
    outcome.ok
      ? []
      : (outcome.problem.violations ?? [
          {
            code: outcome.problem.code,
            severity: 'error',
            message: 'This form was used before with other content; look at the log, then send it again',
          },
        ]);
  const keyOf = (form: BodyData<{ all: true }>): string => {
    const key = form['key'];
    return typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key) ? key : ids.random();
  };

  app.get('/requests', openTo('requests/read'), (context) => tracker(context, clock.now(), blank()));

  app.post('/requests', small, openTo('requests/read'), async (context) => {
    const form = await formOf(context);
    if (form instanceof Response) return form;
    const at = clock.now();
    const facts = requestFacts.safeParse(factsOf(form));
    if (!facts.success) return tracker(context, at, again(form, issuesOf(facts.error.issues)), 422);
    await note(context, { action: 'requests:written', what: { request: 'new' }, count: 1 });
    const how = { key: keyOf(form), by: context.get('principal').clientId, at, today: dayOf(at) };
    const opened = await openRequest(requests, regimes, facts.data, how);
    if (!opened.ok) return tracker(context, at, again(form, wrongIn(opened)), 422);
    return context.redirect(`/requests/${opened.value.request}`, 303);
  });

  const viewAt = async (context: Context<HttpEnv>, now: Instant): Promise<RequestView | undefined> => {
    const id = readRequestId(context.req.param('id') ?? '');
    return id && readRequest(requests, regimes, id, now);
  };

  app.get('/requests/:id', openTo('requests/read'), async (context) => {
    const now = clock.now();
    const view = await viewAt(context, now);
    return view ? one(context, view, now, blank()) : context.notFound();
  });

  app.post('/requests/:id', small, openTo('requests/read'), async (context) => {
    const form = await formOf(context);
    if (form instanceof Response) return form;
    const at = clock.now();
    const view = await viewAt(context, at);
    if (!view) return context.notFound();
    const today = dateIn(at, view.regime.zone);
    const event = requestEvent.safeParse(eventOf(form, today));
    if (!event.success) return one(context, view, at, again(form, issuesOf(event.error.issues)), 422);
    await note(context, { action: 'requests:written', what: { request: view.id }, count: 1 });
    const how = { key: keyOf(form), by: context.get('principal').clientId, at, today: dayOf(at) };
    const added = await addEntry(requests, regimes, view.id, event.data, how);
    if (!added.ok) return one(context, view, at, again(form, wrongIn(added)), 422);
    return context.redirect(`/requests/${view.id}`, 303);
  });

  app.get('/requests/:id/letters/:letter', openTo('requests/read'), async (context) => {
    const now = clock.now();
    const view = await viewAt(context, now);
    const template = view?.regime.letters.find(({ id }) => id === context.req.param('letter'));
    if (!view || !template) return context.notFound();
    const address = `/requests/${view.id}`;
    const today = dateIn(now, view.regime.zone);
    const made = letterOf(template, view, requester, today);
    const frame = frameOf(context, template.title);
    if (!made.ok) {
      const missing = (made.problem.violations ?? []).map(({ message }) => message);
      return context.html(missingPage(frame, template.title, missing, address), 422);
    }
    const letter = made.value;
    await note(context, { action: 'letter:made', what: { request: view.id, letter: template.id }, count: 1 });
    const form = context.req.query('form') ?? 'html';
    const named = { 'content-disposition': `inline; filename="${template.id}-${today}.${form}"` };
    if (form === 'txt')
      return context.text(letterText(letter), 200, { ...named, 'content-type': 'text/plain; charset=utf-8' });
    if (form !== 'pdf') return context.html(letterPage(frame, letter, address));
    const about = { author: requester.office, date: today };
    const files = letterDocument(letter, await assets.bytes('web/letters/letter.typ'), about);
    const pdf = await typesetter.pdf({ main: '/letter.typ', files, standard: 'ua-1', date: now });
    return context.body(new Uint8Array(pdf), 200, { ...named, 'content-type': 'application/pdf' });
  });
}

const issuesOf = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string; readonly message: string }[],
): Violation[] =>
  issues.map(({ path, code, message }) => ({
    code: 'R200',
    severity: 'error',
    pointer: `/${path.join('/')}`,
    message: code === 'custom' ? message : 'is missing or not as it should be',
  }));
