/** Ticks the schedules of the trigger list in the city's zone, as EventBridge Scheduler does: the event names the time that was due. */
import { Cron } from 'croner';
import { schedules } from '#functions/triggers.ts';

/** The functions that a schedule starts. */
export type Scheduled = (typeof schedules)[number]['function'];
export type ScheduledEvent = { readonly scheduled_time: string; readonly execution_id: string };

/** `cron(min hour dom month dow year)` of EventBridge as five fields: the year is always `*` here, `?` means any day. */
const fiveFields = (expression: string): string =>
  expression.slice('cron('.length, -1).split(' ').slice(0, 5).join(' ').replaceAll('?', '*');

/** The minute a run was due: a job starts a few milliseconds after it. */
const dueMinute = (started: Date): Date => new Date(Math.floor(started.getTime() / 60_000) * 60_000);

export const eventAt = (due: Date): ScheduledEvent => ({
  scheduled_time: due.toISOString(),
  execution_id: `local-${due.getTime()}`,
});

/** Starts every schedule; a run that is still going is not started twice. Answers the way to stop. */
export function startSchedules(
  timeZone: string,
  run: (started: Scheduled, event: ScheduledEvent) => Promise<unknown>,
): () => void {
  const jobs = schedules.map(
    ({ function: started, cron }) =>
      new Cron(fiveFields(cron), { timezone: timeZone, protect: true }, async (job: Cron) => {
        await run(started, eventAt(dueMinute(job.currentRun() ?? new Date())));
      }),
  );
  return () => {
    for (const job of jobs) job.stop();
  };
}
