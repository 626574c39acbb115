import { html } from 'hono/html';
import type { CalendarDate } from '#core/domain/instant.ts';
import type { Reminder, ReminderRecord } from '#core/domain/request/reminder.ts';
import type { Regime } from '#core/requests/regime.ts';
import type { RequestView } from '#core/requests/status.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { openForm, type Typed } from './request-forms.ts';
import { dayAndDistance, moveOf, numbersOf, sampleMark, statusOf } from './request-words.ts';
import { type Cell, table } from './table.ts';
import { day } from './wording.ts';

export type ReminderLine = { readonly view: RequestView; readonly reminder: Reminder | ReminderRecord };
export type Tracker = {
  readonly views: readonly RequestView[];
  readonly wanted: string;
  readonly today: (zone: string) => CalendarDate;
  readonly sent: readonly ReminderLine[];
  readonly ahead: readonly ReminderLine[];
  /** The form to open a request, for whom it is open. */
  readonly form?: { readonly regimes: readonly Regime[]; readonly typed: Typed };
};

const columns = [
  { head: 'Request' },
  { head: 'Status' },
  { head: 'Next deadline' },
  { head: 'Must act' },
  { head: 'Items answered', numeric: true },
];

function line(view: RequestView, today: CalendarDate): Cell[] {
  const { next, items } = view;
  const answered = items.filter(({ state }) => state !== 'open' && state !== 'partly answered').length;
  return [
    html`<a href="/requests/${view.id}">${view.facts.title}</a>${sampleMark(view.facts.sample)}<br><span class="under">${view.regime.short_name} to ${view.agency.name} ${numbersOf(view)}</span>`,
    html`${statusOf(view)} <span class="pair">since ${day(view.since)}</span>`,
    next?.due === undefined ? '–' : html`${next.rule.title}: ${dayAndDistance(next.due, today)}`,
    moveOf(view),
    `${answered} of ${items.length}`,
  ];
}

const places = (place: string): string =>
  place === 'on'
    ? 'on the last day'
    : place.replace(
        /^(before|after)-(\d+)$/,
        (_, side: string, days: string) => `${days} working ${days === '1' ? 'day' : 'days'} ${side}`,
      );

/** Reminders as lines: when, of which request and deadline, which of them. */
export function reminderTable(caption: string, lines: readonly ReminderLine[], withRequest: boolean): Page {
  const rows = lines.map(({ view, reminder }) => {
    const clock = view.clocks.clocks.find(({ key }) => key === reminder.clock);
    const fate = 'outcome' in reminder ? reminder.outcome : 'to come';
    const when = html`<time datetime="${reminder.day}">${day(reminder.day)}</time>`;
    const of = html`${clock?.rule.title ?? reminder.clock}, last day ${day(reminder.due)}`;
    const which = html`<a href="/requests/${view.id}">${view.facts.title}</a>`;
    return withRequest ? [when, which, of, places(reminder.place), fate] : [when, of, places(reminder.place), fate];
  });
  const heads = ['Day', ...(withRequest ? ['Request'] : []), 'Deadline', 'Reminder', 'Mail'];
  return table(
    caption,
    heads.map((head) => ({ head })),
    rows,
  );
}

/** Every request by its next deadline, the reminders that went out and are to come, and the form to open another. */
export function requestsPage(frame: Frame, tracker: Tracker): Page {
  const { views, wanted, today, sent, ahead, form } = tracker;
  return layout(
    frame,
    html`
<h1>Requests for records</h1>
<p class="lead">What the city asked other governments for, by the next deadline. Status and deadlines are read from each request’s log, to which entries are only ever added.</p>
<form class="search" method="get" action="/requests" role="search">
  <p><label for="q">Find by number, in any spelling, or by words</label>
  <input id="q" name="q" value="${wanted}" maxlength="100" autocomplete="off"> <button>Find</button>${wanted ? html` <a href="/requests">Show all</a>` : ''}</p>
</form>
${
  views.length
    ? table(
        wanted ? `${views.length} found` : 'Open requests first, the nearest deadline on top',
        columns,
        views.map((view) => line(view, today(view.regime.zone))),
      )
    : html`<p class="empty">${wanted ? 'No request has such a number or such words.' : 'No request has been opened yet.'}</p>`
}
<section><h2>Reminders</h2>
<p>Reminders go by mail to ${frame.city.mail.requestsTo.join(', ')}, each once.</p>
${sent.length ? reminderTable('Gone out, the latest first', sent, true) : html`<p class="empty">None has gone out yet.</p>`}
${ahead.length ? reminderTable('To come, as the deadlines stand today', ahead, true) : ''}
</section>
${form ? html`<section id="open"><h2>Open a request</h2>${openForm(form.regimes, form.typed)}</section>` : ''}`,
  );
}
