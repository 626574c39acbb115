import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { DepartmentId } from '#core/domain/ids.ts';
import { epochMs } from '#core/domain/instant.ts';
import { type Principal, type Scope, scopes } from '#core/domain/principal.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';
import type { Clock, Tokens } from '#core/ports.ts';

const isScope = (word: string): word is Scope => (scopes as readonly string[]).includes(word);

/** Tokens already proved, so that a client's second request does not pay for the signature again. */
const rememberedTokens = 1000;

/** What an issuer's tokens must say, and where they say the department; `department` throws when a token speaks for two. */
export type TokenShape = {
  readonly must: Pick<JWTVerifyOptions, 'issuer' | 'audience' | 'requiredClaims'>;
  accepts(payload: JWTPayload): boolean;
  department(payload: JWTPayload): string | undefined;
};

/** Verifies RS256 access tokens: signature, issuer, audience and expiry. Any failure of the token is AUTH_INVALID, whatever the reason; keys that cannot be had are a fault. */
export function bearerTokens(keys: JWTVerifyGetKey, shape: TokenShape, clock: Clock): Tokens {
  const proved = new Map<string, { readonly principal: Principal; readonly expiresMs: number }>();

  async function open(token: string): Promise<Outcome<Principal>> {
    const { payload } = await jwtVerify(token, keys, {
      ...shape.must,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'client_id'],
      currentDate: new Date(clock.now()),
    });
    const { client_id: clientId, scope, exp = 0 } = payload;
    if (typeof clientId !== 'string' || typeof scope !== 'string' || !shape.accepts(payload))
      return refuse('AUTH_INVALID');
    const department = shape.department(payload);
    const principal: Principal = {
      clientId,
      scopes: scope.split(' ').filter(isScope),
      ...(department === undefined ? {} : { department: department as DepartmentId }),
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
        // The issuer did not answer: that says nothing of the token.
        if (cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid) throw cause;
        if (cause instanceof errors.JOSEError && cause.code !== 'ERR_JOSE_GENERIC') return refuse('AUTH_INVALID');
        throw cause;
      }
    },
  };
}
