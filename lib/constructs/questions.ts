import { readdirSync, readFileSync } from 'node:fs';
import { Duration, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import * as z from 'zod';
import { keptBucket } from './kept-bucket.ts';
import type { Lake } from './lake.ts';
import type { ServiceFunction } from './service-function.ts';

const folder = new URL('../../queries/', import.meta.url);
const metadata = z.object({ audience: z.string().regex(/^[a-z]+$/) });

/** For whom questions are asked, as `queries/<name>/query.json` says. */
const audiences: readonly string[] = [
  ...new Set(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(
        ({ name }) => metadata.parse(JSON.parse(readFileSync(new URL(`${name}/query.json`, folder), 'utf8'))).audience,
      ),
  ),
].sort();

type Desk = { readonly workgroup: string; readonly results: Bucket };

/** One workgroup and one place for raw answers per audience: users of one workgroup could read one another's answers. A workgroup's settings cannot be overridden by who asks. */
export class Questions extends Construct {
  readonly desks: ReadonlyMap<string, Desk>;
  private readonly lake: Lake;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly lake: Lake;
      readonly key: IKey;
      readonly accessLogs: Bucket;
      readonly stage: string;
      readonly scanBytesMax: number;
    },
  ) {
    super(scope, id);
    const { lake, key, accessLogs, stage, scanBytesMax } = props;
    this.lake = lake;
    this.desks = new Map(
      audiences.map((audience) => {
        const results = keptBucket(this, `Results-${audience}`, {
          key,
          accessLogs,
          lifecycle: [{ id: 'answers', expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) }],
        });
        const workgroup = `ledger-${stage}-${audience}`;
        new CfnWorkGroup(this, `Workgroup-${audience}`, {
          name: workgroup,
          description: `Questions for the audience: ${audience}`,
          workGroupConfiguration: {
            enforceWorkGroupConfiguration: true,
            publishCloudWatchMetricsEnabled: true,
            requesterPaysEnabled: false,
            bytesScannedCutoffPerQuery: scanBytesMax,
            engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
            resultConfiguration: {
              outputLocation: `s3://${results.bucketName}/`,
              encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
              expectedBucketOwner: Stack.of(this).account,
            },
          },
        });
        return [audience, { workgroup, results }] as const;
      }),
    );
  }

  /** May ask the questions of one audience and read their raw answers. */
  grantAsk(fn: ServiceFunction, audience: string): void {
    const desk = this.desks.get(audience);
    if (!desk) throw new Error(`no question is for the audience ${audience}`);
    const { partition, region, account } = Stack.of(this);
    fn.supply('QUERY_WORKGROUP', desk.workgroup);
    this.lake.grantScan(fn);
    fn.allow({
      actions: [
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
      ],
      resources: [`arn:${partition}:athena:${region}:${account}:workgroup/${desk.workgroup}`],
    });
    fn.allow({ actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [desk.results.bucketArn] });
    fn.allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      resources: [desk.results.arnForObjects('*')],
      because:
        'The query engine names each answer by its execution; the bucket holds the answers of this audience only.',
    });
  }
}
