/** Asks Trino by its HTTP protocol: a statement is posted, and its answer is read page by page until no page names a next one. */
import * as z from 'zod';

/** Thrown when Trino refuses or fails a statement; the message is Trino's own. */
class TrinoError extends Error {
  override name = 'TrinoError';
}

type TrinoAnswer = {
  readonly id: string;
  /** Types as Trino writes them, such as `varchar(7)` or `timestamp(3)`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as JSON: times and days as text, numbers as numbers. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
};
export type TrinoClient = (sql: string) => Promise<TrinoAnswer>;

const page = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).optional(),
  error: z.object({ errorName: z.string(), message: z.string() }).optional(),
});

const busyMs = 100;

/** Speaks to the server under the URL, with a catalog and a schema that names without one are looked up in, in UTC as Athena does. */
export function trinoClient(url: string, session: { readonly catalog: string; readonly schema?: string }): TrinoClient {
  const headers = {
    'X-Trino-User': 'ledger',
    'X-Trino-Catalog': session.catalog,
    'X-Trino-Time-Zone': 'UTC',
    ...(session.schema === undefined ? {} : { 'X-Trino-Schema': session.schema }),
  };
  /** 502 to 504 mean that the server is busy and that the same request is to be made again. */
  async function look(at: string, how: RequestInit): Promise<z.infer<typeof page>> {
    for (;;) {
      const answered = await fetch(at, how);
      if (answered.ok) return page.parse(await answered.json());
      if (answered.status < 502 || answered.status > 504)
        throw new TrinoError(`${answered.status} ${await answered.text()}`);
      await new Promise((resolve) => setTimeout(resolve, busyMs));
    }
  }
  return async (sql) => {
    let columns: TrinoAnswer['columns'] = [];
    const rows: TrinoAnswer['rows'][number][] = [];
    let at = await look(`${url}/v1/statement`, { method: 'POST', headers, body: sql });
    for (;;) {
      if (at.error) throw new TrinoError(`${at.error.errorName}: ${at.error.message}`);
      columns = at.columns ?? columns;
      rows.push(...(at.data ?? []));
      if (at.nextUri === undefined) return { id: at.id, columns, rows };
      at = await look(at.nextUri, { headers });
    }
  };
}
