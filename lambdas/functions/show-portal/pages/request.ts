import { html } from 'hono/html';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import type { CalendarDate } from '#core/domain/instant.ts';
import { eventKinds } from '#core/domain/request/event-kinds.ts';
import type { Reminder, ReminderRecord } from '#core/domain/request/reminder.ts';
import { type LogEntry, struckNumbers } from '#core/domain/request/request.ts';
import type { Clock } from '#core/requests/clocks.ts';
import type { LineItem } from '#core/requests/line-items.ts';
import type { RequestView } from '#core/requests/status.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { clockCard, exhaustionCard } from './request-clock.ts';
import { entryForm, factsForm, type Typed } from './request-forms.ts';
import { dayAndDistance, moveOf, numbersOf, sampleMark, statusOf } from './request-words.ts';
import { reminderTable } from './requests.ts';
import { type Cell, table } from './table.ts';
import { count, day, moment } from './wording.ts';

/** A letter of the regime, and what the matter still lacks for it. */
type OfferedLetter = {
  readonly id: string;
  readonly title: string;
  readonly use: string;
  readonly missing: readonly string[];
};
export type ShownRequest = {
  readonly view: RequestView;
  readonly today: CalendarDate;
  readonly files: readonly FoiaCustody[];
  readonly letters: readonly OfferedLetter[];
  readonly reminders: readonly (Reminder | ReminderRecord)[];
  /** The forms, for whom they are open. */
  readonly typed?: Typed;
  readonly factsKey: string;
};

const nameOf = (files: readonly FoiaCustody[], sha256: string): string =>
  files.find((file) => file.sha256 === sha256)?.names[0] ?? `${sha256.slice(0, 12)}…`;

function answers({ answers: given }: LineItem, files: readonly FoiaCustody[]): Cell {
  if (given.length === 0) return 'nothing yet';
  return html`<ul class="plain">${given.map(
    ({ entry, on, kind, files: linked, exemptions, count: pieces }) =>
      html`<li>${eventKinds[kind].title}, ${day(on)} (entry ${entry})${pieces === undefined ? '' : `, ${count(pieces)} records`}${exemptions.length ? html`, withheld under ${exemptions.join(', ')}` : ''}${linked.map((sha256) => html`<br>${nameOf(files, sha256)}`)}</li>`,
  )}</ul>`;
}

