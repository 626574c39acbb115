/** One client of the interface, as the smoke test uses it: a token first, then requests that are not tried again, because the first answer is what counts. */
import * as z from 'zod';

export type ClientOf = { readonly id: string; readonly secret: string; readonly apiKey?: string };
export type Answered = { readonly status: number; readonly text: string; readonly headers: Headers };
export type Sender = {
  readonly token: string;
  send(
    method: 'GET' | 'POST',
    path: string,
    more?: { readonly key?: string; readonly body?: unknown },
  ): Promise<Answered>;
};

/** How long one answer may take; the gateway gives up before. */
const patienceMs = 60_000;
const tokenAnswer = z.object({ access_token: z.string().min(1) });

/** Asks for a token. Throws when none is given; what was answered is not repeated. */
export async function signIn(url: string, tokenUrl: string, client: ClientOf): Promise<Sender> {
  const basic = [client.id, client.secret].map(encodeURIComponent).join(':');
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status} to ${client.id}`);
  const { access_token: token } = tokenAnswer.parse(await response.json());
  return {
    token,
    async send(method, path, { key, body } = {}) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(client.apiKey === undefined ? {} : { 'x-api-key': client.apiKey }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patienceMs),
      });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
  };
}

const claims = z.object({ department: z.string().optional(), scope: z.string().default('') });

/** The department a token speaks for: its claim at home, a scope `department/<id>` in the cloud. Read, not verified: the token is our own. */
export function departmentOf(token: string): string | undefined {
  const [, payload = ''] = token.split('.');
  const { department, scope } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return department ?? /(?:^| )department(?:-\d+)?\/(\S+)/.exec(scope)?.[1];
}
