/** The agency's own target dates in its own log (USDA APHIS, 2010 to 2012) against our count of federal working days. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CalendarDate, calendarDateOf, daysBetween } from '#core/domain/instant.ts';
import { clocksOf } from '#core/requests/clocks.ts';
import { countDays } from '#core/requests/count-days.ts';
import { dayKind } from '#core/requests/day-calendar.ts';
import { logOf } from '../../fixtures/matters.ts';
import { regimeNamed } from '../../fixtures/regimes.ts';

const path = '../shared/data/clock/usda-aphis-2010-2012.csv';
const absent = !existsSync(path);
if (absent) process.stdout.write('the clock is not held against the agency’s log: ../shared/data is not here\n');

const { calendar } = regimeNamed('us-foia');
const rule = regimeNamed('us-foia').clocks.find(({ id }) => id === 'determination');
const due = (from: CalendarDate, days: number, leaveOutClosings: boolean): CalendarDate | undefined =>
  countDays({ from, days, unit: 'working', calendar, agency: [], leaveOutClosings }).due;

/**
 * The classes in which a row falls, from the strongest agreement to the weakest. The first two are reproduced from the day of receipt. The next two are only possible: the log notes neither routing nor
 * extension, and any target of 21 to 40 working days falls in one of them.
 */
const classes = [
  'twenty working days from receipt',
  'the same, with a day left out on which offices were closed by executive order',
  'POSSIBLE: begun one to nine working days after receipt (routing), which the log does not note',
  'POSSIBLE: extended by ten working days, with or without routing, which the log does not note',
  'MISS: receipt counted as day one, nineteen working days',
  'MISS: target on a day that is no working day',
  'MISS: target on or before receipt (a year mistyped)',
  'MISS: shorter than the law gives',
  'MISS: longer than routing and extension allow (stopped, agreed, or kept for a date such as the end of the fiscal year)',
] as const;
type Class = (typeof classes)[number];

/** Which working day after receipt a day is, with closings left out; undefined when it is none of the first sixty. */
const numberOf = (received: CalendarDate, target: CalendarDate): number | undefined =>
  countDays({ from: received, days: 60, unit: 'working', calendar, agency: [], leaveOutClosings: true }).days.find(
    (one) => one.date === target,
  )?.number;

function classOf(received: CalendarDate, target: CalendarDate): Class {
  if (daysBetween(received, target) <= 0) return classes[6];
  if (due(received, 20, false) === target) return classes[0];
  const kind = dayKind(calendar, target, []).kind;
  if (kind === 'weekend' || kind === 'holiday') return classes[5];
  const days = numberOf(received, target);
  if (days === 20) return classes[1];
  if (days === 19) return classes[4];
  if (days === undefined || days > 40) return classes[8];
  return days < 20 ? classes[7] : days < 30 ? classes[2] : classes[3];
}

