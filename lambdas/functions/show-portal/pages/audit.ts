import { html } from 'hono/html';
import type { AuditRecord, Page as ItemPage } from '#core/ports.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { table } from './table.ts';
import { count, moment } from './wording.ts';

const columns = [
  { head: 'When' },
  { head: 'Who' },
  { head: 'Action' },
  { head: 'What' },
  { head: 'Why' },
  { head: 'How many', numeric: true },
];

const pairs = (what: AuditRecord['what']) =>
  Object.entries(what).map(([name, value]) => html`<span class="pair">${name} <code>${value}</code></span> `);

const why = ({ purpose, matter }: AuditRecord) =>
  purpose || matter
    ? html`${purpose ?? ''}${matter ? html` <span class="pair">matter <code>${matter}</code></span>` : ''}`
    : '–';

/** The audit trail, newest first. Reading it is recorded as well, before this page is answered. */
export function auditPage(frame: Frame, records: ItemPage<AuditRecord>): Page {
  const rows = records.items.map((record) => [
    html`<time datetime="${record.at}">${moment(record.at, frame.city)}</time>`,
    html`<code class="short">${record.client}</code>`,
    record.action,
    html`${pairs(record.what)}`,
    why(record),
    count(record.count),
  ]);
  return layout(
    frame,
    html`
<h1>Audit trail</h1>
<p class="lead">Every read of reports, receipts and files and every seal, written before its first byte was answered. Records are only ever added; this view is recorded too.</p>
${rows.length ? table('Newest first.', columns, rows) : html`<p class="empty">There is no record yet.</p>`}
${records.cursor ? html`<p><a class="more" rel="next" href="/audit?cursor=${encodeURIComponent(records.cursor)}">Older records</a></p>` : ''}`,
  );
}
