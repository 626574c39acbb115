import { html } from 'hono/html';
import type { LedgerRecord } from '#core/disclosure/ledger-entry.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { glossary, queryWords } from './review-words.ts';
import { type Cell, table } from './table.ts';
import { count, day, moment } from './wording.ts';

/** The ledger as the page found it: its links, and what is wrong with their chain, if anything. */
export type ReviewedLedger = { readonly records: readonly LedgerRecord[]; readonly fault: string | undefined };

/** Releases are named by their week, exhibits by what they show. */
export function entryName({ content, reproduces }: LedgerRecord): string {
  if (reproduces) return `Exhibit of entry ${reproduces.seq}: ${queryWords(reproduces.query)}`;
  return content.id === `week-${content.week}` ? `Week of ${day(content.week)}` : content.id;
}

export const cellsOf = ({ content }: LedgerRecord) => {
  const cells = content.tables.flatMap((one) => one.cells);
  const withheld = cells.filter(({ value }) => value.kind === 'withheld').length;
  return { shown: cells.length - withheld, withheld };
};

/** The fewest values that any attacker was left with, over all attackers that had something to attack. */
function closest({ review, reproduces }: LedgerRecord): string {
  if (reproduces) return 'shows nothing new';
  if (!review) return 'not kept';
  const attacked = review.attacks.filter(({ counts }) => counts > 0);
  if (attacked.length === 0) return 'nothing small to attack';
  const unsafe = attacked.reduce((sum, { disclosed, undecided }) => sum + disclosed + undecided, 0);
  const least = Math.min(...attacked.map(({ proven }) => proven));
  return unsafe ? `${count(unsafe)} findings, see inside` : `${count(least)} or more values left`;
}

export const chainWords = ({ records, fault }: ReviewedLedger): Page =>
  fault
    ? html`<p class="wrong" role="alert">The chain does not hold: ${fault}. Nothing will be released until the ledger is restored from a backup (RUNBOOK, RELEASE_REFUSED).</p>`
    : html`<p class="right">The chain holds: ${records.length === 1 ? 'its one entry is' : records.length === 2 ? 'both entries are' : `all ${count(records.length)} entries are`} as they were written, each follows the one before it.</p>`;

export const glossaryList = html`
<section aria-labelledby="words"><h2 id="words">Words used here</h2>
<dl class="glossary">${glossary.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl></section>`;

const columns = [
  { head: 'Release' },
  { head: 'Entry', numeric: true },
  { head: 'Approved' },
  { head: 'Cells shown', numeric: true },
  { head: 'Withheld', numeric: true },
  { head: 'Closest attack' },
];

/** Every entry of the release ledger, newest first: what it withheld and how close the attacks on it came. */
export function reviewsPage(frame: Frame, ledger: ReviewedLedger): Page {
  const { records } = ledger;
  const last = records.at(-1);
  const rows = [...records].reverse().map((record): Cell[] => {
    const { shown, withheld } = cellsOf(record);
    return [
      record.reproduces ? entryName(record) : html`<a href="/protection/${record.seq}">${entryName(record)}</a>`,
      count(record.seq),
      html`<time datetime="${record.content.approvedAt}">${moment(record.content.approvedAt, frame.city)}</time>`,
      record.reproduces ? '' : count(shown),
      record.reproduces ? '' : count(withheld),
      closest(record),
    ];
  });
  return layout(
    frame,
    html`
<h1>Protection</h1>
<p class="lead">What each release withheld, how it was attacked before it went out, and how close the attacks came. All of it was written down when the release was decided. No true count of a withheld cell stands on these pages.</p>
${
  last
    ? html`${chainWords(ledger)}
<dl class="facts">
  <div><dt>Policy</dt><dd>version ${last.content.policy.version}, <code>${last.content.policy.sha256}</code></dd></div>
  <div><dt>Last entry</dt><dd><code>${last.hash}</code></dd></div>
</dl>
${table('Newest first. An entry is never changed and never taken out, not even when a page is taken down.', columns, rows)}`
    : html`<p class="empty">Nothing has been released yet, so there is nothing to review.</p>`
}
${glossaryList}`,
  );
}