describe.skipIf(absent)('the federal clock against an agency’s own log', () => {
  const rows = absent
    ? []
    : readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').map((text) => calendarDateOf(text.trim())));
  const counts = new Map<Class, number>(classes.map((name) => [name, 0]));
  for (const [received, target] of rows) {
    if (!received || !target) continue;
    const name = classOf(received, target);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const share = (names: readonly Class[]) =>
    names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) / rows.length;

  it('counts the days that the rule of the regime counts', () => {
    expect(rule?.length).toEqual({ days: 20, unit: 'working' });
    expect(rule?.extends).toMatchObject({ days: 10, unit: 'working' });
  });

  it('reproduces three of four target dates from the day of receipt alone, leaves possible what the statute allows to 88 %, and puts every miss in a class', () => {
    for (const [name, count] of counts)
      process.stdout.write(
        `  ${String(count).padStart(5)}  ${((100 * count) / rows.length).toFixed(1).padStart(5)} %  ${name}\n`,
      );
    expect(rows).toHaveLength(1845);
    expect(share(classes.slice(0, 2))).toBeGreaterThanOrEqual(0.76);
    expect(share(classes.slice(0, 4))).toBeGreaterThanOrEqual(0.86);
    expect(Object.fromEntries(counts)).toEqual({
      [classes[0]]: 1349,
      [classes[1]]: 55,
      [classes[2]]: 107,
      [classes[3]]: 114,
      [classes[4]]: 34,
      [classes[5]]: 26,
      [classes[6]]: 9,
      [classes[7]]: 8,
      [classes[8]]: 143,
    });
  });

  /** How a request stood when the log was posted: open, or closed within the twenty days, after them, or before it came (mistyped). */
  const standingOf = (received: CalendarDate, closed: CalendarDate | undefined): string => {
    if (!closed) return 'open';
    if (closed < received) return 'mistyped';
    return closed <= (due(received, 20, false) ?? received) ? 'in time' : 'late';
  };
  const reproduced = (received: CalendarDate, target: CalendarDate) =>
    classes.slice(0, 2).includes(classOf(received, target));

  it('reproduces the targets of nine in ten requests that were closed within the twenty days, which nothing had the time to move', () => {
    const tally = new Map<string, { all: number; reproduced: number }>();
    for (const [received, target, closed] of rows) {
      if (!received || !target) continue;
      const standing = standingOf(received, closed);
      const counted = tally.get(standing) ?? { all: 0, reproduced: 0 };
      counted.all += 1;
      if (reproduced(received, target)) counted.reproduced += 1;
      tally.set(standing, counted);
    }
    for (const [standing, { all, reproduced }] of tally)
      process.stdout.write(`  ${standing}: ${reproduced} of ${all}, ${((100 * reproduced) / all).toFixed(1)} %\n`);
    const inTime = tally.get('in time');
    expect((inTime?.reproduced ?? 0) / (inTime?.all ?? 1)).toBeGreaterThanOrEqual(0.86);
    expect(Object.fromEntries(tally)).toEqual({
      'in time': { all: 537, reproduced: 481 },
      late: { all: 182, reproduced: 84 },
      open: { all: 1122, reproduced: 837 },
      mistyped: { all: 4, reproduced: 2 },
    });
  });

  it('cannot be reproduced better from the day of receipt: not by any rule, were it made for these very rows', () => {
    /** How many targets the best answer to each case would reproduce. */
    const best = (caseOf: (received: CalendarDate, closed: CalendarDate | undefined) => string): number => {
      const targets = new Map<string, Map<string, number>>();
      for (const [received, target, closed] of rows) {
        if (!received || !target) continue;
        const name = caseOf(received, closed);
        const counts = targets.get(name) ?? new Map<string, number>();
        counts.set(target, (counts.get(target) ?? 0) + 1);
        targets.set(name, counts);
      }
      return [...targets.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
    };
    // One free answer for each of 487 days, and then for each day and standing.
    expect(best((received) => received)).toBe(1484);
    expect(1484 / rows.length).toBeLessThan(0.81);
    expect(best((received, closed) => `${received} ${standingOf(received, closed)}`)).toBe(1585);
    expect(1585 / rows.length).toBeLessThan(0.86);
  });

  it('shows no heap of targets at thirty days: nothing in the log tells an extension from another delay', () => {
    const at = (days: number) =>
      rows.filter(([received, target]) => received && target && numberOf(received, target) === days);
    expect(at(30).length).toBeLessThan(at(34).length);
  });

  it('is what the clocks of a log give: received alone, and routed or extended as would be needed', () => {
    const federal = regimeNamed('us-foia');
    const clockOf = (received: CalendarDate, routed: number, extended: number) => {
      const arrival = routed > 0 ? due(received, routed, true) : undefined;
      const log = logOf([
        { kind: 'received', on: received },
        ...(arrival ? [{ kind: 'routed' as const, on: arrival }] : []),
        ...(extended > 0 ? [{ kind: 'extended' as const, on: arrival ?? received, days: extended }] : []),
      ]);
      const clock = clocksOf(log, federal, received).clocks.find((one) => one.rule.id === 'determination');
      return [clock?.due, clock?.cautious];
    };
    for (const [received, target] of rows) {
      if (!received || !target) continue;
      const at = classes.indexOf(classOf(received, target));
      if (at === 0) expect(clockOf(received, 0, 0)[0]).toBe(target);
      if (at === 1) expect(clockOf(received, 0, 0)[1]).toBe(target);
      if (at !== 2 && at !== 3) continue;
      const longer = (numberOf(received, target) ?? 20) - 20;
      const [routed, extended] = longer >= 10 ? [longer - 10, 10] : [longer, 0];
      expect(clockOf(received, routed, extended)).toContain(target);
    }
  });

  it('is not explained as well by any simpler rule', () => {
    const matching = (of: (received: CalendarDate) => CalendarDate | undefined) =>
      rows.filter(([received, target]) => received && of(received) === target).length;
    const withoutHolidays = { ...calendar, holidays: [], overrides: [] };
    const twenty = matching((received) => due(received, 20, false));
    expect(matching((from) => countDays({ from, days: 28, unit: 'calendar', calendar, agency: [] }).due)).toBeLessThan(
      twenty / 2,
    );
    expect(
      matching((from) => countDays({ from, days: 20, unit: 'working', calendar: withoutHolidays, agency: [] }).due),
    ).toBeLessThan(twenty / 2);
    expect(matching((received) => due(received, 30, false))).toBeLessThan(twenty / 20);
  });
});
