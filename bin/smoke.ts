/** `npm run smoke -- --url URL`: whether a city that was deployed, or runs at home, does what it is for. See `--help`. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cityFolder } from './local/city-folder.ts';
import { type Credential, readCredentials } from './local/credentials.ts';
import { readArguments, usage } from './smoke/arguments.ts';
import { trialAtHome, trialInCloud } from './smoke/release-trial.ts';
import { type ClientOf, departmentOf, signIn } from './smoke/sender.ts';
import { smokeTest } from './smoke/smoke-test.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const now = () => new Date();

function fromEnvironment(): ClientOf {
  const { SMOKE_CLIENT_ID: id, SMOKE_CLIENT_SECRET: secret, SMOKE_API_KEY: apiKey } = process.env;
  if (!id || !secret) throw new Error('SMOKE_CLIENT_ID and SMOKE_CLIENT_SECRET name the client of a department');
  return { id, secret, ...(apiKey ? { apiKey } : {}) };
}

function atHome(data: string, wanted: (client: Credential) => boolean): ClientOf {
  const found = readCredentials(join(resolve(data), 'credentials.json')).find(wanted);
  if (!found) throw new Error('credentials.json has no client for the smoke test');
  return { id: found.client_id, secret: found.client_secret };
}

async function main(): Promise<void> {
  const read = readArguments(process.argv.slice(2));
  if ('help' in read) return console.log(usage);
  if ('wrong' in read) throw new Error(`${read.wrong}\n\n${usage}`);
  const { url, tokenUrl, data, releaseFunction } = read;
  const city = cityFolder(root, read.city);
  const holds = (department: string | undefined) => city.properties.find((one) => one.department === department);
  const client = data === undefined ? fromEnvironment() : atHome(data, (one) => holds(one.department) !== undefined);
  console.log(`  ${city.name}, ${url}`);
  const sender = await signIn(url, tokenUrl, client);
  console.log('  ok      a token is given');
  const property = holds(departmentOf(sender.token));
  if (!property) throw new Error('the client speaks for no department of this city that has a property');
  const officer = async () => {
    if (data === undefined) return trialInCloud(releaseFunction ?? '', now);
    const runs = atHome(data, ({ scopes }) => scopes.includes('releases/run'));
    return trialAtHome(await signIn(url, tokenUrl, runs));
  };
  const mark = now().toISOString().replaceAll(/[-:.]/g, '');
  await smokeTest({ sender, property, tryRelease: await officer(), now, mark, say: console.log });
}

main().catch((cause: unknown) => {
  console.error(`\n  ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
});
