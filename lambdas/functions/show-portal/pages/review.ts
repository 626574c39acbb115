import { html } from 'hono/html';
import type { Method } from '#core/disclosure/audit/method.ts';
import type { AttackReview, FindingTally, LedgerRecord, Review } from '#core/disclosure/ledger-entry.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { attackerWords, lateWords, mapWords, methods, queryWords, reasonWords, shareWords } from './review-words.ts';
import { cellsOf, chainWords, entryName, glossaryList, type ReviewedLedger } from './reviews.ts';
import { type Cell, table } from './table.ts';
import { count, day, moment } from './wording.ts';

const plural = (value: number, one: string, other: string): string => `${count(value)} ${value === 1 ? one : other}`;

function withheldPart(record: LedgerRecord): Page {
  const known = new Map(record.review?.tables?.map((one) => [one.query, one]));
  const rows = record.content.tables.map(({ query, cells }): Cell[] => {
    const withheld = cells.filter(({ value }) => value.kind === 'withheld').length;
    const told = known.get(query);
    return [queryWords(query), count(cells.length - withheld), count(withheld), told ? shareWords(told) : 'not kept'];
  });
  const all = cellsOf(record);
  const columns = [
    { head: 'Table' },
    { head: 'Cells shown', numeric: true },
    { head: 'Withheld', numeric: true },
    { head: 'In true counts', numeric: true },
  ];
  const givenUp = record.review?.givenUp ?? [];
  return html`
<section><h2>What was withheld</h2>
${table('“Or more” where the total itself is withheld: an exact share would give it away.', columns, rows, ['All tables', count(all.shown), count(all.withheld), ''])}
${givenUp.length ? html`<p>Every new cell of ${givenUp.map(queryWords).join(', ')} was withheld, because nothing less could be proven safe.</p>` : ''}</section>`;
}

