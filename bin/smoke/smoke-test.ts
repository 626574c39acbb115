/**
 * What a city's engineer runs after a deployment: one report goes in and is withdrawn again, and the release is tried. Nothing counts that was not counted before: the report is of today,
 * marked by its id, and withdrawn; a week is released only days after it ended. Receipts, versions and log lines of it stay, as of every report.
 */
import * as z from 'zod';
import type { Property } from '#core/domain/city.ts';
import { examplesAt } from '#core/domain/report/examples.ts';
import { receiptBody, storedReportBody } from '#core/domain/report/responses.ts';
import type { Answered, Sender } from './sender.ts';

export type SmokePorts = {
  readonly sender: Sender;
  readonly property: Property;
  /** Tries the release that is due and answers what would be published. */
  readonly tryRelease: () => Promise<unknown>;
  readonly now: () => Date;
  /** Names the report of this run. */
  readonly mark: string;
  readonly say: (line: string) => void;
};

const tried = z.object({
  dryRun: z.literal(true),
  created: z.literal(false),
  week: z.iso.date(),
  tables: z.array(z.object({ cells: z.object({ shown: z.int(), withheld: z.int() }) })).min(1),
});

/** Throws with the step and what was answered there, by status and problem code alone. */
function mustBe(status: number, answered: Answered): unknown {
  const body: unknown = /json/.test(answered.headers.get('content-type') ?? '') ? JSON.parse(answered.text) : undefined;
  if (answered.status === status) return body;
  const problem = z
    .object({ code: z.string(), errors: z.array(z.object({ code: z.string() })).default([]) })
    .safeParse(body);
  const codes = problem.success ? [problem.data.code, ...problem.data.errors.map(({ code }) => code)].join(' ') : '';
  throw new Error(`answered ${answered.status} ${codes} instead of ${status}`);
}

function reports(property: Property, mark: string, now: Date) {
  const at = (minutesAgo: number): string => new Date(now.getTime() - minutesAgo * 60_000).toISOString();
  const { minimal, withdraw } = examplesAt(property);
  const named = { local_report_id: `SMOKE-${mark}`, recorded_at: at(1) };
  return {
    create: { ...minimal, ...named, observed_from: at(10) },
    withdraw: { ...withdraw, ...named, expected_version: 1, change_reason: 'data_entry_error' },
  };
}

/** Runs every step in order and says each; throws at the first that fails, after withdrawing what it sent. */
export async function smokeTest({ sender, property, tryRelease, now, mark, say }: SmokePorts): Promise<void> {
  const since = performance.now();
  const step = async <Value>(name: string, run: () => Promise<Value>): Promise<Value> => {
    const began = performance.now();
    try {
      const value = await run();
      say(`  ok      ${name} (${Math.round(performance.now() - began)} ms)`);
      return value;
    } catch (cause) {
      say(`  FAILED  ${name}`);
      throw cause;
    }
  };
  const { send } = sender;
  const { create, withdraw } = reports(property, mark, now());
  const key = `smoke-${mark}`;

  await step('the service is ready', async () => mustBe(200, await send('GET', '/healthz')));
  await step('it says what its interface is', async () => {
    z.object({ openapi: z.literal('3.1.0') }).parse(mustBe(200, await send('GET', '/openapi.json')));
  });
  await step('a dry run answers the verdict', async () => {
    const answer = mustBe(200, await send('POST', '/v1/reports?dry_run=true', { body: create }));
    z.object({ dry_run: z.literal(true), counts: z.object({ accepted: z.literal(1) }) }).parse(answer);
  });

  let inside = false;
  let out = false;
  try {
    const taken = await step('a marked report is taken in', async () => {
      const answered = await send('POST', '/v1/reports', { key, body: create });
      const receipt = receiptBody.parse(mustBe(201, answered));
      inside = true;
      return { receipt, text: answered.text };
    });
    await step('sent again, it is answered with the same receipt', async () => {
      const again = await send('POST', '/v1/reports', { key, body: create });
      mustBe(201, again);
      if (again.text !== taken.text || again.headers.get('idempotency-replayed') !== 'true')
        throw new Error('the second answer is not the first');
    });
    await step('the receipt is read back', async () => {
      const read = await send('GET', `/v1/submissions/${taken.receipt.id}`);
      mustBe(200, read);
      if (read.text !== taken.text) throw new Error('what is read is not what was answered');
    });
    await step('the report is withdrawn', async () => {
      mustBe(201, await send('POST', '/v1/reports', { key: `${key}-withdrawn`, body: withdraw }));
      out = true;
    });
    await step('it stands as withdrawn', async () => {
      const report = storedReportBody.parse(mustBe(200, await send('GET', `/v1/reports/${taken.receipt.report_id}`)));
      if (report.operation !== 'withdraw' || report.versions.length !== 2) throw new Error('the report still counts');
    });
  } finally {
    if (inside && !out)
      await send('POST', '/v1/reports', { key: `${key}-withdrawn`, body: withdraw }).catch(() => undefined);
  }

  await step('the release that is due is tried, and not published', async () => {
    const { week, tables } = tried.parse(await tryRelease());
    const sum = (kind: 'shown' | 'withheld') => tables.reduce((cells, table) => cells + table.cells[kind], 0);
    say(`          week of ${week}: ${sum('shown')} cells would be shown and ${sum('withheld')} withheld`);
  });
  say(
    `  all steps passed in ${((performance.now() - since) / 1000).toFixed(1)} s; the report SMOKE-${mark} is withdrawn`,
  );
}
