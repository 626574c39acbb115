import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lakeTableInput, lakeTableNames } from '../../../lib/constructs/lake-table.ts';
import { credentials, freshName, moto, region } from '../stand-in.ts';

const signature = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260302/${region}/glue/aws4_request, SignedHeaders=host, Signature=0`;

async function glue(action: string, body: unknown): Promise<unknown> {
  const response = await fetch(moto?.endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSGlue.${action}`,
      authorization: signature,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${text}`);
  return JSON.parse(text || '{}');
}

/** Glue's own names begin with a capital; the templates' do not. Names of parameters are not names of Glue. */
const inGluesWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inGluesWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      name === 'parameters' ? one : inGluesWords(one),
    ]),
  );
};

const table = z.object({
  Table: z.object({
    Parameters: z.record(z.string(), z.string()),
    PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.string() })),
    StorageDescriptor: z.object({
      Location: z.string(),
      Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
    }),
  }),
});

describe.skipIf(!moto)('the catalog', () => {
  it.each(lakeTableNames)('takes the table %s as the templates tell it, and gives it back', async (name) => {
    const DatabaseName = freshName('ledger').replaceAll('-', '_');
    await glue('CreateDatabase', { DatabaseInput: { Name: DatabaseName } });
    const told = lakeTableInput(name, 'lake');
    await glue('CreateTable', { DatabaseName, TableInput: inGluesWords(told) });
    const { Table } = table.parse(await glue('GetTable', { DatabaseName, Name: name }));
    expect(Table.Parameters).toEqual(told.parameters);
    expect(Table.PartitionKeys).toMatchObject(told.partitionKeys.map(({ name: Name, type: Type }) => ({ Name, Type })));
    expect(Table.StorageDescriptor.Location).toBe(told.storageDescriptor.location);
    expect(Table.StorageDescriptor.Columns).toMatchObject(
      told.storageDescriptor.columns.map(({ name: Name, type: Type }) => ({ Name, Type })),
    );
  });
});