function coarsenedPart(review: Review): Page {
  const { coarsened, tables = [] } = review;
  if (!coarsened)
    return html`<section><h2>What was coarsened</h2><p class="note">Not kept in this form of entry.</p></section>`;
  const { districts, drawn, kept, standing } = coarsened;
  const lines = [
    districts
      ? `${count(districts)} districts have fewer residents than the policy demands and are told as one.`
      : 'Every district has enough residents to be told by itself.',
    ...tables.flatMap(({ query, map }) => (map ? `${queryWords(query)}: ${mapWords(map)}` : [])),
    ...drawn.map(
      (query) =>
        `${queryWords(query)}: the regions were drawn for this release and now stand for the policy’s period, so that their shape tells of no single week.`,
    ),
    ...kept.map(
      (query) =>
        `${queryWords(query)}: the regions are those of an earlier release; those that would have to be withheld are told as one.`,
    ),
    ...(standing.length
      ? [
          `Shown again exactly as before, because their period was released already: ${standing.map(queryWords).join(', ')}.`,
        ]
      : []),
  ];
  return html`<section><h2>What was coarsened</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function closeness({ counts, proven, atMost, disclosed, undecided }: AttackReview): string {
  if (counts === 0) return 'nothing small to attack';
  const upper = atMost === undefined ? '' : `; for one of them no more than ${count(atMost)}`;
  const least = disclosed + undecided ? '' : `each keeps ${count(proven)} or more${upper}`;
  const findings = [
    disclosed ? `${plural(disclosed, 'is', 'are')} not safe` : '',
    undecided ? `${plural(undecided, 'was', 'were')} not decided and counted as disclosed` : '',
  ].filter(Boolean);
  return [least, ...findings].filter(Boolean).join('; ');
}

const order = Object.keys(methods) as Method[];

function settledBy({ settled }: AttackReview): Cell {
  if (!settled) return 'not kept';
  const by = order.flatMap((method) => (settled[method] ? [`${methods[method].name}: ${count(settled[method])}`] : []));
  return by.length ? html`<ul class="plain">${by.map((line) => html`<li>${line}</li>`)}</ul>` : '–';
}

function attacksPart({ attacks, unknowns, equations, rounds, earlier }: Review): Page {
  const rows = attacks.map((attack): Cell[] => {
    const { name, knows } = attackerWords(attack.attacker);
    return [
      html`${name}<span class="under">Knows ${knows}.</span>`,
      count(attack.counts),
      closeness(attack),
      settledBy(attack),
    ];
  });
  const columns = [
    { head: 'Attacker' },
    { head: 'Small numbers attacked', numeric: true },
    { head: 'How many possible values are left' },
    { head: 'Settled by' },
  ];
  return html`
<section><h2>How it was attacked before it went out</h2>
<p>Everything that was ever published was held together: ${plural(equations, 'equation', 'equations')} over ${plural(unknowns, 'number', 'numbers')} that nobody is shown${earlier === undefined ? '' : html`, with the numbers of ${earlier === 0 ? 'no earlier release, because there was none' : plural(earlier, 'earlier release', 'earlier releases')}`}. Withholding and attacking took turns ${plural(rounds + 1, 'time', 'times')} until nothing was found.</p>
${table('Each attacker against each small number: withheld cells, and numbers that no table holds, such as the count of one place behind a region of the map.', columns, rows)}
<h3>The methods, in the order in which they are tried</h3>
<dl class="glossary">${order.map((method) => html`<div><dt>${methods[method].name}</dt><dd>${methods[method].does}</dd></div>`)}</dl>
<p class="note">Before these, a quick screen looks for counts that shown numbers determine outright. Afterwards each verdict is checked by a second program that shares no code with the first: <code>npm run ledger -- verify</code>.</p></section>`;
}

const findingList = (findings: readonly FindingTally[]) =>
  html`<ul>${findings.map(
    ({ attacker, reason, counts }) =>
      html`<li>${plural(counts, 'count', 'counts')}, against “${attackerWords(attacker).name}”: ${reasonWords(reason)}.</li>`,
  )}</ul>`;

function excusedPart({ excused, inherited }: Review): Page {
  const heading = html`<h2>What withholding could not change</h2>`;
  if (!excused)
    return html`<section>${heading}<p>${inherited ? `${plural(inherited, 'count', 'counts')} followed from earlier releases alone.` : 'Nothing followed from earlier releases alone.'}</p></section>`;
  if (excused.inherited.length + excused.told.length === 0)
    return html`<section>${heading}<p>Nothing. No small count follows from earlier releases alone, and none from what an attacker is told beforehand.</p></section>`;
  return html`<section>${heading}
${excused.inherited.length ? html`<h3>Follows from earlier releases alone</h3><p>Under the policy of today; what was once public stays known. This release adds nothing to it.</p>${findingList(excused.inherited)}` : ''}
${excused.told.length ? html`<h3>Follows from what the attacker is told beforehand</h3><p>Such an attacker would know this if every new number of the release were withheld; what stayed undecided, no new number reaches.</p>${findingList(excused.told)}` : ''}</section>`;
}

/** One release as the privacy officer answers for it. */
export function reviewPage(frame: Frame, ledger: ReviewedLedger, record: LedgerRecord): Page {
  const { content, review, channels } = record;
  return layout(
    frame,
    html`
<p class="back"><a href="/protection">All releases</a></p>
<h1>Protection: ${entryName(record)}</h1>
${content.sample ? html`<p><span class="sample">Generated sample</span></p>` : ''}
${chainWords(ledger)}
<dl class="facts">
  <div><dt>Release</dt><dd>${content.id}, entry ${count(record.seq)}; the latest week begins ${day(content.week)}</dd></div>
  <div><dt>Approved</dt><dd><time datetime="${content.approvedAt}">${moment(content.approvedAt, frame.city)}</time></dd></div>
  <div><dt>Known as of</dt><dd><time datetime="${content.asOf}">${moment(content.asOf, frame.city)}</time></dd></div>
  <div><dt>Shown as</dt><dd>${channels.join(', ')}</dd></div>
</dl>
${withheldPart(record)}
${
  review
    ? html`${coarsenedPart(review)}${attacksPart(review)}${excusedPart(review)}`
    : html`<p class="empty">This entry was written before summaries of the attacks were kept.</p>`
}
<section><h2>Late records</h2>${lateWords(content.late).map((line) => html`<p>${line}</p>`)}</section>
<section><h2>What stands in the ledger</h2>
<dl class="facts">
  <div><dt>Policy</dt><dd>version ${content.policy.version}, <code>${content.policy.sha256}</code></dd></div>
  <div><dt>Program</dt><dd>${content.software}; what decides <code>${record.code}</code></dd></div>
  <div><dt>Entry</dt><dd><code>${record.hash}</code></dd></div>
  <div><dt>Follows</dt><dd><code>${record.previous}</code></dd></div>
  <div><dt>Sealed truths</dt><dd><code>${record.evidence}</code></dd></div>
  ${record.certificate ? html`<div><dt>Sealed proofs</dt><dd><code>${record.certificate}</code></dd></div>` : ''}
</dl>
<p class="note">What is sealed is named here by its fingerprint only. These pages cannot open it.</p></section>
${glossaryList}`,
  );
}
