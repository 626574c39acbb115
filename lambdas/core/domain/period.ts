import type { CalendarDate } from './instant.ts';
import { daysBetween } from './instant.ts';
import { type Week, weekPlus } from './week.ts';

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
