/**
 * The clocks of a matter, reckoned from its log and from nothing else (docs/METHODS.md §8). A clock shows how it was counted, day by day, and what was found on the way:
 * notices that came too late, stops the law does not know, days on which offices were closed.
 */
import { addDays, type CalendarDate } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import { factsOf, type LiveEntry, type LogEntry, liveEntries } from '../domain/request/request.ts';
import { type Matter, meets, pausesOf, type Start, standing, startsOf } from './clock-starts.ts';
import { type Count, type CountedDay, countDays } from './count-days.ts';
import { weekdayOf } from './day-calendar.ts';
import { agencyOf, type ClockRule, namesOf, type Regime } from './regime.ts';

/** running: not over, nothing missed. stopped: stands still. met, late: done in time or after it. missed: past and not done. over: ended otherwise. */
type ClockState = 'running' | 'stopped' | 'met' | 'late' | 'missed' | 'over';

export type Clock = {
  /** Names the clock among those of its request. */
  readonly key: string;
  readonly rule: ClockRule;
  readonly start: Start;
  readonly length: string;
  /** The last day; absent while the clock stands still. */
  readonly due?: CalendarDate;
  /** The last day when closings of offices are left out too, where that is later. */
  readonly cautious?: CalendarDate;
  readonly state: ClockState;
  readonly met?: { readonly on: CalendarDate; readonly entry: number };
  /** Days of the clock that are gone when it stands still. */
  readonly counted: number;
  readonly days: readonly CountedDay[];
  readonly findings: readonly string[];
};

/** A stretch in which one may go to court without an appeal, because the agency did not answer in time. */
export type Exhaustion = {
  readonly clock: string;
  readonly from: CalendarDate;
  /** The answer that ended it, when one came before a suit. */
  readonly until?: CalendarDate;
  /** Whether the law lets a late answer end it. */
  readonly endsWithAnswer: boolean;
  /** The suit that was filed in it. */
  readonly keptBySuit?: CalendarDate;
  readonly source: readonly string[];
};
export type Clocks = { readonly clocks: readonly Clock[]; readonly exhaustion: readonly Exhaustion[] };

/** Every clock of a log on a day of the regime's zone, in the order of the regime's rules. A log that opens no request has none. */
export function clocksOf(log: readonly LogEntry[], regime: Regime, today: CalendarDate): Clocks {
  const facts = factsOf(log);
  const agency = facts && agencyOf(regime, facts.agency);
  if (!facts || !agency) return { clocks: [], exhaustion: [] };
  const live = standing(liveEntries(log));
  const clocks: Clock[] = [];
  const exhaustion: Exhaustion[] = [];
  const pools = new Map<string, number>();
  for (const rule of regime.clocks) {
    if (rule.only && !rule.only.some((group) => namesOf(agency).includes(group))) continue;
    if (rule.except?.some((group) => namesOf(agency).includes(group))) continue;
    const matter: Matter = { facts, live, regime, agency, exhausted: exhaustion.map(({ from }) => from).sort() };
    for (const start of startsOf(rule, matter)) {
      const clock = reckon(rule, start, matter, today, pools);
      clocks.push(clock);
      const window = exhaustedBy(clock, matter, today);
      if (window) exhaustion.push(window);
    }
  }
  return { clocks, exhaustion };
}

function reckon(rule: ClockRule, start: Start, matter: Matter, today: CalendarDate, pools: Map<string, number>): Clock {
  const { regime, agency, live, facts } = matter;
  const { pauses, findings: stops } = pausesOf(rule, start, matter);
  const count = (days: number, leaveOutClosings: boolean): Count =>
    countDays({
      from: start.on,
      days,
      unit: rule.length.unit,
      calendar: regime.calendar,
      agency: namesOf(agency),
      pauses,
      leaveOutClosings,
      roll: rule.roll,
    });
  const more = extension(rule, start, live, count(rule.length.days, false), pools);
  const days = rule.length.days + more.days;
  const plain = count(days, false);
  const careful = count(days, true).due;
  const agreed = agreement(rule, start, live, plain.due);
  const due = agreed?.until ?? plain.due;
  const cautious = careful !== undefined && due !== undefined && careful > due ? careful : undefined;
  const after = (entry: LiveEntry) =>
    entry.seq !== start.entry &&
    (entry.event.on > start.on || (entry.event.on === start.on && entry.seq > (start.entry ?? 0)));
  const done = live.find((entry) => after(entry) && rule.met_by.some((trigger) => meets(trigger, entry, facts)));
  const over = live.some(
    (entry) => after(entry) && [...rule.over_by, ...rule.never_after].some((kind) => kind === entry.event.kind),
  );
  const last = cautious ?? due;
  const state = ((): ClockState => {
    if (done) return last !== undefined && done.event.on > last ? 'late' : 'met';
    if (over) return 'over';
    if (due === undefined) return 'stopped';
    return today > due ? 'missed' : 'running';
  })();
  const findings = [...stops, ...more.findings, ...cautions(rule, matter, due, state)];
  if (cautious !== undefined)
    findings.push(`Days on which offices were closed without a legal holiday would move the last day to ${cautious}.`);
  for (const { from, why } of pauses)
    if (due !== undefined && from > due) findings.push(`The clock had ended on ${due} before it was ${why}.`);
  return {
    key: start.entry === undefined ? rule.id : `${rule.id}-${start.entry}`,
    rule,
    start,
    length: lengthInWords(rule, more.days),
    ...(due === undefined ? {} : { due }),
    ...(cautious === undefined ? {} : { cautious }),
    state,
    ...(done ? { met: { on: done.event.on, entry: done.seq } } : {}),
    counted: plain.counted,
    days: agreed ? [...plain.days, agreed.line] : plain.days,
    findings,
  };
}

