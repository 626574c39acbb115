import type { RequestId } from '../ids.ts';
import type { CalendarDate, Instant } from '../instant.ts';

/** One reminder of one deadline of a request for records. */
export type Reminder = {
  /** Names it for ever: request, clock, last day and place. Another last day is another reminder. */
  readonly key: string;
  readonly request: RequestId;
  readonly clock: string;
  readonly due: CalendarDate;
  /** `before-5`, `on`, `after-1`: how many working days from the last day. */
  readonly place: string;
  /** The day on which it goes out. */
  readonly day: CalendarDate;
};

/** What became of a reminder, written once. passed over: a later one of the same deadline was due as well, and went out instead. */
export type ReminderRecord = Reminder & { readonly at: Instant; readonly outcome: 'sent' | 'passed over' };
