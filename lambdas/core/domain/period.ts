import type { CalendarDate } from './instant.ts';
import { daysBetween } from './instant.ts';
import { monthOfWeek, type Week, weekPlus, weeksFrom } from './week.ts';

/** Weeks from the first to the last, both included. */
export type Window = { readonly from: Week; readonly to: Week };

/** How far back the weekly series reads: six periods. */
const seriesWeeks = 24;

/** Maps and cross tables count whole periods of four weeks that never overlap, so that no two of them can be subtracted. */
const periodWeeks = 4;

/** The Monday from which periods are counted for ever. */
const firstPeriod = '2024-01-01' as CalendarDate as Week;

export const seriesEnding = (week: Week): Window => ({ from: weekPlus(week, 1 - seriesWeeks), to: week });

/** The last period that is over when `week` is over. */
export function periodCompletedBy(week: Week): Window {
  const weeks = daysBetween(firstPeriod, week) / 7 + 1;
  const to = weekPlus(firstPeriod, Math.floor(weeks / periodWeeks) * periodWeeks - 1);
  return { from: weekPlus(to, 1 - periodWeeks), to };
}

/** How far back what agencies released is compared with what the city saw: every week released alone is asked for alone, so that more would make a release slow. */
const comparedMonths = 6;

/** The months of whole weeks that lie in a window from their first week to their last, the latest six of them; undefined when none does. */
export function wholeMonthsIn({ from, to }: Window): Window | undefined {
  const weeks = weeksFrom(from, to);
  const first = weeks.find((week) => monthOfWeek(weekPlus(week, -1)) !== monthOfWeek(week));
  const last = weeks.findLast((week) => monthOfWeek(weekPlus(week, 1)) !== monthOfWeek(week));
  if (!first || !last || first > last) return undefined;
  const months = [...new Set(weeksFrom(first, last).map(monthOfWeek))].slice(-comparedMonths);
  return { from: weeksFrom(first, last).find((week) => monthOfWeek(week) === months[0]) ?? first, to: last };
}
