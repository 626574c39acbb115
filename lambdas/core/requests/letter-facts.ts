/** The facts of a matter as a letter says them; a fact that the matter does not hold is not here, and the letter that needs it is refused by its name. */
import { type CalendarDate, daysBetween } from '../domain/instant.ts';
import { eventKinds } from '../domain/request/event-kinds.ts';
import { liveEntries } from '../domain/request/request.ts';
import type { Clock } from './clocks.ts';
import { dayInWords } from './day-words.ts';
import type { LetterFacts } from './letter-template.ts';
import type { LineItem } from './line-items.ts';
import type { RequestView } from './status.ts';

/** Who asks: from the city's folder. */
export type Requester = {
  readonly name: string;
  readonly office: string;
  readonly address: readonly string[];
  readonly mail: string;
};

/** What to call a missing fact to the person who can supply it. */
export const factNames: Readonly<Record<string, string>> = {
  agency_address: 'the address of the agency: to whom the letters go',
  appeals_address: 'the address of the agency’s appeals office, in the regime',
  signatory_name: 'who signs',
  signatory_title: 'the title of who signs',
  format: 'the form in which the records are wanted',
  period: 'the period of the request',
  fee_waiver_reason: 'why fees should be waived',
  expedite_reason: 'why the request is urgent',
  reference: 'a number of the agency, or the day on which the request was sent',
  sent_on: 'the day on which the request was sent',
  due_on: 'a last day: the clock has not begun, or stands still',
  due_phrase: 'a last day: the clock has not begun, or stands still',
  missed_on: 'a missed last day: the agency still has time, or has answered',
  working_days_gone: 'a running clock',
  clock_began_on: 'the day on which the clock began',
  clock_length: 'a clock with a last day',
  arithmetic: 'a clock with a last day',
  exhausted_on: 'a missed last day: the agency still has time, or has answered',
  open_items: 'a line item that is not answered',
  tolled_on: 'the agency’s question: record the stop of the clock',
  answer: 'the answer: record it as a note after the stop of the clock',
  determination_on: 'a determination',
  determination_kind: 'a determination',
  exemptions: 'the exemptions of the determination',
  appeal_due_on: 'a running time to appeal',
  appealed_items: 'a line item that was not granted in full',
  grounds: 'the grounds: record them as an entry of the log',
  appealed_on: 'the day of the appeal',
  remanded_on: 'the day of the remand',
};

const refused: readonly LineItem['state'][] = [
  'granted in part',
  'denied',
  'no records',
  'neither confirmed nor denied',
];
const open: readonly LineItem['state'][] = ['open', 'partly answered', 'referred'];
const listed = (items: readonly LineItem[]) =>
  items.map(({ number, text, state }) => ({ number: String(number), text, state }));

