/** Which reminders a deadline has, and which of them are due: some working days before it, on it, and after it while it is not met (docs/METHODS.md §8). */
import type { CalendarDate } from '../domain/instant.ts';
import type { Reminder } from '../domain/request/reminder.ts';
import type { Clock } from './clocks.ts';
import { workingDaysFrom } from './count-days.ts';
import { namesOf } from './regime.ts';
import type { RequestView } from './status.ts';

/** Every reminder of a clock with a last day, in order. */
function remindersOf(view: RequestView, clock: Clock): readonly Reminder[] {
  const { due, cautious, rule } = clock;
  if (due === undefined) return [];
  const { before, after } = rule.remind ?? view.regime.remind;
  const day = (from: CalendarDate, days: number) =>
    workingDaysFrom(view.regime.calendar, namesOf(view.agency), from, days);
  const reminder = (place: string, on: CalendarDate): Reminder => ({
    key: `reminder-${view.id}-${clock.key}-${due}-${place}`,
    request: view.id,
    clock: clock.key,
    due,
    place,
    day: on,
  });
  return [
    ...[...before].sort((a, b) => b - a).map((days) => reminder(`before-${days}`, day(due, -days))),
    reminder('on', due),
    ...[...after].sort((a, b) => a - b).map((days) => reminder(`after-${days}`, day(cautious ?? due, days))),
  ];
}

const waits = ({ state }: Clock): boolean => state === 'running' || state === 'missed';

/** Those of a clock whose day has come and that are not yet written down, in order. */
const dueOf = (view: RequestView, clock: Clock, today: CalendarDate, written: ReadonlySet<string>) =>
  remindersOf(view, clock).filter(({ key, day }) => day <= today && !written.has(key));

/** What is due by a day and not yet written down: for each clock the latest goes out, and the ones before it are passed over. */
export function remindersDue(
  view: RequestView,
  today: CalendarDate,
  written: ReadonlySet<string>,
): readonly { readonly clock: Clock; readonly send: Reminder; readonly passOver: readonly Reminder[] }[] {
  return view.clocks.clocks.filter(waits).flatMap((clock) => {
    const due = dueOf(view, clock, today, written);
    const send = due.at(-1);
    return send ? [{ clock, send, passOver: due.slice(0, -1) }] : [];
  });
}

/** What is still to come on a clock that runs: the one that is due and not yet written down, which goes out with the next mail, and those of later days. */
export function remindersAhead(
  view: RequestView,
  clock: Clock,
  today: CalendarDate,
  written: ReadonlySet<string>,
): readonly Reminder[] {
  if (!waits(clock)) return [];
  const later = remindersOf(view, clock).filter(({ day }) => day > today);
  return [...dueOf(view, clock, today, written).slice(-1), ...later];
}
