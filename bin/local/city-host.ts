/**
 * The whole city in one process: the same functions that Lambda runs, on local adapters, behind one front door. This is the composition and nothing else.
 */
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { jsonLog } from '#adapters/anywhere/log.ts';
import { codeOf } from '#adapters/anywhere/software.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { typesetter as makeTypesetter } from '#adapters/anywhere/typesetter.ts';
import { auditTrail } from '#adapters/local/audit-trail.ts';
import { foiaFiles } from '#adapters/local/foia-files.ts';
import { localLake } from '#adapters/local/lake.ts';
import { outbox } from '#adapters/local/mail.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { receiptFeed } from '#adapters/local/receipt-feed.ts';
import { fileReleaseLedger } from '#adapters/local/release-ledger.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { requestLog } from '#adapters/local/request-log.ts';
import { sealedBundles } from '#adapters/local/sealed-bundles.ts';
import { localShelf } from '#adapters/local/shelf.ts';
import { openStore } from '#adapters/local/store.ts';
import { tokens as makeTokens } from '#adapters/local/tokens.ts';
import { unsealer } from '#adapters/local/unsealer.ts';
import type { City } from '#core/domain/city.ts';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { readRegimes } from '#core/requests/read-regimes.ts';
import { pullReports } from '#functions/pull-reports/pull-reports.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { recordLake } from '#functions/record-lake/record-lake.ts';
import { recordRegistry } from '#functions/record-registry/record-registry.ts';
import { runRelease } from '#functions/run-release/run-release.ts';
import { sealExhibit } from '#functions/seal-exhibit/seal-exhibit.ts';
import { sendReminders } from '#functions/send-reminders/send-reminders.ts';
import { showPortal } from '#functions/show-portal/show-portal.ts';
import { trackRequests } from '#functions/track-requests/track-requests.ts';
import { deployments, routes } from '#functions/triggers.ts';
import { type Credentials, ensureCredentials } from './credentials.ts';
import { FeedPump } from './feed-pump.ts';
import { frontDoor } from './http-host.ts';
import { intakeWorkers } from './intake-workers.ts';
import { issuer, tokenRules } from './issuer.ts';
import { releaseDesk } from './release-desk.ts';
import { eventAt, type Scheduled, type ScheduledEvent } from './schedule.ts';
import { secretKey } from './secret-key.ts';
import { threadedKeys } from './threaded-keys.ts';

export type CityHost = {
  readonly city: City;
  readonly door: Hono;
  readonly credentials: Credentials;
  readonly pump: FeedPump;
  readonly receiveFoia: ReturnType<typeof receiveFoia>;
  /** What a schedule starts, and a start of the city too. */
  readonly scheduled: Readonly<Record<Scheduled, (event: ScheduledEvent) => Promise<unknown>>>;
  readonly runRelease: ReturnType<typeof runRelease>;
  readonly sendReminders: ReturnType<typeof sendReminders>;
  readonly foia: ReturnType<typeof foiaFiles>;
  close(): Promise<void>;
};

