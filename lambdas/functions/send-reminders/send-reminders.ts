/**
 * Reminders of the deadlines of requests for records, once a day. A reminder is mailed under its own name, at most once per name, and then written down: a run that was
 * cut short is done again and doubles nothing.
 */
import * as z from 'zod';
import type { City } from '#core/domain/city.ts';
import { dateIn, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Log, Mail, RequestLog } from '#core/ports.ts';
import { readRequests } from '#core/requests/read-requests.ts';
import { type Regime, regimesOf } from '#core/requests/regime.ts';
import { reminderMessage } from '#core/requests/reminder-message.ts';
import { remindersDue } from '#core/requests/reminders.ts';

export type SendRemindersPorts = {
  readonly city: City;
  readonly regimes: readonly Regime[];
  readonly requests: RequestLog;
  readonly mail: Mail;
  readonly log: Log;
};

/** What EventBridge Scheduler passes: the time the run was due, never the time it ran. */
const scheduledRun = z.object({ scheduled_time: z.string() });

export type Reminded = { readonly requests: number; readonly sent: number; readonly passedOver: number };

/** Sends what is due on the day of the scheduled time, in the zone of each law. A reminder that fails is a fault and is tried again with the run. */
export const sendReminders =
  ({ city, regimes, requests, mail, log }: SendRemindersPorts) =>
  async (event: unknown): Promise<Reminded> => {
    const at = instantOf(scheduledRun.parse(event).scheduled_time);
    invariant(at, 'the scheduler names the time the run was due');
    const views = await readRequests(requests, regimesOf(city, regimes), at);
    let sent = 0;
    let passedOver = 0;
    for (const view of views) {
      const written = new Set((await requests.reminders(view.id)).map(({ key }) => key));
      const today = dateIn(at, view.regime.zone);
      for (const { clock, send, passOver } of remindersDue(view, today, written)) {
        const note = (outcome: 'sent' | 'passed over') => (reminder: typeof send) =>
          requests.writeReminder({ ...reminder, at, outcome });
        for (const reminder of passOver) await note('passed over')(reminder);
        await mail.send(reminderMessage(city, view, clock, send, { today, at }));
        await note('sent')(send);
        sent += 1;
        passedOver += passOver.length;
      }
    }
    log.info('reminders:sent', { requests: views.length, sent, passed_over: passedOver });
    return { requests: views.length, sent, passedOver };
  };
