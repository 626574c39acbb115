import { html } from 'hono/html';
import { type CalendarDate, daysBetween } from '#core/domain/instant.ts';
import type { Clock } from '#core/requests/clocks.ts';
import type { RequestView } from '#core/requests/status.ts';
import type { Page } from './layout.ts';
import { day } from './wording.ts';

/** A day with its distance from today: `July 1, 2024 (3 days ago)`. */
export function dayAndDistance(date: CalendarDate, today: CalendarDate): Page {
  const days = daysBetween(today, date);
  const size = `${Math.abs(days).toLocaleString('en-US')} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  const distance = days === 0 ? 'today' : days > 0 ? `in ${size}` : `${size} ago`;
  return html`<time datetime="${date}">${day(date)}</time> <span class="pair">(${distance})</span>`;
}

const stateWords = {
  running: 'running',
  stopped: 'stands still',
  met: 'done in time',
  late: 'done late',
  missed: 'missed',
  over: 'ended',
} as const satisfies Record<Clock['state'], string>;

export const stateOf = ({ state }: Clock): Page => html`<span class="state ${state}">${stateWords[state]}</span>`;

const moves = {
  agency: 'the agency',
  requester: 'us',
  court: 'the court',
  nobody: 'nobody',
} as const satisfies Record<RequestView['move'], string>;

export const moveOf = ({ move }: RequestView): string => moves[move];

export const statusOf = ({ status }: RequestView): Page =>
  html`<span class="state ${status.replaceAll(' ', '-')}">${status}</span>`;

export const sampleMark = (sample: boolean | undefined): Page | '' =>
  sample ? html` <span class="sample">Sample, not a real request</span>` : '';

export const numbersOf = ({ numbers }: RequestView): Page | '' =>
  numbers.length === 0
    ? ''
    : html`${numbers.map(({ normal, kind }) => html`<span class="pair"><code>${normal}</code>${kind === 'other' ? '' : ` ${kind}`}</span> `)}`;
