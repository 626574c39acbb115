import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { dynamodb, freshName, reach } from '../stand-in.ts';

export const client = new DynamoDBClient({ ...quickClient, ...reach(dynamodb) });

const key = (hash: string, range: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** A table with the key `pk`, `sk`, as all tables of the house have it, and the indexes named. */
export async function freshTable(indexes: Readonly<Record<string, readonly [string, string]>> = {}): Promise<string> {
  const name = freshName('table');
  const attributes = ['pk', 'sk', ...Object.values(indexes).flat()];
  const gsi = Object.entries(indexes).map(([IndexName, [hash, range]]) => ({
    IndexName,
    KeySchema: key(hash, range),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  const making = client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      ...(gsi.length ? { GlobalSecondaryIndexes: gsi } : {}),
    }),
  );
  // The name is new: a table that is there already is this one, made by a try whose answer came too late.
  await making.catch((cause: unknown) => {
    if (!(cause instanceof ResourceInUseException)) throw cause;
  });
  return name;
}

/** The report table, as `lib/constructs/report-store.ts` builds it. */
export const freshReportTable = (): Promise<string> =>
  freshTable({
    by_department: ['department_id', 'department_order'],
    by_day: ['observed_month', 'observed_order'],
  });
