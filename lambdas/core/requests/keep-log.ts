/** Opening a request and adding to its log: what may be written, and that a retry writes it once. */

import { type RequestId, requestIdOf } from '../domain/ids.ts';
import type { CalendarDate, Instant } from '../domain/instant.ts';
import { accept, type Outcome, refuse, type Violation } from '../domain/problem.ts';
import { prohibitedIn, prohibitedMessages } from '../domain/report/prohibited.ts';
import {
  factsOf,
  type LogEntry,
  liveEntries,
  type RequestEvent,
  type RequestFacts,
} from '../domain/request/request.ts';
import type { RequestLog } from '../ports.ts';
import { agencyOf, type Regime } from './regime.ts';

export type Writing = {
  /** Names the attempt: the same key writes once. */
  readonly key: string;
  readonly by: string;
  readonly at: Instant;
  /** Today in the zone of the regime: nothing is written of tomorrow. */
  readonly today: (zone: string) => CalendarDate;
};

const wrong = (pointer: string, message: string, code = 'R100'): Violation => ({
  code,
  severity: 'error',
  pointer,
  message,
});

/** Persons are not described in this log: the tripwire of the reports looks at every free text. The signatory and the addresses of offices are ours to name. */
function prohibited(texts: Readonly<Record<string, string | undefined>>): Violation[] {
  return Object.entries(texts).flatMap(([pointer, text]) =>
    (text === undefined ? [] : prohibitedIn(text, 'prose')).map((code) =>
      wrong(pointer, prohibitedMessages[code] ?? 'The text holds what the city does not record', code),
    ),
  );
}

/** Opens a request. Refuses with REQUEST_REFUSED: an unknown regime or agency, a text that describes a person. */
export async function openRequest(
  store: RequestLog,
  regimes: readonly Regime[],
  facts: RequestFacts,
  { key, by, at, today }: Writing,
): Promise<Outcome<LogEntry>> {
  const regime = regimes.find(({ id }) => id === facts.regime);
  if (!regime) return refuse('REQUEST_REFUSED', { violations: [wrong('/regime', 'There is no regime of this name')] });
  if (!agencyOf(regime, facts.agency))
    return refuse('REQUEST_REFUSED', { violations: [wrong('/agency', 'The regime has no agency of this name')] });
  const found = prohibited({
    '/title': facts.title,
    ...Object.fromEntries(facts.items.map((item, at) => [`/items/${at}`, item])),
    '/fee_waiver_reason': facts.fee_waiver_reason,
    '/expedite_reason': facts.expedite_reason,
    '/period': facts.period,
    '/format': facts.format,
  });
  if (found.length > 0) return refuse('REQUEST_REFUSED', { violations: found });
  const request = requestIdOf(`${by} ${key}`);
  const entry: LogEntry = {
    request,
    seq: 1,
    key,
    recordedAt: at,
    by,
    event: { kind: 'opened', on: today(regime.zone), facts },
  };
  if (await store.append(entry)) return accept(entry);
  const [standing] = await store.log(request);
  return standing?.event.kind === 'opened' && sameText(standing.event.facts, facts)
    ? accept(standing)
    : refuse('IDEMPOTENCY_KEY_REUSED');
}

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const triesMax = 10;

/** Adds an entry. Refuses with NOT_FOUND, or with REQUEST_REFUSED when the log so far does not allow it; the same key is answered with the entry it made. */
export async function addEntry(
  store: RequestLog,
  regimes: readonly Regime[],
  request: RequestId,
  event: RequestEvent,
  { key, by, at, today }: Writing,
): Promise<Outcome<LogEntry>> {
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const log = await store.log(request);
    const facts = factsOf(log);
    const regime = regimes.find(({ id }) => id === facts?.regime);
    if (!facts || !regime) return refuse('NOT_FOUND');
    const made = log.find((entry) => entry.key === key && entry.by === by);
    if (made) return sameText(made.event, event) ? accept(made) : refuse('IDEMPOTENCY_KEY_REUSED');
    const found = [
      ...objections(log, facts, event, today(regime.zone)),
      ...prohibited({ '/note': event.note, ...patchTexts(event) }),
    ];
    if (found.length > 0) return refuse('REQUEST_REFUSED', { violations: found });
    const entry: LogEntry = { request, seq: log.length + 1, key, recordedAt: at, by, event };
    if (await store.append(entry)) return accept(entry);
  }
  return refuse('UNAVAILABLE');
}

const patchTexts = ({ patch }: RequestEvent): Record<string, string | undefined> =>
  patch
    ? {
        '/patch/format': patch.format,
        '/patch/period': patch.period,
        '/patch/fee_waiver_reason': patch.fee_waiver_reason,
        '/patch/expedite_reason': patch.expedite_reason,
      }
    : {};

/** Why the log so far does not allow an entry; empty when it does. */
function objections(
  log: readonly LogEntry[],
  facts: RequestFacts,
  event: RequestEvent,
  today: CalendarDate,
): Violation[] {
  const found: Violation[] = [];
  const live = liveEntries(log);
  const last = (...kinds: readonly string[]) => live.findLast((entry) => kinds.includes(entry.event.kind))?.event.kind;
  if (event.on > today) found.push(wrong('/on', 'The day has not come yet'));
  if (event.items?.some((item) => item > facts.items.length))
    found.push(wrong('/items', 'The request has no such line item'));
  const sent = live.find((entry) => entry.event.kind === 'sent')?.event.on;
  const before = ['received', 'routed', 'acknowledged', 'perfected'];
  if (sent !== undefined && event.on < sent && before.includes(event.kind))
    found.push(wrong('/on', `The request was sent later, on ${sent}`));
  if (event.kind === 'sent' && sent !== undefined)
    found.push(wrong('/kind', `The request was sent on ${sent}; strike that entry if it is wrong`));
  if (event.kind === 'resumed' && last('tolled', 'resumed') !== 'tolled')
    found.push(wrong('/kind', 'The clock does not stand still'));
  if (event.kind === 'tolled' && last('tolled', 'resumed') === 'tolled')
    found.push(wrong('/kind', 'The clock stands still already'));
  if (
    event.kind === 'reopened' &&
    last('closed', 'settled', 'reopened') !== 'closed' &&
    last('closed', 'settled', 'reopened') !== 'settled'
  )
    found.push(wrong('/kind', 'The request is not closed'));
  if (['appeal_received', 'appeal_decided', 'remanded'].includes(event.kind) && last('appealed') === undefined)
    found.push(wrong('/kind', 'No appeal was sent'));
  if (event.kind === 'served' && last('sued') === undefined) found.push(wrong('/kind', 'No suit was filed'));
  if (
    event.kind === 'struck' &&
    !log.some(({ seq, event: { kind } }) => seq === event.strikes && kind !== 'opened' && kind !== 'struck')
  )
    found.push(wrong('/strikes', 'There is no such entry that could be struck'));
  return found;
}
