import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import type { DepartmentId } from '#core/domain/ids.ts';
import { epochMs } from '#core/domain/instant.ts';
import { type Principal, type Scope, scopes } from '#core/domain/principal.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';
import type { Clock, Tokens } from '#core/ports.ts';

/** What a token must say of itself; the issuer at home writes the same. */
export type TokenRules = { readonly issuer: string; readonly audience: string };

const isScope = (word: string): word is Scope => (scopes as readonly string[]).includes(word);

/** Tokens already proved, so that a client's second request does not pay for the signature again. */
const rememberedTokens = 1000;

/** Verifies RS256 access tokens against the issuer's public keys: signature, issuer, audience and expiry. Any failure is AUTH_INVALID, whatever the reason. */
export function tokens(keys: JSONWebKeySet, rules: TokenRules, clock: Clock): Tokens {
  const keySet = createLocalJWKSet(keys);
  const proved = new Map<string, { readonly principal: Principal; readonly expiresMs: number }>();

  async function open(token: string): Promise<Outcome<Principal>> {
    const { payload } = await jwtVerify(token, keySet, {
      ...rules,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'client_id'],
      currentDate: new Date(clock.now()),
    });
    const { client_id: clientId, department, scope, exp = 0 } = payload;
    if (typeof clientId !== 'string' || typeof scope !== 'string') return refuse('AUTH_INVALID');
    const principal: Principal = {
      clientId,
      scopes: scope.split(' ').filter(isScope),
      ...(typeof department === 'string' ? { department: department as DepartmentId } : {}),
    };
    if (proved.size >= rememberedTokens) proved.clear();
    proved.set(token, { principal, expiresMs: exp * 1000 });
    return accept(principal);
  }

  return {
    async verify(authorization) {
      if (authorization === undefined) return refuse('AUTH_MISSING');
      const token = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
      if (token === undefined) return refuse('AUTH_INVALID');
      const known = proved.get(token);
      if (known && epochMs(clock.now()) < known.expiresMs) return accept(known.principal);
      proved.delete(token);
      try {
        return await open(token);
      } catch (cause) {
        if (cause instanceof errors.JOSEError) return refuse('AUTH_INVALID');
        throw cause;
      }
    },
  };
}
