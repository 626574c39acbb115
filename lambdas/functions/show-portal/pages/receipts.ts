import { html } from 'hono/html';
import type { Receipt } from '#core/domain/submission.ts';
import type { Page as ItemPage } from '#core/ports.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { table } from './table.ts';
import { count, moment } from './wording.ts';

const columns = [
  { head: 'Submission' },
  { head: 'Received' },
  { head: 'Rows', numeric: true },
  { head: 'Accepted', numeric: true },
  { head: 'Duplicates', numeric: true },
  { head: 'Refused', numeric: true },
  { head: 'Request sha256' },
];

/** A department's own receipts, newest first. */
export function receiptsPage(frame: Frame, department: string, receipts: ItemPage<Receipt>): Page {
  const rows = receipts.items.map(({ submissionId, receivedAt, counts, request }) => [
    html`<a href="/receipts/${submissionId}"><code>${submissionId}</code></a>`,
    html`<time datetime="${receivedAt}">${moment(receivedAt, frame.city)}</time>`,
    count(counts.received),
    count(counts.accepted),
    count(counts.duplicates),
    count(counts.refused),
    html`<code title="${request}">${request.slice(0, 12)}…</code>`,
  ]);
  return layout(
    frame,
    html`
<h1>Receipts</h1>
<p class="lead">${department}. A receipt stands only after every accepted row is durable; it never changes.</p>
${rows.length ? table('Newest first. Rows = accepted + duplicates + refused.', columns, rows) : html`<p class="empty">There is no receipt ${frame.path === '/receipts' ? 'yet' : 'here'}.</p>`}
${receipts.cursor ? html`<p><a class="more" rel="next" href="/receipts?cursor=${encodeURIComponent(receipts.cursor)}">Older receipts</a></p>` : ''}`,
  );
}
