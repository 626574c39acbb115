import { addDays } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import type { CreateReport } from './incident-facts.ts';
import { epochOf, localTime } from './local-time.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayOfWeek = { 0: 16, 1: 17, 2: 17, 3: 16, 4: 15, 5: 11, 6: 8 };
const hourOfDay = {
  5: 3,
  6: 8,
  7: 10,
  8: 10,
  9: 10,
  10: 9,
  11: 8,
  12: 7,
  13: 7,
  14: 7,
  15: 6,
  16: 5,
  17: 4,
  18: 3,
  19: 2,
  20: 1,
  22: 1,
};

export type IncidentTimes = {
  readonly from: number;
  readonly recorded: number;
  readonly late: boolean;
  readonly fields: Pick<CreateReport, 'observed_from' | 'observed_to' | 'time_precision' | 'recorded_at'>;
};

/** When the week ends on the clocks of the city: Monday, midnight. */
export const weekEnd = (week: Week, timeZone: string): number => epochOf(weekPlus(week, 1), 0, timeZone);

/** When an incident of the week was seen and written down; about one in thirty is written down late. Nothing is written down after `last`. */
export function incidentTimes(random: Random, week: Week, timeZone: string, last: number): IncidentTimes {
  const precision = random.weighted({
    exact: 35,
    within_15_min: 32,
    within_hour: 16,
    part_of_day: 9,
    date_only: 6,
    unknown: 2,
  });
  const date = addDays(week, Number(random.weighted(dayOfWeek)));
  const wholeHour = 60 * Number(random.weighted(hourOfDay));
  const dayOnly = precision === 'date_only' || precision === 'unknown';
  const at = dayOnly ? 0 : precision === 'part_of_day' ? wholeHour : wholeHour + random.whole(1, 59);
  const from = epochOf(date, at, timeZone);
  const to = !dayOnly && random.chance(0.5) ? from + random.whole(4, 150) * minute : undefined;
  const end = to ?? (dayOnly ? from + 24 * hour : from);
  const wait = random.chance(0.033) ? random.whole(26, 150) * hour : random.whole(15, 14 * 60) * minute;
  const recorded = Math.max(Math.min(end + wait, last - minute), to ?? from);
  return {
    from,
    recorded,
    late: recorded - end > 24 * hour,
    fields: {
      observed_from: localTime(from, timeZone),
      ...(to === undefined ? {} : { observed_to: localTime(to, timeZone) }),
      time_precision: precision,
      recorded_at: localTime(recorded, timeZone),
    },
  };
}
