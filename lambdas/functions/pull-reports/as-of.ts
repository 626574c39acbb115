import { addDays, type CalendarDate, calendarDateOf, dateIn, type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';

const halfDayMs = 14 * 3_600_000;

/** The last millisecond of a day in a zone; days of 23 and 25 hours end where the zone says they end. */
function endOfDay(date: CalendarDate, timeZone: string): Instant {
  const next = addDays(date, 1);
  let before = Date.parse(next) - halfDayMs;
  let after = Date.parse(next) + halfDayMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const at = instantOf(middle);
    invariant(at, 'whole milliseconds are a moment');
    if (dateIn(at, timeZone) < next) before = middle;
    else after = middle;
  }
  const end = instantOf(before);
  invariant(end, 'whole milliseconds are a moment');
  return end;
}

/**
 * The moment up to which versions count: an RFC 3339 time, the end of a day in the city's zone (or now, when that day is today), or now.
 * Refuses what lies in the future, because its answer would not be the same tomorrow.
 */
export function readAsOf(text: string | undefined, now: Instant, timeZone: string): Outcome<Instant> {
  if (text === undefined) return accept(now);
  const date = calendarDateOf(text);
  if (date) {
    const today = dateIn(now, timeZone);
    if (date > today) return refuse('PARAMETER_INVALID', { detail: 'as_of lies in the future' });
    return accept(date === today ? now : endOfDay(date, timeZone));
  }
  const at = instantOf(text);
  if (!at) return refuse('PARAMETER_INVALID', { detail: 'as_of is neither an RFC 3339 time nor a date' });
  return at > now ? refuse('PARAMETER_INVALID', { detail: 'as_of lies in the future' }) : accept(at);
}