const versionOf = (path: string): string => (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;

/** Opens the city under a data folder whose lock the caller holds. `root` is the folder the program ships in. */
export async function openCity(root: string, dataDir: string, city: City): Promise<CityHost> {
  mkdirSync(dataDir, { recursive: true });
  const logFile = createWriteStream(join(dataDir, 'city.log'), { flags: 'a', mode: 0o600 });
  const log = jsonLog((line) => logFile.write(`${line}\n`), clock);
  const local = openStore(dataDir);
  const master = await masterKey(dataDir, local);
  const credentials = ensureCredentials(dataDir, city);
  const authority = await issuer(credentials, join(dataDir, 'issuer.key'), clock, ids);
  const tokens = makeTokens(authority.keys, tokenRules, clock);

  const store = reportStore(local);
  const raw = rawObjects(local);
  const audit = auditTrail(local);
  const lake = localLake(join(dataDir, 'lake'));
  const engine = localQueryEngine(join(dataDir, 'lake'));
  const ledger = await fileReleaseLedger(join(dataDir, 'ledger'));
  const shelf = localShelf(dataDir);
  const foia = foiaFiles(dataDir);
  const keys = threadedKeys(Buffer.from(secretKey(join(dataDir, 'person.key'))));
  const assets = assetFiles(root);
  const typesetter = makeTypesetter(assets);
  const questions = await readQuestions(assets);
  const regimes = await readRegimes(assets);
  const requests = requestLog(local);
  const mail = outbox(dataDir);
  const code = await codeOf(assets);
  const software = `enforcement-activity-ledger ${versionOf(join(root, 'package.json'))}`;
  const versions = {
    'query engine': `duckdb ${versionOf(join(root, 'node_modules/@duckdb/node-api/package.json'))}`,
    typesetter: `typst.ts ${versionOf(join(root, 'node_modules/@myriaddreamin/typst-ts-node-compiler/package.json'))}`,
    lake: `hyparquet-writer ${versionOf(join(root, 'node_modules/hyparquet-writer/package.json'))}`,
  };
  const edge = { tokens, log };
  const intake = intakeWorkers({ dataDir, city, keys: authority.keys }, log);

  const apps = {
    'receive-reports': intake,
    'pull-reports': pullReports({ ...edge, store, unsealer: unsealer(local, master), audit, clock, ids, city }),
    'seal-exhibit': sealExhibit({
      ...edge,
      city,
      questions,
      ledger,
      shelf,
      sealed: sealedBundles(dataDir),
      engine,
      typesetter,
      assets,
      audit,
      clock,
      ids,
      versions,
      code,
    }),
    'track-requests': trackRequests({ ...edge, city, regimes, requests, audit, clock, ids }),
    'show-portal': showPortal({
      ...edge,
      store,
      raw,
      foia,
      requests,
      regimes,
      typesetter,
      shelf,
      ledger: { records: ledger.records },
      audit,
      assets,
      clock,
      ids,
      city,
      signIn: (clientId, secret) => signIn(authority.app, clientId, secret),
      openApi: () => openApiDocument(routes, city.properties[0]),
      checks: { store: async () => local.assertSound(), ledger: () => ledger.entries() },
    }),
  };
  const recordReceipts = recordLake({ raw, lake, city, log });
  const pump = new FeedPump(receiptFeed(local), recordReceipts);
  const release = runRelease({
    city,
    questions,
    assets,
    engine,
    ledger,
    shelf,
    mail,
    typesetter,
    solver: solver(assets),
    clock,
    log,
    software,
    code,
    sample: true,
    tieBreakKey: secretKey(join(dataDir, 'tie-break.key')),
  });
  const reminders = sendReminders({ city, regimes, requests, mail, log });
  const scheduled: CityHost['scheduled'] = {
    'record-registry': recordRegistry({ lake, city, clock, log }),
    'run-release': (event) => pump.drain().then(() => release(event)),
    'send-reminders': reminders,
  };
  for (const deployment of deployments) await scheduled[deployment.function](eventAt(new Date()));
  const home = new Hono();
  home.route('/', authority.app);
  home.route(
    '/',
    releaseDesk(edge, (event) => pump.drain().then(() => release(event))),
  );

  return {
    city,
    door: frontDoor(apps, home),
    credentials,
    pump,
    receiveFoia: receiveFoia({
      foia,
      lake,
      personKeys: keys.keysOf,
      clock,
      log,
    }),
    scheduled,
    runRelease: release,
    sendReminders: reminders,
    foia,
    close: async () => {
      await pump.stop();
      await intake.close();
      await keys.close();
      await local.close();
      await new Promise((done) => logFile.end(done));
    },
  };
}

/** Asks the token endpoint as any client would. */
async function signIn(app: Hono, clientId: string, secret: string): Promise<string | undefined> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const response = await app.request('/oauth2/token', { method: 'POST', body: form });
  if (!response.ok) return undefined;
  return ((await response.json()) as { access_token: string }).access_token;
}
