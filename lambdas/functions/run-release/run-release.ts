/**
 * The weekly release, from the schedule to the mail (docs/METHODS.md §2). Every step can be repeated: the ledger is the point of no return, and what
 * follows it is rendered from the ledger's entry alone, so a run that died after it is finished by the next.
 */
import * as z from 'zod';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { type Released, release, reopen } from '#core/disclosure/release.ts';
import { type Usefulness, usefulnessOf } from '#core/disclosure/usefulness.ts';
import type { City } from '#core/domain/city.ts';
import type { ReleaseId, Sha256 } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Solver } from '#core/domain/linear-program.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';
import { latestReleasableWeek, type Week } from '#core/domain/week.ts';
import type { Question } from '#core/lake/question.ts';
import type { Assets, Clock, Log, Mail, QueryEngine, ReleaseLedger, Shelf, Typesetter } from '#core/ports.ts';
import { briefingFiles } from '#core/reports/briefing-files.ts';
import { briefingMessage } from '#core/reports/briefing-message.ts';
import { briefingsOf } from '#core/reports/briefing-model.ts';
import { dryRun } from '../triggers.ts';
import { askTables } from './ask-tables.ts';

export type RunReleasePorts = {
  readonly city: City;
  readonly questions: readonly Question[];
  readonly assets: Assets;
  readonly engine: QueryEngine;
  readonly ledger: ReleaseLedger;
  readonly shelf: Shelf;
  readonly mail: Mail;
  readonly typesetter: Typesetter;
  readonly clock: Clock;
  readonly log: Log;
  /** Name and version of the program, as it stands in every release. */
  readonly software: string;
  /** The hash of the code that decides. */
  readonly code: Sha256;
  /** Set where the reports are generated ones. */
  readonly sample?: true;
  /** Starts what decides in the audit where whole-number steps alone do not; asked when there is something to release. */
  readonly solver: () => Promise<Solver>;
  /** A secret that decides between equally good complements, so that knowing the program does not tell which cell was small. */
  readonly tieBreakKey: string;
};

/** What EventBridge Scheduler passes: the time the run was due, never the time it ran. */
const scheduledRun = z.object({
  scheduled_time: z.string(),
  execution_id: z.string(),
  /** Everything but the ledger, the shelf and the mail. */
  dry_run: z.boolean().default(false),
});
/** What Lambda says of the call; who may only call the alias can only try. */
type Call = { readonly invokedFunctionArn?: string };

export type ReleaseSummary = {
  readonly id: ReleaseId;
  readonly week: Week;
  readonly created: boolean;
  /** Decided and not published: nothing stands anywhere of it but a line in the log. */
  readonly dryRun?: true;
  readonly tables: readonly Usefulness[];
};

const policyPath = 'lambdas/core/disclosure/policy.json';

/**
 * Runs the release that is due at the scheduled time: the latest week whose lag is over. The same week is released once; running again answers the same release.
 * With `dry_run`, or called as the alias of that name, it decides all the same and publishes nothing: no entry, no file, no mail.
 * Refuses with RELEASE_REFUSED when the policy is missing or disclosure control cannot certify; faults throw.
 */
export const runRelease =
  (ports: RunReleasePorts) =>
  async (event: unknown, call: Call = {}): Promise<Outcome<ReleaseSummary>> => {
    const asked = scheduledRun.parse(event);
    const tried = asked.dry_run || call.invokedFunctionArn?.endsWith(`:${dryRun.alias}`) === true;
    const due = instantOf(asked.scheduled_time);
    invariant(due, 'the scheduler names the time the run was due');
    const policyText = await ports.assets.text(policyPath).catch(() => undefined);
    const policy = parsePolicy(policyText, ports.city.disclosure);
    if (!policy.ok) return policy;
    const week = latestReleasableWeek(due, ports.city.timeZone, policy.value.lagDays);
    const id = `${tried ? 'dry-run' : 'week'}-${week}` as ReleaseId;

    const entries = await ports.ledger.entries();
    const standing = entries.find((entry) => entry.content.id === id);
    if (standing) return accept(await publish(ports, openEntry(entries, standing), false));

    const proven = entries.findLast(({ certificate }) => certificate !== undefined);
    const lastCertificate = proven && (await ports.ledger.certificate(proven));
    const { tables, recount } = await askTables(ports, { week, asOf: due, entries });
    const decided = release({
      id,
      city: ports.city,
      week,
      asOf: due,
      approvedAt: ports.clock.now(),
      software: ports.software,
      code: ports.code,
      ...(ports.sample ? { sample: ports.sample } : {}),
      policyText: policyText ?? '',
      channel: 'briefing',
      tables,
      ...(recount ? { recount } : {}),
      ledger: entries,
      ...(lastCertificate === undefined ? {} : { lastCertificate }),
      solver: await ports.solver(),
      tieBreakKey: ports.tieBreakKey,
    });
    if (!decided.ok) {
      ports.log.warn('release:refused', { release: id });
      return decided;
    }
    if (tried) {
      ports.log.info('release:tried', { release: id });
      return accept({ ...summaryOf(decided.value.released, false), dryRun: true });
    }
    // Another run may have appended in between; the scheduler delivers at least once.
    if (!(await ports.ledger.append(decided.value.entry, decided.value.certificate)))
      return refuse('RELEASE_REFUSED', { detail: 'another release was appended in between; run again' });
    ports.log.info('release:approved', { release: id, seq: decided.value.entry.seq });
    // Rendered from the entry as it is stored, now and whenever it is rendered again.
    return accept(await publish(ports, openEntry(await ports.ledger.entries(), decided.value.entry), true));
  };

function openEntry(entries: readonly LedgerEntry[], { seq }: LedgerEntry): Released {
  const stored = entries.find((entry) => entry.seq === seq);
  invariant(stored, 'an appended entry stands in the ledger');
  return reopen(stored, entries.find((entry) => entry.seq === seq - 1)?.hash);
}

/** Puts on the shelf and into the mail what is not there yet. What stands on the shelf is not rendered again: a later version of the program may draw it otherwise. */
async function publish(ports: RunReleasePorts, released: Released, created: boolean): Promise<ReleaseSummary> {
  const { city, questions, assets, typesetter, shelf, mail } = ports;
  const standing = (await shelf.releases()).some(({ id }) => id === released.id);
  const briefings = briefingsOf(released, city, questions);
  if (!standing)
    await shelf.place(released, await briefingFiles(released, { city, questions, briefings, assets, typesetter }));
  const pdf = await shelf.read(`${released.id}/briefing.pdf`);
  invariant(pdf, 'a release on the shelf has its PDF');
  const files = new Map([['briefing.pdf', pdf]]);
  for (const message of briefingMessage(released, { city, briefings, files })) await mail.send(message);
  ports.log.info('release:published', { release: released.id, rendered: !standing });
  return summaryOf(released, created);
}

function summaryOf(released: Released, created: boolean): ReleaseSummary {
  return {
    id: released.id,
    week: released.week,
    created,
    tables: released.tables.map(usefulnessOf),
  };
}
