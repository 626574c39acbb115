import { html } from 'hono/html';
import type { Receipt } from '#core/domain/submission.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { table } from './table.ts';
import { count, moment } from './wording.ts';

/** What became of one row: its line, its verdict, the report it went into, and the rules it broke. */
type ShownVerdict = {
  readonly line: number;
  readonly status: string;
  readonly report?: string | undefined;
  readonly version?: number | undefined;
  readonly rules: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
};
export type VerdictPage = {
  readonly verdicts: readonly ShownVerdict[];
  readonly page: number;
  readonly pages: number;
};

const columns = [{ head: 'Line' }, { head: 'Verdict' }, { head: 'Report' }, { head: 'Rules' }];

/** One receipt with the verdict on each of its rows. It shows codes and messages of rules, never a submitted value. */
export function submissionPage(frame: Frame, receipt: Receipt, shown: VerdictPage): Page {
  const { counts } = receipt;
  const rows = shown.verdicts.map((verdict) => [
    html`<span class="stacked">Line </span>${count(verdict.line)}`,
    html`<span class="verdict ${verdict.status}">${verdict.status}</span>`,
    verdict.report ? html`<code>${verdict.report}</code> version ${verdict.version ?? ''}` : '–',
    verdict.rules.length
      ? html`<ul class="plain">${verdict.rules.map(({ code, severity, message }) => html`<li><strong>${code}</strong> <span class="severity">${severity}</span> ${message}</li>`)}</ul>`
      : '–',
  ]);
  const turn = (page: number, rel: string, name: string) =>
    page < 1 || page > shown.pages
      ? ''
      : html`<a class="more" rel="${rel}" href="/receipts/${receipt.submissionId}?page=${page}">${name}</a> `;
  return layout(
    frame,
    html`
<p class="back"><a href="/receipts">All receipts</a></p>
<h1>Receipt</h1>
<dl class="facts">
  <div><dt>Submission</dt><dd><code>${receipt.submissionId}</code></dd></div>
  <div><dt>Received</dt><dd><time datetime="${receipt.receivedAt}">${moment(receipt.receivedAt, frame.city)}</time></dd></div>
  <div><dt>Request sha256</dt><dd><code>${receipt.request}</code></dd></div>
</dl>
<ul class="tally">
  <li><b>${count(counts.received)}</b> rows</li>
  <li><b>${count(counts.accepted)}</b> accepted</li>
  <li><b>${count(counts.duplicates)}</b> duplicates</li>
  <li><b>${count(counts.refused)}</b> refused</li>
</ul>
${table(shown.pages > 1 ? `Verdict on each row, page ${shown.page} of ${shown.pages}` : 'Verdict on each row', columns, rows)}
<p>${turn(shown.page - 1, 'prev', 'Earlier rows')}${turn(shown.page + 1, 'next', 'Later rows')}</p>`,
  );
}
