/**
 * The OAuth2 token issuer of a city at home (RFC 6749 §4.4, client credentials). It exists only here: in the cloud the user pool issues the same claims.
 */
import { createHash, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { calculateJwkThumbprint, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { epochMs } from '#core/domain/instant.ts';
import type { Clock, Ids } from '#core/ports.ts';
import type { Credential, Credentials } from './credentials.ts';
import { keptFile } from './kept-file.ts';

/** What every token of this house says of itself. */
export const tokenRules = { issuer: 'urn:ledger:local-issuer', audience: 'urn:ledger:api' } as const;
const lifeSeconds = 3600;

export type Issuer = { readonly app: Hono; readonly keys: JSONWebKeySet };
type Asked = { readonly id: string; readonly secret: string };

/** The signing key, made at first use and kept in a file of mode 0600. */
function signingKey(keyFile: string): JWK {
  const make = () =>
    JSON.stringify(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }));
  return JSON.parse(keptFile(keyFile, make)) as JWK;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
/** Compares in constant time; an unknown client costs the same as a wrong secret. */
function isClient(client: Credential | undefined, asked: Asked): client is Credential {
  const same = timingSafeEqual(digest(asked.secret), digest(client?.client_secret ?? ''));
  return client !== undefined && same;
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined and base64 encoded. */
function basicClient(header: string): Asked | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    return { id: decode(id), secret: decode(secret) };
  } catch {
    return undefined;
  }
}

function refusal(context: Context, error: string, status: 400 | 401 | 413 = 400): Response {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="ledger", charset="UTF-8"' } : {};
  return context.json({ error }, status, { 'cache-control': 'no-store', pragma: 'no-cache', ...challenge });
}

/** An issuer for the given clients: `POST /oauth2/token` and `/.well-known/jwks.json`. */
export async function issuer(clients: Credentials, keyFile: string, clock: Clock, ids: Ids): Promise<Issuer> {
  const jwk = signingKey(keyFile);
  const { kty, n, e } = jwk;
  if (kty !== 'RSA' || n === undefined || e === undefined) throw new Error('the signing key file holds no RSA key');
  const publicKey = { kty, n, e, alg: 'RS256', use: 'sig' };
  const kid = await calculateJwkThumbprint(publicKey);
  const keys: JSONWebKeySet = { keys: [{ ...publicKey, kid }] };
  const privateKey = await importJWK(jwk, 'RS256');
  const byId = new Map(clients.map((client) => [client.client_id, client]));

  const app = new Hono();
  app.get('/.well-known/jwks.json', (context) => context.json(keys, 200, { 'cache-control': 'max-age=3600' }));
  app.post(
    '/oauth2/token',
    bodyLimit({ maxSize: 8192, onError: (context) => refusal(context, 'invalid_request', 413) }),
    async (context) => {
      const type = context.req.header('content-type') ?? '';
      if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return refusal(context, 'invalid_request');
      const form = new URLSearchParams(await context.req.text());
      for (const name of form.keys()) if (form.getAll(name).length > 1) return refusal(context, 'invalid_request');

      const header = context.req.header('authorization');
      const posted = form.get('client_id') !== null && form.get('client_secret') !== null;
      if (header !== undefined && form.get('client_secret') !== null) return refusal(context, 'invalid_request');
      const asked =
        header !== undefined
          ? basicClient(header)
          : posted
            ? { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' }
            : undefined;
      if (!asked) return refusal(context, 'invalid_client', 401);
      const client = byId.get(asked.id);
      if (!isClient(client, asked)) return refusal(context, 'invalid_client', 401);

      const grant = form.get('grant_type');
      if (grant === null) return refusal(context, 'invalid_request');
      if (grant !== 'client_credentials') return refusal(context, 'unsupported_grant_type');
      const wanted = form.get('scope')?.split(' ').filter(Boolean) ?? [];
      const held: readonly string[] = client.scopes;
      if (!wanted.every((scope) => held.includes(scope))) return refusal(context, 'invalid_scope');
      const scope = (wanted.length ? [...new Set(wanted)] : held).join(' ');

      const issuedAt = Math.floor(epochMs(clock.now()) / 1000);
      const token = await new SignJWT({
        client_id: client.client_id,
        scope,
        ...(client.department === undefined ? {} : { department: client.department }),
      })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
        .setSubject(client.client_id)
        .setIssuer(tokenRules.issuer)
        .setAudience(tokenRules.audience)
        .setJti(ids.random())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .sign(privateKey);
      return context.json({ access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, scope }, 200, {
        'cache-control': 'no-store',
        pragma: 'no-cache',
      });
    },
  );
  app.all('/oauth2/token', (context) => context.json({ error: 'invalid_request' }, 405, { allow: 'POST' }));
  return { app, keys };
}
