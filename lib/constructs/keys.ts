import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** One key for each purpose, so that a right to one kind of data is never a right to another. */
export class Keys extends Construct {
  /** Reports, audit trail, raw objects and FOIA files. */
  readonly records: Key;
  /** The release ledger: beside what was released it holds the true counts that the next release is attacked with. */
  readonly ledger: Key;
  /** Wraps the keys of protected fields, and nothing else. Destroying it erases every narrative. */
  readonly narratives: Key;
  /** The lake and the raw answers of queries. */
  readonly lake: Key;
  /** What was published or sealed for court. */
  readonly published: Key;
  /** Logs and alarms. */
  readonly operations: Key;

  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id);
    const key = (purpose: string): Key =>
      new Key(this, purpose, {
        alias: `ledger/${stage}/${purpose}`,
        description: `Enforcement activity ledger, ${stage}: ${purpose}`,
        enableKeyRotation: true,
        pendingWindow: Duration.days(30),
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.records = key('records');
    this.ledger = key('ledger');
    this.narratives = key('narratives');
    this.lake = key('lake');
    this.published = key('published');
    this.operations = key('operations');

    const { region, account, partition } = Stack.of(this);
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
        },
      }),
    );
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        principals: ['cloudwatch', 'events', 'budgets'].map(
          (service) => new ServicePrincipal(`${service}.amazonaws.com`),
        ),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    this.published.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: { ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } },
      }),
    );
  }
}
