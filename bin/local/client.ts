/** The departments' side of the wire, for the sample: OAuth2 client credentials, posts with an Idempotency-Key, retries when the answer is lost. */
import type { Credential } from './credentials.ts';

export type Posted = {
  readonly status: number;
  readonly replayed: boolean;
  readonly counts: {
    readonly received: number;
    readonly accepted: number;
    readonly duplicates: number;
    readonly refused: number;
  };
  readonly codes: readonly string[];
};

type Answer = {
  code?: string;
  counts?: Posted['counts'];
  errors?: { code: string; severity?: string; line?: number }[];
  reports?: { status: string; errors?: { code: string; severity?: string }[] }[];
};

const attemptsMax = 4;

export class Client {
  readonly #url: string;
  readonly #credential: Credential;
  #token: Promise<string> | undefined;

  constructor(url: string, credential: Credential) {
    this.#url = url;
    this.#credential = credential;
  }

  async #authorization(): Promise<string> {
    this.#token ??= this.#fetchToken();
    return `Bearer ${await this.#token}`;
  }

  async #fetchToken(): Promise<string> {
    const { client_id, client_secret } = this.#credential;
    const response = await fetch(`${this.#url}/oauth2/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
    return ((await response.json()) as { access_token: string }).access_token;
  }

  /** Sends a request with this client's token; a fault of the wire or a 5xx is tried again with the same key, an expired token is renewed once. */
  async send(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(`${this.#url}${path}`, {
          method,
          headers: { ...headers, authorization: await this.#authorization() },
          ...(body === undefined ? {} : { body }),
        });
        if (response.status === 401 && attempt === 1) this.#token = undefined;
        else if (response.status < 500 || attempt === attemptsMax) return response;
        await response.arrayBuffer();
      } catch (cause) {
        if (attempt === attemptsMax) throw cause;
      }
      await new Promise((done) => setTimeout(done, 50 * 2 ** attempt));
    }
  }

  async post(submission: { idempotencyKey: string; contentType: string; body: string; mode: string }): Promise<Posted> {
    const response = await this.send(
      'POST',
      `/v1/reports?mode=${submission.mode}`,
      { 'content-type': submission.contentType, 'idempotency-key': submission.idempotencyKey },
      submission.body,
    );
    const answer = (await response.json()) as Answer;
    const blocking = [
      ...(answer.errors ?? []),
      ...(answer.reports ?? []).filter(({ status }) => status === 'refused').flatMap(({ errors }) => errors ?? []),
    ];
    const codes = blocking.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
    const lines = new Set((answer.errors ?? []).map(({ line }) => line ?? 1));
    return {
      status: response.status,
      replayed: response.headers.get('idempotency-replayed') === 'true',
      counts: answer.counts ?? {
        received: Math.max(1, lines.size),
        accepted: 0,
        duplicates: 0,
        refused: Math.max(1, lines.size),
      },
      codes: codes.length || response.ok ? codes : [answer.code ?? String(response.status)],
    };
  }
}
