import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keptBucket } from './kept-bucket.ts';
import { reviewedPattern } from './reviewed.ts';

export type AccessTrailProps = {
  readonly stage: Pick<StageConfig, 'name' | 'evidence' | 'logDays'>;
  readonly key: Key;
  readonly accessLogs: Bucket;
  /** Every look and every change is written down. */
  readonly watched: readonly Bucket[];
  /**
   * Every change is written down. Each question reads these by the thousand objects, and what is published is read by everybody; who read them stands in the access logs of the
   * buckets all the same.
   */
  readonly changed: readonly Bucket[];
  readonly tables: readonly Table[];
};

const inBuckets = (buckets: readonly Bucket[]) => buckets.map((bucket) => bucket.arnForObjects(''));
const field = (name: string, values: readonly string[], how: 'equalTo' | 'startsWith' = 'equalTo') => ({
  field: name,
  [how]: [...values],
});

/**
 * What was done to evidence, whoever did it: also by a person, past every function and its audit trail. Every call that governs the account (uses of keys are among them) and every call on an object or an item
 * of evidence, in files that are chained, signed and locked as long as the evidence is.
 */
export class AccessTrail extends Construct {
  /** The same events, for alarms and for a quick look. */
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: AccessTrailProps) {
    super(scope, id);
    const { stage, key, accessLogs, watched, changed, tables } = props;
    const { partition, region, account } = Stack.of(this);
    const trailName = `ledger-${stage.name}`;
    const trailArn = `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName}`;
    const service = new ServicePrincipal('cloudtrail.amazonaws.com');
    const byThisTrail = { StringEquals: { 'aws:SourceArn': trailArn } };

    const bucket = keptBucket(this, 'Files', { key, accessLogs, evidence: stage.evidence });
    for (const statement of [
      { actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn] },
      { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`AWSLogs/${account}/*`)] },
    ])
      bucket.addToResourcePolicy(new PolicyStatement({ principals: [service], conditions: byThisTrail, ...statement }));
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [service],
        actions: ['kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: byThisTrail,
      }),
    );

    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/ledger/${stage.name}/access-trail`,
      retention: stage.logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(this, 'Role', { assumedBy: service });
    const streams = [`${this.log.logGroupArn}:log-stream:${account}_CloudTrail_*`];
    const rights = new ManagedPolicy(this, 'Rights', {
      description: 'What the access trail may do',
      roles: [role],
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: streams })],
    });
    reviewedPattern(rights, streams, 'CloudTrail names the streams of its own log group; the group is named.');

    const objects = [field('eventCategory', ['Data']), field('resources.type', ['AWS::S3::Object'])];
    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: bucket.bucketName,
      kmsKeyId: key.keyArn,
      cloudWatchLogsLogGroupArn: `${this.log.logGroupArn}:*`,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [
        { name: 'What governs the account', fieldSelectors: [field('eventCategory', ['Management'])] },
        {
          name: 'Objects of evidence',
          fieldSelectors: [...objects, field('resources.ARN', inBuckets(watched), 'startsWith')],
        },
        {
          name: 'Changes of the lake and the shelf',
          fieldSelectors: [
            ...objects,
            field('readOnly', ['false']),
            field('resources.ARN', inBuckets(changed), 'startsWith'),
          ],
        },
        {
          name: 'Items of evidence',
          fieldSelectors: [
            field('eventCategory', ['Data']),
            field('resources.type', ['AWS::DynamoDB::Table']),
            field(
              'resources.ARN',
              tables.map(({ tableArn }) => tableArn),
            ),
          ],
        },
      ],
    });
    // The service tries the bucket and the log when the trail is made: their policies must stand by then.
    trail.node.addDependency(bucket.node.findChild('Policy'), rights);
  }
}
