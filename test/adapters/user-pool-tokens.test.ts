import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { bearerTokens } from '#adapters/anywhere/bearer-tokens.ts';
import { userPoolTokens } from '#adapters/aws/tokens.ts';
import type { Instant } from '#core/domain/instant.ts';

const issuer = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_pool';
const clock = { now: () => '2026-03-02T10:00:00.000Z' as Instant };
const issuedAt = Date.parse(clock.now()) / 1000;
const pair = await generateKeyPair('RS256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'RS256' }] });

async function verify(claims: Readonly<Record<string, unknown>>) {
  const whole = { iss: issuer, token_use: 'access', client_id: 'c', iat: issuedAt, exp: issuedAt + 60, ...claims };
  const token = await new SignJWT(whole).setProtectedHeader({ alg: 'RS256' }).sign(pair.privateKey);
  return bearerTokens(keys, userPoolTokens(issuer), clock).verify(`Bearer ${token}`);
}

it.each(['department/fire', 'department-2/fire'])('takes the department from the scope %s', async (scope) => {
  const opened = await verify({ scope: `reports/submit ${scope}` });
  expect(opened).toEqual({
    ok: true,
    value: { clientId: 'c', scopes: ['reports/submit'], department: 'fire' },
  });
});

it('gives an office no department', async () => {
  expect(await verify({ scope: 'reports/pull' })).toEqual({
    ok: true,
    value: { clientId: 'c', scopes: ['reports/pull'] },
  });
});

it.each([
  ['an identity token', { scope: 'reports/pull', token_use: 'id' }],
  ['a token of another pool', { scope: 'reports/pull', iss: `${issuer}2` }],
  ['an expired token', { scope: 'reports/pull', exp: issuedAt - 1 }],
  ['a token for two departments', { scope: 'department/fire department/parks' }],
  ['a token without a scope', {}],
])('refuses %s', async (_, claims) => {
  expect(await verify(claims)).toMatchObject({ ok: false, problem: { code: 'AUTH_INVALID' } });
});
