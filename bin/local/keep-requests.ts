/** Counsel's side of the wire, for the sample: opens the requests, writes their logs and links the files that were dropped. A second time everything stands already. */
import type { RequestEvent } from '#core/domain/request/request.ts';
import type { SampleRequest } from '../sample/sample-requests.ts';
import type { Client } from './client.ts';
import { StartError } from './start-error.ts';

async function write(client: Client, path: string, key: string, body: unknown): Promise<{ readonly id: string }> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await client.send('POST', path, headers, JSON.stringify(body));
  if (response.status === 403)
    throw new StartError(
      'credentials.json was made before requests for records were kept; remove it to have a new one made',
    );
  if (response.status !== 201) throw new StartError(`a sample request for records was refused (${response.status})`);
  return (await response.json()) as { id: string };
}

/** Answers how many requests stand. */
export async function keepRequests(
  client: Client,
  samples: readonly SampleRequest[],
  files: readonly { readonly sha256: string; readonly day: string }[],
): Promise<number> {
  for (const { key, facts, entries, takesFiles } of samples) {
    const { id } = await write(client, '/v1/requests', key, facts);
    const add = (entry: string, event: RequestEvent | object) =>
      write(client, `/v1/requests/${id}/entries`, `${key}-${entry}`, event);
    for (const { key: entry, event } of entries) await add(entry, event);
    if (takesFiles)
      for (const { sha256, day } of files)
        await add(`file-${sha256}`, { kind: 'file_linked', on: day, files: [sha256], items: [1] });
  }
  return samples.length;
}
