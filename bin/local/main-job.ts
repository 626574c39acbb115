/**
 * The main job as a city's people would do it: departments post over HTTP, a file is dropped, the schedule fires, counsel seals an exhibit. Everything goes
 * through the front door or the drop folder; nothing here reaches around the functions.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import { dateIn, instantOf } from '#core/domain/instant.ts';
import { type Week, weekIn, weekPlus } from '#core/domain/week.ts';
import { sampleWorkbook } from '../sample/foia-workbook.ts';
import { iceArrestsWorkbook } from '../sample/ice-arrests-workbook.ts';
import { sampleRequests } from '../sample/sample-requests.ts';
import { sampleWeeks } from '../sample/sample-weeks.ts';
import type { CityHost } from './city-host.ts';
import { Client } from './client.ts';
import type { LastRun } from './closing-table.ts';
import type { DropFolder } from './drop-folder.ts';
import { keepRequests } from './keep-requests.ts';
import { keptFile } from './kept-file.ts';
import { postSample } from './post-sample.ts';
import type { Progress } from './progress.ts';
import { eventAt } from './schedule.ts';
import { StartError } from './start-error.ts';

export type Job = {
  readonly host: CityHost;
  readonly drops: DropFolder;
  readonly url: string;
  readonly dataDir: string;
  readonly foia: readonly string[];
  readonly progress: Progress;
  /** How many incidents the sample has; the generator's own number when left out. */
  readonly incidents?: number;
};
export type JobFacts = {
  readonly run: LastRun;
  readonly refusals: ReadonlyMap<string, number>;
  readonly foiaReasons: ReadonlyMap<string, number>;
  readonly foiaRefusals: ReadonlyMap<string, string>;
};

const sampleName = (of: string): string => `sample-${of}-generated-not-an-agency-record.xlsx`;
const sampleSeed = 'sample-1';
const sampleWeeksCount = 26;

/** The last week of the sample: fixed at the first start, so that a later start posts the very same reports. */
function sampleAnchor(dataDir: string, timeZone: string): Week {
  const make = () => {
    const lastWeek = weekPlus(weekIn(instantOf(Date.now()) ?? fail(), timeZone), -1);
    return `${JSON.stringify({ note: 'generated sample, not real reports', last_week: lastWeek, weeks: sampleWeeksCount, seed: sampleSeed })}\n`;
  };
  return (JSON.parse(keptFile(join(dataDir, 'sample.json'), make)) as { last_week: Week }).last_week;
}

function fail(): never {
  throw new Error('the clock of this machine cannot be read');
}

export async function mainJob({ host, drops, url, dataDir, foia, progress, incidents }: Job): Promise<JobFacts> {
  const clients = new Map<string, Client>();
  for (const credential of host.credentials)
    clients.set(credential.department ?? credential.client_id, new Client(url, credential));
  const clientOf = (name: string): Client => {
    const client = clients.get(name);
    if (!client) throw new StartError(`credentials.json has no client for ${name}`);
    return client;
  };
  const lastWeek = sampleAnchor(dataDir, host.city.timeZone);

  const tally = await progress.step('reports', 'Departments post 26 weeks (sample)', (say) =>
    postSample(
      sampleWeeks(host.city, {
        seed: sampleSeed,
        lastWeek,
        weeks: sampleWeeksCount,
        ...(incidents === undefined ? {} : { incidents }),
      }),
      clientOf,
      say,
    ),
  );

  const taken = await progress.step('foia', 'FOIA files are dropped and read', async (say) => {
    // A file that is offered again, under another name or with what a person ordered of it, is one file with one sum.
    const custodies = new Map<string, FoiaCustody>();
    const drain = async () => {
      for (const custody of await drops.drain(say)) custodies.set(custody.sha256, custody);
    };
    for (const file of foia) {
      await drops.put(file);
      await drain();
    }
    if (foia.length === 0) {
      await drops.putBytes(sampleName('border-patrol'), await sampleWorkbook(lastWeek));
      const { aor } = host.city.foiaAreas;
      if (aor !== undefined) await drops.putBytes(sampleName('ice'), await iceArrestsWorkbook(lastWeek, aor));
      await drain();
    }
    const files = [...custodies.values()];
    const sum = (name: 'read' | 'accepted') => files.reduce((rows, custody) => rows + custody.rows[name], 0);
    const unread = files.filter(({ status }) => status === 'refused').length;
    say(
      `${sum('accepted')} of ${sum('read')} rows accepted${unread > 0 ? `, ${unread} of ${files.length} files not read` : ''}`,
    );
    return files;
  });

  const requests = await progress.step('requests', 'Counsel keeps requests, reminders go out', async (say) => {
    const files = taken.map(({ sha256, receivedAt }) => ({ sha256, day: dateIn(receivedAt, host.city.timeZone) }));
    const kept = await keepRequests(clientOf('legal'), sampleRequests(host.city, lastWeek), files);
    const { sent } = await host.sendReminders(eventAt(new Date()));
    say(`${kept} requests (sample), ${sent} reminders sent now`);
    return { kept, sent };
  });

  await progress.step('lake', 'Receipts reach the lake', () => host.pump.drain());

  const release = await progress.step('release', 'The weekly release is made', async (say) => {
    const outcome = await host.runRelease(eventAt(new Date()));
    if (!outcome.ok)
      throw new StartError(
        `the release was refused (${outcome.problem.code})${outcome.problem.detail ? `: ${outcome.problem.detail}` : ''}`,
      );
    say(`${outcome.value.id}${outcome.value.created ? '' : ' stood already'}`);
    return outcome.value;
  });

  const exhibit = await progress.step('exhibit', 'Counsel seals an exhibit', async (say) => {
    const response = await clientOf('legal').send(
      'POST',
      '/v1/exhibits',
      { 'content-type': 'application/json' },
      JSON.stringify({
        release_id: release.id,
        query: 'incidents_by_week_and_area_v1',
        label: 'A',
        matter: 'SAMPLE-0001',
        purpose: 'Sample exhibit of the main job',
      }),
    );
    if (response.status !== 201) throw new StartError(`the exhibit was refused (${response.status})`);
    const { id, path } = (await response.json()) as { id: string; path: string };
    say(id);
    return { id, path };
  });

  const foiaReasons = new Map<string, number>();
  for (const { sheets } of taken)
    for (const { reasons } of sheets)
      for (const [reason, count] of Object.entries(reasons))
        foiaReasons.set(reason, (foiaReasons.get(reason) ?? 0) + count);
  const foiaRefusals = new Map(taken.flatMap(({ sha256, reason }) => (reason === undefined ? [] : [[sha256, reason]])));
  const run: LastRun = {
    steps: progress.steps,
    reports: tally.reports,
    foia: taken.map(({ names, sha256, rows }) => ({ file: names.at(-1) ?? '', sha256, rows })),
    releases: [{ id: release.id, tables: release.tables }],
    exhibits: [exhibit],
    requests,
  };
  writeFileSync(join(dataDir, 'last-run.json'), `${JSON.stringify(run, null, 2)}\n`);
  return { run, refusals: tally.refusals, foiaReasons, foiaRefusals };
}