function lengthInWords({ length: { days, unit } }: ClockRule, more: number): string {
  const noun = unit === 'years' ? 'years' : `${unit} days`;
  return more > 0 ? `${days} + ${more} ${noun}` : `${days} ${noun}`;
}

/** How many days a notice of unusual circumstances adds: none when it came after the last day, no more than the law allows in all. */
function extension(
  rule: ClockRule,
  start: Start,
  live: readonly LiveEntry[],
  base: Count,
  pools: Map<string, number>,
): { readonly days: number; readonly findings: readonly string[] } {
  const { extends: allowed } = rule;
  if (!allowed) return { days: 0, findings: [] };
  invariant(allowed.unit === rule.length.unit, 'an extension counts the same days as its clock');
  const notice = live.find(
    ({ event }) => event.kind === 'extended' && (event.stage ?? 'request') === allowed.stage && event.on >= start.on,
  );
  if (!notice) return { days: 0, findings: [] };
  const { on, days: claimed } = notice.event;
  if (base.due !== undefined && on > base.due)
    return {
      days: 0,
      findings: [
        `The notice of extension of ${on} came after the last day, ${base.due}: it moves nothing (${allowed.source}).`,
      ],
    };
  const left = allowed.days - (pools.get(allowed.pool) ?? 0);
  const days = Math.min(claimed ?? left, left);
  pools.set(allowed.pool, (pools.get(allowed.pool) ?? 0) + days);
  const findings = [
    `Extended by ${days} ${allowed.unit} days by the notice of ${on}, before the last day (${allowed.source}).`,
  ];
  if ((claimed ?? 0) > days)
    findings.push(
      `The notice claims ${claimed} days and the law allows ${days}: for more, the agency must let us narrow the request or agree on another time.`,
    );
  return { days, findings };
}

/** An alternative time that both sides agreed on moves the last day of the clock of the request. */
function agreement(
  rule: ClockRule,
  start: Start,
  live: readonly LiveEntry[],
  due: CalendarDate | undefined,
): { readonly until: CalendarDate; readonly line: CountedDay } | undefined {
  if (rule.extends?.stage !== 'request') return undefined;
  const agreed = live.findLast(({ event }) => event.kind === 'date_agreed' && event.on >= start.on);
  const until = agreed?.event.until;
  if (until === undefined || (due !== undefined && until <= due)) return undefined;
  const remark = `alternative time agreed on ${agreed?.event.on} (entry ${agreed?.seq})`;
  return { until, line: { date: until, weekday: weekdayOf(until), why: 'moved', remark } };
}

function cautions(
  { caution }: ClockRule,
  { live, regime, agency }: Matter,
  due: CalendarDate | undefined,
  state: ClockState,
): readonly string[] {
  if (!caution || due === undefined || (state !== 'running' && state !== 'missed')) return [];
  if (live.some(({ event }) => event.kind === caution.unless)) return [];
  const calendar = regime.calendar;
  const latest = countDays({ from: due, ...caution, calendar, agency: namesOf(agency), leaveOutClosings: true }).due;
  return [`${caution.says}: the last day would then be ${latest}.`];
}

/** Remedies are exhausted from the day after a missed last day, until the agency answers where the law says so; a suit filed in between keeps them so. */
function exhaustedBy(clock: Clock, { live, facts }: Matter, today: CalendarDate): Exhaustion | undefined {
  const { rule, state } = clock;
  const last = clock.cautious ?? clock.due;
  if (!rule.exhausts || last === undefined || state === 'met' || state === 'over' || today <= last) return undefined;
  const { source, revived_by } = rule.exhausts;
  const sued = live.find(({ event }) => event.kind === 'sued' && event.on > last)?.event.on;
  const answered = live.find(
    (entry) => entry.event.on > last && revived_by.some((trigger) => meets(trigger, entry, facts)),
  )?.event.on;
  const kept = sued !== undefined && (answered === undefined || sued <= answered);
  return {
    clock: clock.key,
    from: addDays(last, 1),
    endsWithAnswer: revived_by.length > 0,
    ...(answered === undefined || kept ? {} : { until: answered }),
    ...(kept ? { keptBySuit: sued } : {}),
    source,
  };
}
