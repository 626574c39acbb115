/** The recorded shapes of events (`test/engines/events/`), with what a case puts into them. */
import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEvent, DynamoDBRecord, S3Event, SQSEvent, SQSRecord } from 'aws-lambda';

const recorded = <Shape>(name: string): Shape =>
  JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8')) as Shape;

/** What API Gateway sends for a request. */
export function restProxy(
  method: 'GET' | 'POST',
  address: string,
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): APIGatewayProxyEvent {
  const shape = recorded<APIGatewayProxyEvent>('rest-proxy');
  const { pathname, searchParams } = new URL(address, 'https://api.example');
  const query = Object.fromEntries(searchParams);
  const asked = Object.keys(query).length > 0;
  return {
    ...shape,
    httpMethod: method,
    path: pathname,
    resource: pathname,
    headers: { ...shape.headers, ...headers },
    multiValueHeaders: {
      ...shape.multiValueHeaders,
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    },
    queryStringParameters: asked ? query : null,
    multiValueQueryStringParameters: asked
      ? Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]]))
      : null,
    requestContext: { ...shape.requestContext, httpMethod: method, path: `/pilot${pathname}`, resourcePath: pathname },
    body: body === undefined ? null : Buffer.from(body).toString('base64'),
    isBase64Encoded: body !== undefined,
  };
}

/** What the change feed sends for records of a stream. */
export const streamEvent = (records: readonly Pick<DynamoDBRecord, 'eventName' | 'dynamodb'>[]) => ({
  Records: records.map((record) => ({ ...recorded<DynamoDBRecord>('stream-record'), ...record })),
});

/** What the queue of arrivals sends for a file that was dropped. */
export function dropMessage(bucket: string, key: string, bytes: number): SQSEvent {
  const shape = recorded<S3Event>('object-created');
  const [record] = shape.Records;
  if (!record) throw new Error('a recorded event has a record');
  const object = { ...record.s3.object, key: encodeURIComponent(key).replaceAll('%2F', '/'), size: bytes };
  const s3 = { ...record.s3, bucket: { ...record.s3.bucket, name: bucket, arn: `arn:aws:s3:::${bucket}` }, object };
  const body = JSON.stringify({ Records: [{ ...record, s3 }] });
  return { Records: [{ ...recorded<SQSRecord>('drop-message'), body }] };
}

/** What the scheduler sends on a Monday morning (`lib/constructs/timetable.ts`). */
export const weeklyRelease = (): unknown => recorded('weekly-release');
