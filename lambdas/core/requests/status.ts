/** Where a request stands and whose move it is, read from its log and clocks (docs/METHODS.md §8). */
import { addDays, type CalendarDate } from '../domain/instant.ts';
import { factsOf, type LogEntry, liveEntries, type RequestFacts } from '../domain/request/request.ts';
import { type CaseNumber, caseNumber } from './case-numbers.ts';
import { standing } from './clock-starts.ts';
import { type Clock, type Clocks, clocksOf } from './clocks.ts';
import { type LineItem, lineItems } from './line-items.ts';
import { type Agency, agencyOf, type Regime } from './regime.ts';

type Status =
  | 'draft'
  | 'sent'
  | 'with the agency'
  | 'acknowledged'
  | 'stopped for our answer'
  | 'overdue'
  | 'partly answered'
  | 'answered'
  | 'on appeal'
  | 'appeal overdue'
  | 'remanded'
  | 'in court'
  | 'closed';

/** A request as it stands on a day. */
export type RequestView = {
  readonly id: LogEntry['request'];
  readonly facts: RequestFacts;
  readonly regime: Regime;
  readonly agency: Agency;
  readonly status: Status;
  /** The day of the entry that made it so, or of the missed deadline. */
  readonly since: CalendarDate;
  readonly move: 'agency' | 'requester' | 'court' | 'nobody';
  readonly items: readonly LineItem[];
  readonly numbers: readonly CaseNumber[];
  readonly clocks: Clocks;
  /** The deadline that comes next, or else the one that was missed last. */
  readonly next?: Clock;
  readonly log: readonly LogEntry[];
};

/** Reads a log on a day of its regime's zone; undefined when it opens no request of a known regime and agency. */
export function viewOf(
  log: readonly LogEntry[],
  regimes: readonly Regime[],
  todayIn: (zone: string) => CalendarDate,
): RequestView | undefined {
  const facts = factsOf(log);
  const regime = regimes.find(({ id }) => id === facts?.regime);
  const agency = regime && facts && agencyOf(regime, facts.agency);
  const [first] = log;
  if (!first || !facts || !regime || !agency) return undefined;
  const clocks = clocksOf(log, regime, todayIn(regime.zone));
  const next = nextOf(clocks.clocks);
  return {
    id: first.request,
    facts,
    regime,
    agency,
    ...statusOf(log, clocks, first.event.on),
    items: lineItems(log),
    numbers: numbersOf(log, regime),
    clocks,
    ...(next ? { next } : {}),
    log,
  };
}

function numbersOf(log: readonly LogEntry[], regime: Regime): readonly CaseNumber[] {
  const numbers = liveEntries(log).flatMap(({ event }) => (event.number === undefined ? [] : [event.number]));
  const read = numbers.map((number) => caseNumber(number, regime));
  return read.filter(({ normal }, at) => read.findIndex((one) => one.normal === normal) === at);
}

/** Running deadlines come before missed ones; the nearest first, a practice of the house after the law on the same day. */
function nextOf(clocks: readonly Clock[]): Clock | undefined {
  const dated = clocks.flatMap((clock) => (clock.due === undefined ? [] : [{ clock, due: clock.due }]));
  const missed = dated.filter(({ clock }) => clock.state === 'missed' && clock.rule.exhausts);
  const running = dated.filter(({ clock }) => clock.state === 'running');
  const near = running.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  return missed.at(-1)?.clock ?? near[0]?.clock;
}

function statusOf(
  log: readonly LogEntry[],
  { clocks }: Clocks,
  opened: CalendarDate,
): Pick<RequestView, 'status' | 'since' | 'move'> {
  const live = standing(liveEntries(log));
  const last = (...kinds: readonly string[]) => live.findLast(({ event }) => kinds.includes(event.kind));
  const at = (status: Status, move: RequestView['move'], since: CalendarDate = opened) => ({ status, since, move });
  const missed = (rule: string) => clocks.find((clock) => clock.rule.id === rule && clock.state === 'missed');

  const closed = last('closed', 'settled');
  if (closed) return at('closed', 'nobody', closed.event.on);
  const sued = last('sued');
  if (sued) return at('in court', 'court', sued.event.on);
  const turn = last(
    'determination',
    'no_records',
    'glomar',
    'appealed',
    'appeal_received',
    'appeal_decided',
    'remanded',
  );
  switch (turn?.event.kind) {
    case 'remanded':
      return at('remanded', 'agency', turn.event.on);
    case 'appealed':
    case 'appeal_received': {
      const late = missed('appeal-decision');
      return late?.due
        ? at('appeal overdue', 'requester', addDays(late.due, 1))
        : at('on appeal', 'agency', turn.event.on);
    }
    case 'determination':
    case 'no_records':
    case 'glomar':
    case 'appeal_decided':
      return at('answered', 'requester', turn.event.on);
    default:
  }
  const stopped = clocks.find(({ rule, state }) => rule.id === 'determination' && state === 'stopped');
  const tolled = last('tolled');
  if (stopped && tolled) return at('stopped for our answer', 'requester', tolled.event.on);
  const late = missed('determination');
  if (late?.due) return at('overdue', 'requester', addDays(late.due, 1));
  const interim = last('interim_release');
  if (interim) return at('partly answered', 'agency', interim.event.on);
  const acknowledged = last('acknowledged');
  if (acknowledged) return at('acknowledged', 'agency', acknowledged.event.on);
  const received = last('received', 'routed', 'perfected');
  if (received) return at('with the agency', 'agency', received.event.on);
  const sent = last('sent');
  return sent ? at('sent', 'agency', sent.event.on) : at('draft', 'requester');
}