/** The arithmetic of a clock as sentences: day 0, what was left out and why, the last day. Days in a row that are left out for one reason are one sentence. */
export function arithmeticSentences({ days, due, counted }: Clock): readonly string[] {
  const [start] = days;
  const said = start ? [`${dayInWords(start.date)} is day 0.`] : [];
  const leftOut = days.filter(({ why }) => why === 'holiday' || why === 'closed' || why === 'paused');
  for (let at = 0; at < leftOut.length; ) {
    const first = leftOut[at];
    let end = at + 1;
    while (leftOut[end]?.remark === first?.remark && leftOut[end]?.why === 'paused') end += 1;
    const last = leftOut[end - 1];
    const stretch =
      first && last && end > at + 1
        ? `${dayInWords(first.date)} to ${dayInWords(last.date)} are`
        : `${first && dayInWords(first.date)} is`;
    said.push(`${stretch} left out: ${sentence(first?.remark ?? 'a holiday')}`);
    at = end;
  }
  const lastCounted = days.findLast(({ number }) => number !== undefined);
  if (lastCounted && lastCounted.date !== due)
    said.push(`${dayInWords(lastCounted.date)} is day ${lastCounted.number}.`);
  if (due === undefined) return [...said, `The clock stands still; ${counted} days are gone.`];
  const moved = days.at(-1)?.why === 'moved' || days.at(-1)?.why === 'year' ? days.at(-1)?.remark : undefined;
  const number = lastCounted?.date === due ? ` is day ${lastCounted.number},` : ' is';
  return [...said, `${dayInWords(due)}${number} the last day${moved ? `: ${sentence(moved)}` : '.'}`];
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** The facts of a request on a day. */
export function letterFacts(view: RequestView, requester: Requester, today: CalendarDate): LetterFacts {
  const { facts, agency, items, clocks, numbers } = view;
  const live = liveEntries(view.log);
  const last = (...kinds: readonly string[]) => live.findLast(({ event }) => kinds.includes(event.kind));
  const words = (day: CalendarDate | undefined) => (day === undefined ? undefined : dayInWords(day));
  const determination = clocks.clocks.find(({ rule }) => rule.id === 'determination');
  const due = determination?.cautious ?? determination?.due;
  const exhaustion = clocks.exhaustion.findLast(({ until }) => until === undefined);
  const appeal = clocks.clocks.find(
    ({ rule, state }) => rule.id.startsWith('appeal') && rule.duty === 'requester' && state === 'running',
  );
  const answer = last('determination', 'no_records', 'glomar');
  const tolled = last('tolled');
  const reply = live.findLast(
    ({ event, seq }) =>
      (event.kind === 'noted' || event.kind === 'resumed') &&
      event.note !== undefined &&
      seq > (tolled?.seq ?? Infinity),
  );
  const grounds = live.filter(({ event }) => event.kind === 'grounds');
  const number = numbers.find(({ kind }) => kind === 'request') ?? numbers[0];
  const [office, ...place] = (facts.addressee ?? '').split('\n').flatMap((row) => row.trim() || []);
  const lines = (rows: readonly string[]) => (rows.length > 0 ? rows.join('\n') : undefined);
  const some = <Item>(list: readonly Item[]) => (list.length > 0 ? list : undefined);
  const sent = words(last('sent')?.event.on);
  const missed = due !== undefined && answer === undefined && daysBetween(due, today) > 0;
  const gone = determination?.days.filter(({ date, number: counted }) => counted !== undefined && date <= today).length;
  return {
    today: dayInWords(today),
    requester_name: requester.name,
    requester_office: requester.office,
    requester_address: lines(requester.address),
    requester_mail: requester.mail,
    signatory_name: facts.signatory_name,
    signatory_title: facts.signatory_title,
    agency_name: office ?? agency.name,
    agency_address: lines(place.length > 0 ? place : agency.address),
    appeals_address: lines(agency.appeals),
    title: facts.title,
    items: listed(items),
    format: facts.format,
    period: facts.period,
    fee_waiver_reason: facts.fee_waiver_reason,
    expedite_reason: facts.expedite_reason,
    reference: number ? `Request ${number.normal}` : sent && `Request of ${sent}`,
    sent_on: sent,
    due_on: words(due),
    due_phrase: due === undefined ? undefined : daysBetween(due, today) > 0 ? 'was due by' : 'is due by',
    missed_on: missed ? words(due) : undefined,
    working_days_gone: gone === undefined ? undefined : String(gone),
    clock_began_on: words(determination?.start.on),
    clock_length: determination?.due === undefined ? undefined : determination.length,
    arithmetic:
      due === undefined || !determination ? undefined : arithmeticSentences(determination).map((text) => ({ text })),
    exhausted_on: words(exhaustion?.from),
    open_items: some(listed(items.filter(({ state }) => open.includes(state)))),
    tolled_on: words(tolled?.event.on),
    answer: reply?.event.note,
    determination_on: words(answer?.event.on),
    determination_kind: answer && describe(answer.event.kind, answer.event.outcome),
    exemptions: some(answer?.event.exemptions ?? [])?.join(', '),
    appeal_due_on: appeal?.due && `${dayInWords(appeal.due)}${appeal.rule.until ? ', 11:59:59 p.m. Eastern time' : ''}`,
    appealed_items: some(listed(items.filter(({ state }) => refused.includes(state)))),
    grounds: some(grounds.map(({ event }) => ({ text: event.note ?? '' }))),
    appealed_on: words(last('appealed')?.event.on),
    remanded_on: words(last('remanded')?.event.on),
  };
}

const outcomeWords = { granted: 'granted', partly: 'granted in part and denied in part', denied: 'denied' } as const;
function describe(kind: keyof typeof eventKinds, outcome: keyof typeof outcomeWords | undefined): string {
  return outcome === undefined ? eventKinds[kind].title.toLowerCase() : outcomeWords[outcome];
}
