import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { Clock, Tokens } from '#core/ports.ts';
import { bearerTokens } from '../anywhere/bearer-tokens.ts';

/** What a token must say of itself; the issuer at home writes the same. */
export type TokenRules = { readonly issuer: string; readonly audience: string };

/** Verifies access tokens against the public keys of the issuer at home; a claim says the department. */
export function tokens(keys: JSONWebKeySet, rules: TokenRules, clock: Clock): Tokens {
  const shape = {
    must: rules,
    accepts: () => true,
    department: ({ department }: { readonly department?: unknown }) =>
      typeof department === 'string' ? department : undefined,
  };
  return bearerTokens(createLocalJWKSet(keys), shape, clock);
}
