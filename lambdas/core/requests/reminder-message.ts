/** A reminder as mail: what is due, when, by which law, and what to do. It names no person. */

import type { City } from '../domain/city.ts';
import { type CalendarDate, daysBetween } from '../domain/instant.ts';
import type { Reminder } from '../domain/request/reminder.ts';
import type { Message } from '../ports.ts';
import type { Clock } from './clocks.ts';
import { dayInWords } from './day-words.ts';
import { arithmeticSentences } from './letter-facts.ts';
import type { RequestView } from './status.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function whenInWords(due: CalendarDate, today: CalendarDate): string {
  const days = daysBetween(today, due);
  if (days === 0) return 'is today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `is in ${count}` : `was ${count} ago`;
}

function advice({ rule, state }: Clock): string {
  if (rule.duty === 'requester')
    return state === 'missed'
      ? 'The last day has passed. Speak with counsel about what remains.'
      : 'This is ours to do. Record it in the log when it is done, and the reminders end.';
  if (state !== 'missed')
    return 'This is the agency’s to do. Record its answer in the log when it comes, and the reminders end.';
  if (!rule.exhausts)
    return 'The agency has not done this in time. The page of the request has the arithmetic, and the letters that can be filled from it.';
  const until = rule.exhausts.revived_by.length > 0 ? ' until the agency answers' : '';
  return `The agency has not answered in time. The page of the request has the arithmetic, and the letters that can be filled from it; remedies count as exhausted${until}.`;
}

/** The mail of a reminder. The same reminder of the same day is the same message. */
export function reminderMessage(
  city: Pick<City, 'shortName' | 'mail'>,
  view: RequestView,
  clock: Clock,
  reminder: Reminder,
  now: { readonly today: CalendarDate; readonly at: Message['date'] },
): Message {
  const { facts, agency, regime } = view;
  const sample = facts.sample ? 'SAMPLE – ' : '';
  const when = whenInWords(reminder.due, now.today);
  const hours = clock.rule.until === undefined ? '' : `, ${clock.rule.until} (${regime.zone})`;
  const closings =
    clock.cautious === undefined
      ? []
      : [`With days on which offices were closed left out: ${dayInWords(clock.cautious)}.`];
  const lines = [
    `${facts.title} – ${agency.name}${view.numbers[0] ? `, ${view.numbers[0].normal}` : ''}`,
    `${clock.rule.title}: the last day ${when}, ${dayInWords(reminder.due)}${hours}.`,
    ...closings,
    clock.rule.says,
    `Law: ${clock.rule.source.join('; ')}.`,
    advice(clock),
  ];
  const steps = arithmeticSentences(clock);
  const intro = facts.sample ? ['This is a generated sample, not a real request.'] : [];
  return {
    id: reminder.key,
    from: city.mail.from,
    to: city.mail.requestsTo,
    subject: `${sample}${city.shortName} – ${regime.short_name}: ${clock.rule.title}, last day ${when} (${facts.title})`,
    text: `${[...intro, ...lines].join('\n\n')}\n\nHow it was counted (${clock.length}):\n${steps.map((step) => `- ${step}`).join('\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(clock.rule.title)}</title></head><body style="font-family:Arial,Helvetica,sans-serif;color:#14243d;max-width:640px;line-height:1.5">${[...intro, ...lines].map((line) => `<p>${escaped(line)}</p>`).join('')}<p>How it was counted (${escaped(clock.length)}):</p><ul>${steps.map((step) => `<li>${escaped(step)}</li>`).join('')}</ul></body></html>\n`,
    attachments: [],
    date: now.at,
  };
}
