/**
 * The city as `npm start` serves it, in a process of its own: `tsx intake-desk.ts DATA_DIR` prints one line with its address and a token for each
 * department. Its feed stands still: what the lake does with new reports has a figure of its own.
 */
import { fileURLToPath } from 'node:url';
import { openCity } from '../../bin/local/city-host.ts';
import { listen } from '../../bin/local/http-host.ts';
import { fixtureCity } from '../fixtures/city.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const host = await openCity(root, process.argv[2] ?? '', fixtureCity());

const bearer: Record<string, string> = {};
for (const { client_id, client_secret, department } of host.credentials) {
  if (department === undefined) continue;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const response = await host.door.request('/oauth2/token', { method: 'POST', body });
  bearer[department] = ((await response.json()) as { access_token: string }).access_token;
}
const server = await listen(host.door, 0);
process.once('SIGTERM', () => void server.close().then(() => host.close()));
console.log(JSON.stringify({ port: Number(new URL(server.url).port), bearer }));
