/** The user pool, as far as a function sees it: public keys at an address, and tokens signed with the key that belongs to them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type Issuer = {
  readonly url: string;
  /** The `authorization` of a client with these scopes. */
  bearer(client: string, ...scopes: readonly string[]): Promise<string>;
  stop(): void;
};

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] });
  const server = createServer((request, response) => {
    const isKeys = request.url === '/.well-known/jwks.json';
    response.writeHead(isKeys ? 200 : 404, { 'content-type': 'application/json' }).end(isKeys ? keys : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async bearer(client, ...scopes) {
      const token = new SignJWT({ token_use: 'access', client_id: client, scope: scopes.join(' ') });
      const signed = await token
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(url)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
      return `Bearer ${signed}`;
    },
    stop: () => server.close(),
  };
}
