/**
 * `npm run test:interface`: schemathesis reads the interface description of a city at home and sends it what the description allows and what it does not, as a department, as the legal
 * office and as nobody. A fault (5xx) or an answer that the description does not know ends it with 1. The seed is fixed; each client has a bounded time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cityFolder } from '../../bin/local/city-folder.ts';
import { openCity } from '../../bin/local/city-host.ts';
import { listen } from '../../bin/local/http-host.ts';
import { signIn } from '../../bin/smoke/sender.ts';
import { runTool, toolFolder } from '../cloud/python-tool.ts';
import { schemathesis } from './schemathesis.ts';

const secondsPerClient = 30;
const hooks = fileURLToPath(new URL('ndjson.py', import.meta.url));
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
const settings = [
  ['--checks', checks.join(',')],
  ['--phases', 'examples,coverage,fuzzing'],
  ['--seed', '4'],
  ['--max-examples', '20'],
  ['--max-time', String(secondsPerClient)],
  ['--generation-database', 'none'],
  ['--suppress-health-check', 'all'],
  ['--request-timeout', '20'],
  ['--output-truncate', 'true'],
  ['--warnings', 'off'],
].flat();

async function main(): Promise<number> {
  const tool = await toolFolder(schemathesis);
  const data = mkdtempSync(join(tmpdir(), 'interface-'));
  const city = await openCity(resolve('.'), data, cityFolder(resolve('.'), 'los-angeles'));
  const server = await listen(city.door, 0);
  let failed = 0;
  try {
    const clients = ['department', 'legal', undefined];
    for (const wanted of clients) {
      const client = city.credentials.find(({ client_id }) => wanted !== undefined && client_id.startsWith(wanted));
      const sender =
        client &&
        (await signIn(server.url, `${server.url}/oauth2/token`, {
          id: client.client_id,
          secret: client.client_secret,
        }));
      const header = sender ? ['--header', `Authorization: Bearer ${sender.token}`] : [];
      const since = performance.now();
      const { code, out, err } = await runTool(
        tool,
        'schemathesis',
        ['--no-color', 'run', `${server.url}/openapi.json`, ...settings, ...header],
        { cwd: data, env: { SCHEMATHESIS_HOOKS: hooks } },
      );
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      const cases = /(\d+) generated/.exec(out)?.[0] ?? 'no cases';
      console.log(
        `  schemathesis ${schemathesis.version} as ${client?.client_id ?? 'nobody'}: ${cases} in ${seconds} s`,
      );
      if (code !== 0 || cases === 'no cases') {
        failed += 1;
        console.log(out.slice(-20_000), err.slice(-2_000));
      }
    }
  } finally {
    await server.close();
    await city.close();
    rmSync(data, { recursive: true, force: true });
  }
  return failed > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    console.error(cause);
    process.exit(1);
  },
);
