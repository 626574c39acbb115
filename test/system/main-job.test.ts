/** The main job end to end in a second, small city: over HTTP and the drop folder, twice on the same data. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockData } from '#adapters/local/data-lock.ts';
import { requestList, type TrackedRequest, trackedRequest } from '#core/domain/request/answers.ts';
import { type CityHost, openCity } from '../../bin/local/city-host.ts';
import { Client } from '../../bin/local/client.ts';
import type { LastRun } from '../../bin/local/closing-table.ts';
import { DropFolder } from '../../bin/local/drop-folder.ts';
import { listen } from '../../bin/local/http-host.ts';
import { type JobFacts, mainJob } from '../../bin/local/main-job.ts';
import { Progress } from '../../bin/local/progress.ts';
import { manifestFaults } from '../fixtures/checksums.ts';
import { fixtureCity } from '../fixtures/city.ts';

const data = mkdtempSync(join(tmpdir(), 'main-job-'));

/** The requests as counsel reads them over HTTP. */
async function keptRequests(host: CityHost, url: string): Promise<readonly TrackedRequest[]> {
  const credential = host.credentials.find(({ client_id }) => client_id === 'legal');
  if (!credential) throw new Error('counsel has a client');
  const client = new Client(url, credential);
  const { requests } = requestList.parse(await (await client.send('GET', '/v1/requests')).json());
  const all = requests.map(async ({ id }) =>
    trackedRequest.parse(await (await client.send('GET', `/v1/requests/${id}`)).json()),
  );
  return Promise.all(all);
}

async function runOnce(): Promise<JobFacts & { readonly kept: readonly TrackedRequest[] }> {
  const lock = lockData(data);
  if (!lock.held) throw new Error('the data folder is locked');
  const host = await openCity(process.cwd(), data, fixtureCity());
  const server = await listen(host.door, 0);
  const drops = new DropFolder(data, host.receiveFoia);
  try {
    const facts = await mainJob({
      host,
      drops,
      url: server.url,
      dataDir: data,
      foia: [],
      progress: new Progress(),
      incidents: 2500,
    });
    return { ...facts, kept: await keptRequests(host, server.url) };
  } finally {
    await drops.stop();
    await server.close();
    await host.close();
    lock.release();
  }
}

const filesUnder = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path).toString('base64')]),
  );

describe('the main job', () => {
  let first: LastRun;
  let second: LastRun;
  let published: Map<string, string>;
  let kept: { readonly first: readonly TrackedRequest[]; readonly second: readonly TrackedRequest[] };

  beforeAll(async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const once = await runOnce();
    first = once.run;
    published = filesUnder(join(data, 'shelf'));
    const dropped = join(data, 'drop', 'foia');
    const [name = ''] = readdirSync(dropped);
    copyFileSync(join(dropped, name), join(dropped, `again-${name}`));
    const twice = await runOnce();
    second = twice.run;
    kept = { first: once.kept, second: twice.kept };
    vi.restoreAllMocks();
  }, 120_000);
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('accounts for every report row', () => {
    const { received, accepted, refused, duplicates } = first.reports;
    expect(received).toBe(accepted + refused + duplicates);
    expect(accepted).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(5);
    expect(duplicates).toBeGreaterThan(5);
  });

  it('accounts for every row of the agency file', () => {
    expect(first.foia).toHaveLength(2);
    for (const { rows } of first.foia) {
      expect(rows.read).toBeGreaterThan(100);
      expect(rows.read).toBe(rows.accepted + rows.refused + rows.quarantined);
    }
  });

  it('accepts nothing new when started again, and releases and seals the same', () => {
    expect(second.reports.accepted).toBe(0);
    expect(second.reports.received).toBe(first.reports.received);
    expect(second.reports.duplicates).toBe(first.reports.accepted + first.reports.duplicates);
    const sums = ({ foia }: LastRun) => foia.map(({ sha256, rows }) => [sha256, rows]).sort();
    // The same bytes came under another name as well: one file with one sum.
    expect(sums(second)).toEqual(sums(first));
    expect(second.releases).toEqual(first.releases);
    expect(second.exhibits).toEqual(first.exhibits);
    expect(filesUnder(join(data, 'shelf'))).toEqual(published);
    // One entry for the release and one for the exhibit, however often the city is started.
    expect(readdirSync(join(data, 'ledger')).filter((name) => name.endsWith('.json'))).toHaveLength(2);
    const mails = readdirSync(join(data, 'outbox')).filter((name) => name.endsWith('.eml'));
    expect(mails.filter((name) => name.startsWith('briefing-'))).toHaveLength(1);
    // A run past midnight may find one more reminder due; none goes out twice.
    expect(mails.filter((name) => name.startsWith('reminder-'))).toHaveLength(
      first.requests.sent + second.requests.sent,
    );
  });

  it('keeps the four asks of the mayor as a sample, with the dropped file linked, and mails reminders once', () => {
    expect(first.requests.kept).toBe(2);
    expect(first.requests.sent).toBeGreaterThanOrEqual(1);
    expect(kept.first).toEqual(kept.second);
    const mayors = kept.second.find(({ facts }) => facts.items.length === 4);
    expect(mayors).toMatchObject({ sample: true, status: 'overdue', facts: { sample: true } });
    expect(mayors?.items[0]?.answers.flatMap(({ files }) => files)).toEqual(first.foia.map(({ sha256 }) => sha256));
    expect(mayors?.clocks.find(({ id }) => id === 'determination')?.state).toBe('missed');
  });

  it('puts exactly the published keys on the shelf', () => {
    const [release] = first.releases;
    const names = readdirSync(join(data, 'shelf', release?.id ?? '')).sort();
    const tables = (release?.tables ?? []).map(({ query }) => `${query}.csv`);
    expect(names).toEqual(
      ['briefing.es.html', 'briefing.html', 'briefing.pdf', 'datapackage.json', 'map.svg', ...tables].sort(),
    );
  });

  it('seals a bundle that sha256sum accepts', () => {
    const [exhibit] = first.exhibits;
    const folder = exhibit?.path ?? '';
    expect(existsSync(join(folder, 'exhibit.pdf'))).toBe(true);
    expect(manifestFaults(folder)).toEqual([]);
  });

  it('names no other city anywhere it publishes', () => {
    for (const [path, content] of published) {
      if (/\.(html|csv|json|svg)$/.test(path))
        expect(Buffer.from(content, 'base64').toString('utf8'), path).not.toContain(['Los', 'Angeles'].join(' '));
    }
  });

  it('writes no narrative into the log or the lake', () => {
    const log = readFileSync(join(data, 'city.log'), 'utf8');
    expect(log).not.toMatch(/narrative|Bearer|secret/);
  });
});
