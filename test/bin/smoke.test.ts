import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CityHost, openCity } from '../../bin/local/city-host.ts';
import { type Listening, listen } from '../../bin/local/http-host.ts';
import { readArguments } from '../../bin/smoke/arguments.ts';
import { trialAtHome, trialInCloud } from '../../bin/smoke/release-trial.ts';
import { departmentOf, type Sender, signIn } from '../../bin/smoke/sender.ts';
import { smokeTest } from '../../bin/smoke/smoke-test.ts';
import { fixtureCity } from '../fixtures/city.ts';

const city = fixtureCity();
const data = mkdtempSync(join(tmpdir(), 'smoke-'));
let host: CityHost;
let server: Listening;
let sender: Sender;
let officer: Sender;

const clientOf = (id: string) => {
  const found = host.credentials.find(({ client_id }) => client_id === id);
  if (!found) throw new Error(`no client ${id}`);
  return { id, secret: found.client_secret };
};
const signInAs = (id: string) => signIn(server.url, `${server.url}/oauth2/token`, clientOf(id));
const listed = (folder: string) =>
  existsSync(join(data, folder))
    ? readdirSync(join(data, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

beforeAll(async () => {
  host = await openCity(process.cwd(), data, city);
  server = await listen(host.door, 0);
  sender = await signInAs('department-LIB');
  officer = await signInAs('privacy-officer');
});
afterAll(async () => {
  await server.close();
  await host.close();
  rmSync(data, { recursive: true, force: true });
});

const property = city.properties.find(({ department }) => department === 'LIB') ?? expect.fail();
const now = () => new Date();
const run = async (more: Partial<Parameters<typeof smokeTest>[0]> = {}) => {
  const lines: string[] = [];
  const mark = `T${lines.length}${performance.now().toString().replace('.', '')}`;
  const say = (line: string) => void lines.push(line);
  const ports = { sender, property, tryRelease: trialAtHome(officer), now, mark, say };
  const failed = await smokeTest({ ...ports, ...more }).then(
    () => undefined,
    (cause: Error) => cause.message,
  );
  return { lines, failed, mark };
};

describe('the smoke test on a city at home', () => {
  it('passes, and leaves a withdrawn report and nothing published', async () => {
    const { lines, failed, mark } = await run();
    expect(failed, lines.join('\n')).toBeUndefined();
    expect(lines.filter((line) => line.startsWith('  ok'))).toHaveLength(9);
    expect(lines.at(-1)).toContain(`SMOKE-${mark} is withdrawn`);
    for (const folder of ['ledger', 'shelf', 'outbox']) expect(listed(folder), folder).toEqual([]);
    // The log is a stream: a line may reach the disk after the answer.
    await vi.waitFor(() => expect(readFileSync(join(data, 'city.log'), 'utf8')).toContain('release:tried'));
  });

  it('withdraws what it sent even when a later step fails', async () => {
    const lost: Sender = {
      ...sender,
      send: (method, path, more) =>
        path.startsWith('/v1/submissions/')
          ? Promise.resolve({ status: 404, text: '{}', headers: new Headers({ 'content-type': 'application/json' }) })
          : sender.send(method, path, more),
    };
    const { lines, failed, mark } = await run({ sender: lost });
    expect(failed).toBe('answered 404  instead of 200');
    expect(lines.at(-1)).toContain('FAILED');
    const withdrawn = await sender.send('POST', '/v1/reports', { key: `smoke-${mark}-withdrawn`, body: {} });
    expect(JSON.parse(withdrawn.text)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('fails when the release would have been published', async () => {
    const published = { created: true, week: '2026-03-02', tables: [{ cells: { shown: 1, withheld: 0 } }] };
    expect((await run({ tryRelease: async () => published })).failed).toContain('dryRun');
  });

  it('tries the release for nobody who may not run it', async () => {
    await expect(trialAtHome(sender)()).rejects.toThrow('403');
  });
});

describe('the dry run in the cloud', () => {
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(programs, { recursive: true, force: true }));
  /** A program of the name `aws` that writes down what it was asked and answers this. */
  const aws = (answer: unknown) => {
    const path = join(programs, 'aws');
    const told = join(programs, 'told');
    writeFileSync(join(programs, 'answer'), JSON.stringify(answer));
    writeFileSync(
      path,
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${told}\nfor last; do :; done\ncp ${programs}/answer "$last"\n`,
    );
    chmodSync(path, 0o755);
    vi.stubEnv('PATH', `${programs}${delimiter}${process.env['PATH']}`);
    return () => readFileSync(told, 'utf8').split('\n');
  };

  it('calls the function once, under the name that only tries', async () => {
    const told = aws({ ok: true, value: { week: '2026-03-02' } });
    expect(await trialInCloud('pilot-run-release:dry-run', now)()).toEqual({ week: '2026-03-02' });
    expect(told()).toEqual(expect.arrayContaining(['lambda', 'invoke', 'pilot-run-release:dry-run']));
    expect(told().find((word) => word.startsWith('{'))).toContain('"dry_run":true');
  });

  it('says why a release was refused, and a fault as a fault', async () => {
    aws({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
    await expect(trialInCloud('f', now)()).rejects.toThrow('RELEASE_REFUSED');
    aws({ errorMessage: 'secret words', errorType: 'Error' });
    await expect(trialInCloud('f', now)()).rejects.toThrow(/^the function ended with a fault/);
  });
});

describe('the sender of the smoke test', () => {
  it('reads its department from the claim of home or the scope of the cloud', () => {
    const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
    expect(departmentOf(token({ department: 'LIB' }))).toBe('LIB');
    expect(departmentOf(token({ scope: 'reports/submit department-2/DPW reports/read-own' }))).toBe('DPW');
    expect(departmentOf(token({ scope: 'reports/pull' }))).toBeUndefined();
  });

  it('needs to be told where the release is tried', () => {
    expect(readArguments(['--url', 'http://localhost:8080/', '--data', '.local'])).toMatchObject({
      url: 'http://localhost:8080',
      tokenUrl: 'http://localhost:8080/oauth2/token',
    });
    expect(readArguments(['--url', 'http://localhost:8080'])).toHaveProperty('wrong');
    expect(readArguments(['--data', '.local'])).toHaveProperty('wrong');
  });
});
