/**
 * A year of the sample city in one go: reports come in week after week, and every Monday the weekly release is made by the function that makes it, beside all
 * releases before it. Nothing is posted over HTTP; the lake, the ledger, the shelf and the outbox are those of `npm start`.
 */
import { join } from 'node:path';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { codeOf } from '#adapters/anywhere/software.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import { localLake } from '#adapters/local/lake.ts';
import { outbox } from '#adapters/local/mail.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { fileReleaseLedger } from '#adapters/local/release-ledger.ts';
import { localShelf } from '#adapters/local/shelf.ts';
import type { City } from '#core/domain/city.ts';
import { addDays, type Instant, instantOf } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { partitionOf } from '#core/lake/partition.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import type { Log } from '#core/ports.ts';
import { recordRegistry } from '#functions/record-registry/record-registry.ts';
import { type ReleaseSummary, runRelease } from '#functions/run-release/run-release.ts';
import { sampleRows } from './sample-rows.ts';

export type YearOptions = {
  /** The folder the program ships in, and an empty or new folder for the data. */
  readonly root: string;
  readonly dataDir: string;
  readonly city: City;
  readonly seed: string;
  /** The week that the last release covers. */
  readonly lastWeek: Week;
  readonly releases: number;
  /** About how many incidents a week; about 460 unless told, as in the sample of `npm start`. */
  readonly incidentsPerWeek?: number;
  readonly tieBreakKey: string;
};

/** How far back the first release looks, and how long a week waits before it is released. */
const weeksBefore = 24;
const weeksOfLag = 3;

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Makes the releases one after another and says each as it stands. Throws when one is refused, with the reason. */
export async function* yearOfReleases(options: YearOptions): AsyncGenerator<ReleaseSummary> {
  const { root, dataDir, city, seed, lastWeek, releases, incidentsPerWeek = 460, tieBreakKey } = options;
  const lake = localLake(join(dataDir, 'lake'));
  const lastPosted = weekPlus(lastWeek, weeksOfLag - 1);
  const weeks = weeksBefore + releases + weeksOfLag - 1;
  const first = weekPlus(lastPosted, 1 - weeks);
  await recordRegistry({ lake, city, clock: { now: () => morningOf(first) }, log: silent })();
  const posted = sampleRows(city, { seed, lastWeek: lastPosted, weeks, incidents: incidentsPerWeek * weeks });
  for (const [week, { receivedAt, rows }] of posted)
    if (rows.length) await lake.append('report_versions', { partition: partitionOf(receivedAt), name: week }, rows);

  const assets = assetFiles(root);
  let due = morningOf(lastPosted);
  const run = runRelease({
    city,
    questions: await readQuestions(assets),
    assets,
    engine: localQueryEngine(join(dataDir, 'lake')),
    ledger: await fileReleaseLedger(join(dataDir, 'ledger')),
    shelf: localShelf(dataDir),
    mail: outbox(dataDir),
    typesetter: typesetter(assets),
    solver: solver(assets),
    clock: { now: () => due },
    log: silent,
    software: 'enforcement-activity-ledger, a year of the sample',
    code: await codeOf(assets),
    sample: true,
    tieBreakKey,
  });
  for (let at = releases - 1; at >= 0; at--) {
    due = morningOf(weekPlus(lastPosted, -at));
    const outcome = await run({ scheduled_time: due, execution_id: `sample-${due}` });
    if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.detail}`);
    yield outcome.value;
  }
}

/** The Monday after a week, when departments have posted. */
function morningOf(week: Week): Instant {
  const instant = instantOf(`${addDays(week, 7)}T18:00:00.000Z`);
  if (!instant) throw new Error('a week has a Monday after it');
  return instant;
}
