import * as z from 'zod';

const granted = z.object({ access_token: z.string() });
const timeoutMs = 5_000;

/** Asks the token endpoint of the user pool for a client's access token; undefined when it refuses the client. */
export const tokenEndpoint =
  (url: string) =>
  async (clientId: string, secret: string): Promise<string | undefined> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return granted.parse(await response.json()).access_token;
    await response.body?.cancel();
    if (response.status >= 500) throw new Error(`the token endpoint answers ${response.status}`);
    return undefined;
  };
