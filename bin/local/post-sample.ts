/** Posts the generated sample as the departments would: several at once, each with its own token, retries and mistakes included. */
import type { SampleSubmission } from '../sample/sample-weeks.ts';
import type { Client } from './client.ts';

export type Tally = {
  readonly reports: { received: number; accepted: number; refused: number; duplicates: number };
  readonly refusals: Map<string, number>;
};

/** How many departments talk at the same time. */
const concurrency = 12;

/**
 * Posts every submission; those of one department keep their order (a correction follows what it corrects). A replayed answer counts its rows as
 * duplicates: the system knew them already.
 */
export async function postSample(
  submissions: readonly SampleSubmission[],
  clientOf: (department: string) => Client,
  say: (text: string) => void,
): Promise<Tally> {
  const tally: Tally = { reports: { received: 0, accepted: 0, refused: 0, duplicates: 0 }, refusals: new Map() };
  const queues = new Map<string, SampleSubmission[]>();
  for (const submission of submissions)
    queues.set(submission.department, [...(queues.get(submission.department) ?? []), submission]);
  const waiting = [...queues.values()];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
      for (const submission of queue) {
        const { counts, codes, replayed } = await clientOf(submission.department).post(submission);
        tally.reports.received += counts.received;
        tally.reports.accepted += replayed ? 0 : counts.accepted;
        tally.reports.duplicates += counts.duplicates + (replayed ? counts.accepted : 0);
        tally.reports.refused += counts.refused;
        for (const code of codes) tally.refusals.set(code, (tally.refusals.get(code) ?? 0) + 1);
        say(`${++done} of ${submissions.length} requests, ${tally.reports.accepted} reports accepted`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  say(
    `${tally.reports.accepted} accepted, ${tally.reports.duplicates} known already, ${tally.reports.refused} refused`,
  );
  return tally;
}