function details({ event }: LogEntry): Cell {
  if (event.kind === 'opened')
    return `${event.facts.items.length} line ${event.facts.items.length === 1 ? 'item' : 'items'}`;
  const {
    channel,
    number,
    items,
    outcome,
    reason,
    stage,
    days,
    until,
    exemptions,
    count: pieces,
    amount,
    files,
    strikes,
    patch,
    note,
  } = event;
  const said = [
    channel && `by ${channel}`,
    number && `number ${number}`,
    items && `items ${items.join(', ')}`,
    outcome,
    reason && `for ${reason}`,
    stage && `of the ${stage}`,
    days !== undefined && `${days} days`,
    until && `until ${until}`,
    exemptions?.length && `exemptions ${exemptions.join(', ')}`,
    pieces !== undefined && `${count(pieces)} records`,
    amount !== undefined && `$${count(amount)}`,
    files && `${files.length} ${files.length === 1 ? 'file' : 'files'}`,
    strikes !== undefined && `entry ${strikes}`,
    patch && Object.keys(patch).join(', ').replaceAll('_', ' '),
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  return html`${said.join('; ')}${note ? html`${said.length ? html`<br>` : ''}<span class="quote">${note}</span>` : ''}`;
}

function logTable({ view }: ShownRequest, frame: Frame): Page {
  const struck = struckNumbers(view.log);
  const columns = [
    { head: 'No.' },
    { head: 'Day' },
    { head: 'What happened' },
    { head: 'Facts' },
    { head: 'Written down' },
  ];
  const rows = view.log.map((entry): Cell[] => {
    const title = entry.event.kind === 'opened' ? 'Request opened' : eventKinds[entry.event.kind].title;
    return [
      String(entry.seq),
      html`<time datetime="${entry.event.on}">${day(entry.event.on)}</time>`,
      struck.has(entry.seq) ? html`<s>${title}</s> <span class="pair">struck</span>` : title,
      details(entry),
      html`<time datetime="${entry.recordedAt}">${moment(entry.recordedAt, frame.city)}</time> <span class="pair">by <code class="short">${entry.by}</code></span>`,
    ];
  });
  return table('Every entry, in the order in which it was written down', columns, rows);
}

function letterList({ view, letters }: ShownRequest): Page {
  const address = (id: string, form: string) => `/requests/${view.id}/letters/${id}?form=${form}`;
  return html`<dl class="letters">${letters.map(
    ({
      id,
      title,
      use,
      missing,
    }) => html`<div><dt>${missing.length ? title : html`<a href="${address(id, 'html')}">${title}</a> <a href="${address(id, 'pdf')}">PDF</a> <a href="${address(id, 'txt')}">text</a>`}</dt>
<dd>${use}${missing.length ? html` <span class="under">Lacks: ${missing.join('; ')}.</span>` : ''}</dd></div>`,
  )}</dl>`;
}

function fileTable({ view, files }: ShownRequest): Page {
  const linked = new Map<string, number>();
  for (const { seq, event } of view.log)
    if (event.kind !== 'opened') for (const sha256 of event.files ?? []) linked.set(sha256, linked.get(sha256) ?? seq);
  if (linked.size === 0) return html`<p class="empty">No file is linked yet.</p>`;
  const columns = [
    { head: 'File' },
    { head: 'Entry', numeric: true },
    { head: 'Rows read', numeric: true },
    { head: 'Accepted', numeric: true },
    { head: 'sha256' },
  ];
  const rows = [...linked].map(([sha256, seq]): Cell[] => {
    const file = files.find((one) => one.sha256 === sha256);
    return [
      nameOf(files, sha256),
      count(seq),
      file ? count(file.rows.read) : 'not received here',
      file ? count(file.rows.accepted) : '–',
      html`<code title="${sha256}">${sha256.slice(0, 12)}…</code>`,
    ];
  });
  return html`${table('Files of this request, as they were received', columns, rows)}<p><a href="/files">All files with their sheets, mapping and sums</a></p>`;
}

/** What is missed or runs stands before what is done. */
const urgency = ({ state }: Clock): number => ['missed', 'stopped', 'running', 'late', 'met', 'over'].indexOf(state);

/** One request: items against answers, clocks with their arithmetic, reminders, letters, files, log, forms. */
export function requestPage(frame: Frame, shown: ShownRequest): Page {
  const { view, today, typed } = shown;
  const { next, items } = view;
  const itemRows = items.map((item): Cell[] => [
    String(item.number),
    item.text,
    html`<span class="state ${item.state.replaceAll(' ', '-')}">${item.state}</span>`,
    answers(item, shown.files),
  ]);
  return layout(
    frame,
    html`
<p class="back"><a href="/requests">All requests</a></p>
<h1>${view.facts.title}</h1>
${view.facts.sample ? html`<p>${sampleMark(true)}</p>` : ''}
<dl class="facts">
  <div><dt>Status</dt><dd>${statusOf(view)} since ${day(view.since)}</dd></div>
  <div><dt>Must act</dt><dd>${moveOf(view)}</dd></div>
  <div><dt>Next deadline</dt><dd>${next?.due === undefined ? 'none runs' : html`<a href="#clock-${next.key}">${next.rule.title}</a>: ${dayAndDistance(next.due, today)}`}</dd></div>
  <div><dt>Agency</dt><dd>${view.agency.name}</dd></div>
  <div><dt>Law</dt><dd>${view.regime.name}, ${view.regime.citation}</dd></div>
  <div><dt>Numbers</dt><dd>${numbersOf(view) || 'none yet'}</dd></div>
</dl>
<section><h2>What was asked, and what was answered</h2>
${table('Line items', [{ head: 'No.' }, { head: 'Asked' }, { head: 'State' }, { head: 'Answers' }], itemRows)}</section>
<section><h2>Clocks</h2>
${view.clocks.exhaustion.map(exhaustionCard)}
${view.clocks.clocks.length ? [...view.clocks.clocks].sort((a, b) => urgency(a) - urgency(b)).map((clock) => clockCard(clock, today, view.regime.zone)) : html`<p class="empty">No clock has begun: record how the request was sent.</p>`}
<details><summary>How days are counted</summary><ul>${view.regime.reading.map((rule) => html`<li>${rule}</li>`)}</ul><p>${view.regime.calendar.name}: ${view.regime.calendar.source.join('; ')}.</p></details>
</section>
<section><h2>Reminders</h2>
${
  shown.reminders.length
    ? reminderTable(
        'By mail, each once',
        shown.reminders.map((reminder) => ({ view, reminder })),
        false,
      )
    : html`<p class="empty">No deadline runs.</p>`
}</section>
<section id="letters"><h2>Letters</h2>
<p>Filled from this page’s facts. A letter that lacks a fact is not made; nothing is left blank. Sending one is recorded as an entry of the log.</p>
${letterList(shown)}</section>
<section><h2>Files</h2>${fileTable(shown)}</section>
<section><h2>Log</h2>${logTable(shown, frame)}</section>
${typed ? html`<section id="add"><h2>Add to the log</h2>${entryForm(view, shown.files, typed)}<details><summary>Complete the facts of the letters</summary>${factsForm(view, shown.factsKey)}</details></section>` : ''}`,
  );
}
