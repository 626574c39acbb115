import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Clock, Tokens } from '#core/ports.ts';
import { bearerTokens, type TokenShape } from '../anywhere/bearer-tokens.ts';

/** `department/<id>`, or `department-2/<id>` where a city has more than a resource server can hold. */
const departmentScope = /^department(?:-[0-9]+)?\/(.+)$/;

function departmentsIn({ scope }: JWTPayload): readonly string[] {
  const words = typeof scope === 'string' ? scope.split(' ') : [];
  return words.flatMap((word) => departmentScope.exec(word)?.[1] ?? []);
}

/** Access tokens of the user pool: no audience, `token_use` access, the department as a scope that only its own client holds. A token for two departments is for none. */
export function userPoolTokens(issuer: string): TokenShape {
  return {
    must: { issuer },
    accepts: (payload) => payload['token_use'] === 'access' && departmentsIn(payload).length <= 1,
    department: (payload) => departmentsIn(payload)[0],
  };
}

/** Verifies access tokens against the public keys of the user pool, which are fetched at first use, kept, and fetched again when an unknown key appears. */
export function tokens(issuer: string, clock: Clock): Tokens {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  // Made at first use: making it loads the whole of `fetch`, which a function needs to fetch the keys and not to start.
  const keyOf: JWTVerifyGetKey = (header, token) => {
    keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: 30_000,
      cacheMaxAge: 3_600_000,
    });
    return keys(header, token);
  };
  return bearerTokens(keyOf, userPoolTokens(issuer), clock);
}
