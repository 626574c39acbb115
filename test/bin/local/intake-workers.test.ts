import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { receiptFeed } from '#adapters/local/receipt-feed.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { openStore } from '#adapters/local/store.ts';
import { unsealer } from '#adapters/local/unsealer.ts';
import { readReportId } from '#core/domain/ids.ts';
import type { Log } from '#core/ports.ts';
import { ensureCredentials } from '../../../bin/local/credentials.ts';
import { intakeWorkers } from '../../../bin/local/intake-workers.ts';
import { issuer } from '../../../bin/local/issuer.ts';
import { emptyHome } from '../../adapters/local-home.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { goodReport } from '../../fixtures/reports.ts';

/** Two threads of the intake on an empty folder, and the store as the rest of the city sees it. */
async function home() {
  const dataDir = emptyHome();
  const city = fixtureCity();
  const store = openStore(dataDir);
  const master = await masterKey(dataDir, store);
  const clients = ensureCredentials(dataDir, city);
  const authority = await issuer(clients, join(dataDir, 'issuer.key'), clock, ids);
  const client = clients.find(({ department }) => department === 'LIB');
  const form = { client_id: client?.client_id ?? '', client_secret: client?.client_secret ?? '' };
  const asked = new URLSearchParams({ grant_type: 'client_credentials', ...form });
  const granted = await authority.app.request('/oauth2/token', { method: 'POST', body: asked });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const ended: string[] = [];
  const quiet = () => undefined;
  const log: Log = { info: quiet, warn: quiet, error: (event) => ended.push(event) };
  const intake = intakeWorkers({ dataDir, city, keys: authority.keys }, log);
  onTestFinished(async () => {
    await intake.close();
    await store.close();
  });
  const post = async (key: string, body: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
    // Small requests wait together in one thread: so large that each fills a thread, twins and rivals meet in different ones.
    const request = { method: 'POST', body: JSON.stringify(body).padEnd(70_000), headers };
    const response = await intake.fetch(new Request('http://localhost/v1/reports', request));
    const text = await response.text();
    const answer = JSON.parse(text) as { id: string; report_id: string; received_at: string; version: number };
    return { status: response.status, replayed: response.headers.get('idempotency-replayed'), text, ...answer };
  };
  return { store, post, intake, ended, open: unsealer(store, master) };
}

const shown = (id: string) => {
  const reportId = readReportId(id);
  if (!reportId) throw new Error('not the id of a report');
  return reportId;
};

it('stores twins and rivals that reach different threads at once exactly one time', async () => {
  const { store, post, open } = await home();
  const reports = reportStore(store);
  for (let round = 0; round < 15; round++) {
    const report = goodReport(`twin-${round}`, { narrative: 'A van stood at the dock.' });
    const twins = await Promise.all(Array.from({ length: 6 }, () => post(`twin-${round}`, report)));
    expect(twins.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201));
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    expect(twins.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    const [twin] = twins;
    const versions = await reports.versions(shown(twin?.report_id ?? ''));
    expect(versions).toHaveLength(1);
    for (const { version } of versions)
      expect(await open.unseal(version.reportId, 1, version.sealed)).toMatchObject({
        narrative: 'A van stood at the dock.',
      });

    const rival = (agents: number) =>
      goodReport(`twin-${round}`, {
        operation: 'correct',
        expected_version: 1,
        change_reason: 'data_entry_error',
        agents_count: { min: agents, max: agents },
      });
    const rivals = await Promise.all([2, 3, 4, 5].map((agents) => post(`rival-${round}-${agents}`, rival(agents))));
    expect(rivals.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412]);
    expect(await reports.versions(shown(twin?.report_id ?? ''))).toHaveLength(2);
  }
  const feed = await receiptFeed(store).read(0, 100);
  expect(feed.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toEqual(feed.map((_, at) => String(at + 1)));
  const times = feed.map(({ dynamodb }) => dynamodb?.NewImage?.['received_at']?.S ?? '');
  expect(times).toEqual(times.toSorted());
  expect(feed).toHaveLength(30);
});

it('rejects what a thread was doing when it ended, lets another follow, and stores the retry once', async () => {
  const { store, post, intake, ended } = await home();
  await post('first', goodReport('a'));
  const cut = Promise.allSettled(Array.from({ length: 8 }, (_, at) => post(`cut-${at}`, goodReport(`cut-${at}`))));
  await intake.kill();
  for (const one of await cut) if (one.status === 'fulfilled') expect(one.value.status).toBe(201);
  expect(ended).toContain('intake:ended');
  await expect
    .poll(
      () =>
        post('cut-0', goodReport('cut-0')).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(201);
  const again = await Promise.all(Array.from({ length: 8 }, (_, at) => post(`cut-${at}`, goodReport(`cut-${at}`))));
  expect(again.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  expect(await receiptFeed(store).read(0, 100)).toHaveLength(9);
}, 40_000);
