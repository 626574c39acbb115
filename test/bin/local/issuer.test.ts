import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { ids } from '#adapters/anywhere/ids.ts';
import { tokens } from '#adapters/local/tokens.ts';
import type { Instant } from '#core/domain/instant.ts';
import { ensureCredentials } from '../../../bin/local/credentials.ts';
import { issuer, tokenRules } from '../../../bin/local/issuer.ts';
import { emptyHome } from '../../adapters/local-home.ts';
import { fixtureCity } from '../../fixtures/city.ts';

async function office() {
  const dataDir = emptyHome();
  let at = '2026-03-02T17:00:00.000Z' as Instant;
  const clock = { now: () => at };
  const credentials = ensureCredentials(dataDir, fixtureCity());
  const authority = await issuer(credentials, join(dataDir, 'issuer.key'), clock, ids);
  const library = credentials.find(({ department }) => department === 'LIB');
  if (!library) throw new Error('the library is a department');
  const ask = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await authority.app.request('/oauth2/token', {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, string>,
    };
  };
  const { client_id, client_secret } = library;
  return {
    dataDir,
    credentials,
    ask,
    form: { grant_type: 'client_credentials', client_id, client_secret },
    verifier: tokens(authority.keys, tokenRules, clock),
    wait: (to: string) => {
      at = to as Instant;
    },
  };
}

it('makes the clients of a city once, for the owner to read only', async () => {
  const { dataDir, credentials } = await office();
  const path = join(dataDir, 'credentials.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(ensureCredentials(dataDir, fixtureCity())).toEqual(credentials);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(credentials);
  expect(credentials).toHaveLength(fixtureCity().departments.length + 3);
});

it('issues a token that opens to its client, department and scopes, until it expires', async () => {
  const { ask, form, verifier, wait } = await office();
  const { status, headers, body } = await ask(form);
  expect([status, body['token_type'], headers.get('cache-control')]).toEqual([200, 'Bearer', 'no-store']);
  const bearer = `Bearer ${body['access_token']}`;
  const principal = { clientId: form.client_id, department: 'LIB', scopes: ['reports/submit', 'reports/read-own'] };
  expect(await verifier.verify(bearer)).toEqual({ ok: true, value: principal });
  expect(await verifier.verify(bearer)).toEqual({ ok: true, value: principal });
  wait('2026-03-02T18:00:00.000Z');
  expect(await verifier.verify(bearer)).toMatchObject({ ok: false, problem: { code: 'AUTH_INVALID' } });
});

it('takes HTTP Basic too, and narrows the scope when asked', async () => {
  const { ask, form } = await office();
  const basic = Buffer.from(`${form.client_id}:${form.client_secret}`).toString('base64');
  const asked = { grant_type: 'client_credentials', scope: 'reports/read-own' };
  const { status, body } = await ask(asked, { authorization: `Basic ${basic}` });
  expect([status, body['scope']]).toEqual([200, 'reports/read-own']);
});

it.each([
  [401, 'invalid_client', { client_secret: 'wrong' }],
  [401, 'invalid_client', { client_id: 'nobody' }],
  [400, 'unsupported_grant_type', { grant_type: 'password' }],
  [400, 'invalid_scope', { scope: 'reports/pull' }],
])('answers %s %s as RFC 6749 says', async (status, error, change) => {
  const { ask, form } = await office();
  const answer = await ask({ ...form, ...change });
  expect([answer.status, answer.body['error']]).toEqual([status, error]);
});

it('lets no forged, foreign or unsigned token through', async () => {
  const { verifier } = await office();
  const claims = { client_id: 'x', scope: 'reports/pull' };
  const symmetric = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(tokenRules.issuer)
    .setAudience(tokenRules.audience)
    .setExpirationTime('1h')
    .sign(new Uint8Array(32));
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'none' })}.${part({ ...claims, ...tokenRules, exp: 9_999_999_999 })}.`;
  const other = await office();
  const foreign = (await other.ask(other.form)).body['access_token'] ?? '';
  for (const token of [symmetric, unsigned, foreign, 'x', ''])
    expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({ ok: false, problem: { code: 'AUTH_INVALID' } });
  expect(await verifier.verify(undefined)).toMatchObject({ ok: false, problem: { code: 'AUTH_MISSING' } });
});
