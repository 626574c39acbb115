import { html } from 'hono/html';
import type { CalendarDate } from '#core/domain/instant.ts';
import type { Clock, Exhaustion } from '#core/requests/clocks.ts';
import type { Page } from './layout.ts';
import { dayAndDistance, stateOf } from './request-words.ts';
import { table } from './table.ts';
import { count, day } from './wording.ts';

const reasons = {
  start: 'day 0',
  counts: '',
  weekend: 'weekend',
  holiday: 'holiday',
  closed: 'offices closed',
  paused: 'clock stands still',
  moved: 'moves on',
  year: '',
} as const satisfies Record<Clock['days'][number]['why'], string>;

const columns = [{ head: 'Day' }, { head: 'Counts as', numeric: true }, { head: 'Why' }];

function arithmetic({ days, due, rule, zone }: Clock & { readonly zone: string }): Page {
  const rows = days.map(({ date, weekday, number, why, remark }) => [
    html`<time datetime="${date}">${weekday.slice(0, 1).toUpperCase()}${weekday.slice(1, 3)} ${day(date)}</time>${date === due && why !== 'start' ? html` <strong>last day${rule.until ? html`, until ${rule.until} (${zone})` : ''}</strong>` : ''}`,
    number === undefined ? '–' : count(number),
    [reasons[why], remark ?? ''].filter(Boolean).join(': ') || ' ',
  ]);
  return html`<details><summary>Day by day (${count(days.length)} lines)</summary>${table('Each day from the event to the last day', columns, rows)}</details>`;
}

/** One clock: where it stands, by which law, how it was counted. */
export const clockCard = (clock: Clock, today: CalendarDate, zone: string): Page => html`
<section class="card clock" id="clock-${clock.key}">
<h3>${clock.rule.title} ${stateOf(clock)}</h3>
<p>${clock.rule.says}${clock.rule.rank === 'practice' ? html` <strong>Practice of this office, no deadline of the law.</strong>` : ''}</p>
<dl class="facts">
  <div><dt>Last day</dt><dd>${clock.due === undefined ? html`none while the clock stands still; ${count(clock.counted)} days are gone` : dayAndDistance(clock.due, today)}${clock.rule.until && clock.due ? html`, until ${clock.rule.until} (${zone})` : ''}</dd></div>
  ${clock.cautious ? html`<div><dt>With closings left out</dt><dd>${dayAndDistance(clock.cautious, today)}</dd></div>` : ''}
  ${clock.met ? html`<div><dt>Done</dt><dd>${day(clock.met.on)} (entry ${clock.met.entry})</dd></div>` : ''}
  <div><dt>Began</dt><dd>${day(clock.start.on)}: ${clock.start.because}${clock.start.entry === undefined ? '' : ` (entry ${clock.start.entry})`}</dd></div>
  <div><dt>Length</dt><dd>${clock.length}</dd></div>
  <div><dt>Must act</dt><dd>${clock.rule.duty === 'agency' ? 'the agency' : 'we'}</dd></div>
  <div><dt>Law</dt><dd>${clock.rule.source.join('; ')}</dd></div>
</dl>
${clock.findings.length ? html`<ul>${clock.findings.map((finding) => html`<li>${finding}</li>`)}</ul>` : ''}
${arithmetic({ ...clock, zone })}
</section>`;

/** When one may go to court without an appeal, from when and until when. */
export const exhaustionCard = (exhaustion: Exhaustion): Page => {
  const { from, until, source } = exhaustion;
  return html`
<section class="card clock">
<h3>Remedies exhausted <span class="state ${until ? 'over' : 'missed'}">${until ? 'ended' : 'holds'}</span></h3>
<p>No determination was made in time, so a suit needs no appeal first${howLong(exhaustion)}.</p>
<dl class="facts"><div><dt>From</dt><dd>${day(from)}</dd></div>${until ? html`<div><dt>Until</dt><dd>${day(until)}</dd></div>` : ''}<div><dt>Law</dt><dd>${source.join('; ')}</dd></div></dl>
</section>`;
};

function howLong({ until, keptBySuit, endsWithAnswer }: Exhaustion): Page | string {
  if (until) return html` until the agency’s answer of ${day(until)}: from then on an appeal comes first`;
  if (keptBySuit) return html`; the suit of ${day(keptBySuit)} keeps it so`;
  return endsWithAnswer ? ', until the agency answers' : '; under this law a late answer does not change that';
}
