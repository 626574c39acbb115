/** The intake alone, served over HTTP in a process of its own: `tsx intake-desk.ts DATA_DIR` prints one line with its address and a token for each department. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { jsonLog } from '#adapters/anywhere/log.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { sealer } from '#adapters/local/sealer.ts';
import { openStore } from '#adapters/local/store.ts';
import { tokens } from '#adapters/local/tokens.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { receiveReports } from '#functions/receive-reports/receive-reports.ts';
import { ensureCredentials } from '../../bin/local/credentials.ts';
import { issuer, tokenRules } from '../../bin/local/issuer.ts';
import { fixtureCity } from '../fixtures/city.ts';

const dataDir = process.argv[2] ?? '';
mkdirSync(dataDir, { recursive: true });
const city = fixtureCity();
const store = openStore(dataDir);
const credentials = ensureCredentials(dataDir, city);
const authority = await issuer(credentials, join(dataDir, 'issuer.key'), clock, ids);
let lines = 0;
const app = receiveReports({
  tokens: tokens(authority.keys, tokenRules, clock),
  log: jsonLog(() => lines++, clock),
  store: reportStore(store),
  raw: rawObjects(store),
  sealer: sealer(store, await masterKey(dataDir, store)),
  clock,
  city: indexCity(city),
});

const bearer: Record<string, string> = {};
for (const { client_id, client_secret, department } of credentials) {
  if (department === undefined) continue;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const response = await authority.app.request('/oauth2/token', { method: 'POST', body });
  bearer[department] = ((await response.json()) as { access_token: string }).access_token;
}
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ port, bearer }));
});
