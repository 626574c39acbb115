/** Which entries of a log begin, stop, move and end a clock. */
import type { CalendarDate } from '../domain/instant.ts';
import type { LiveEntry, RequestFacts } from '../domain/request/request.ts';
import { countDays, type Pause } from './count-days.ts';
import type { Agency, ClockRule, Regime, StartRule, Trigger } from './regime.ts';
import { namesOf } from './regime.ts';

/** What the clocks of a matter are reckoned from. `exhausted` are the days on which remedies became exhausted, found by the clocks before. */
export type Matter = {
  readonly facts: RequestFacts;
  readonly live: readonly LiveEntry[];
  readonly regime: Regime;
  readonly agency: Agency;
  readonly exhausted: readonly CalendarDate[];
};

/** Where a clock begins: day 0, why, and the entry that says so when one does. */
export type Start = { readonly on: CalendarDate; readonly because: string; readonly entry?: number };

/** Entries that still tell: a closing that was followed by a reopening does not. */
export function standing(live: readonly LiveEntry[]): readonly LiveEntry[] {
  const reopened = live.findLastIndex(({ event }) => event.kind === 'reopened');
  return live.filter(({ event }, at) => at > reopened || (event.kind !== 'closed' && event.kind !== 'settled'));
}

export function meets(trigger: Trigger, { event }: LiveEntry, facts: RequestFacts): boolean {
  if (event.kind !== trigger.on) return false;
  if (trigger.outcome && !(event.outcome && trigger.outcome.includes(event.outcome))) return false;
  if (trigger.channel && !(event.channel && trigger.channel.includes(event.channel))) return false;
  if (trigger.stage && (event.stage ?? 'request') !== trigger.stage) return false;
  return trigger.asks === undefined || facts[trigger.asks] !== undefined;
}

const countIn = (matter: Matter, from: CalendarDate, days: number, unit: 'working' | 'calendar' | 'years') =>
  countDays({ from, days, unit, calendar: matter.regime.calendar, agency: namesOf(matter.agency) }).due;

function capped(rule: StartRule, entry: LiveEntry, matter: Matter): Start {
  const start = { on: entry.event.on, because: rule.because, entry: entry.seq };
  const limit = rule.no_later_than;
  const first = limit && matter.live.find(({ event }) => event.kind === limit.after);
  const latest = first && countIn(matter, first.event.on, limit.days, limit.unit);
  if (!first || latest === undefined || latest >= start.on) return start;
  const because = `${rule.because}: it came later than ${limit.days} ${limit.unit} days after ${first.event.on}, so the clock began then`;
  return { on: latest, because, entry: entry.seq };
}

function startsBy(rule: StartRule, matter: Matter): readonly Start[] {
  if (rule.on === 'exhausted') return matter.exhausted.map((on) => ({ on, because: rule.because }));
  return matter.live.filter((entry) => meets(rule, entry, matter.facts)).map((entry) => capped(rule, entry, matter));
}

/** Every beginning of a clock: one for each entry that begins it, or the first that any rule finds. */
export function startsOf(rule: ClockRule, matter: Matter): readonly Start[] {
  const blocked = matter.live.filter(({ event }) => rule.never_after.some((kind) => kind === event.kind));
  const free = ({ on }: Start): boolean => !blocked.some(({ event }) => event.on <= on);
  const found = rule.starts.map((start) => startsBy(start, matter));
  // Several adverse answers in one letter begin one time to appeal.
  const once = ({ on }: Start, at: number, all: readonly Start[]): boolean =>
    all.findIndex((other) => other.on === on) === at;
  if (rule.each)
    return found
      .flat()
      .filter(once)
      .filter(free)
      .sort((one, other) => (one.on < other.on ? -1 : 1));
  const first = found.find((starts) => starts.length > 0)?.[0];
  return first && free(first) ? [first] : [];
}

/** The stretches in which the clock stands still, and what must be said of stops that do not stop it. */
export function pausesOf(
  rule: ClockRule,
  start: Start,
  { live }: Matter,
): { readonly pauses: readonly Pause[]; readonly findings: readonly string[] } {
  const pauses: Pause[] = [];
  const findings: string[] = [];
  if (rule.pauses.length === 0) return { pauses, findings };
  const used = new Map<string, number>();
  live.forEach(({ event, seq }, at) => {
    if (event.kind !== 'tolled') return;
    const resumed = live.slice(at + 1).find((later) => later.event.kind === 'resumed')?.event.on;
    if (resumed !== undefined && resumed < start.on) return;
    const reason = event.reason ?? 'clarification';
    const allowed = rule.pauses.find((pause) => pause.reason === reason);
    const times = (used.get(reason) ?? 0) + 1;
    used.set(reason, times);
    if (!allowed) findings.push(`Entry ${seq}: the law knows no stop of this clock for ${reason}.`);
    else if (allowed.at_most !== undefined && times > allowed.at_most)
      findings.push(
        `Entry ${seq}: a further stop for ${reason} does not stop the clock; the law allows ${allowed.at_most} (${allowed.source}).`,
      );
    else
      pauses.push({
        from: event.on,
        ...(resumed === undefined ? {} : { to: resumed }),
        why: `stopped for ${reason} (entry ${seq})`,
      });
  });
  return { pauses, findings };
}
