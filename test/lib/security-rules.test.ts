import { CfnResource, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloud } from './cloud.ts';

beforeAll(() => {
  cloud();
});

/** Every acknowledged finding: the rule, without what it was found on. */
function acknowledged(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const construct of cloud().app.node.findAll())
    for (const { type, data } of construct.node.metadata)
      if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        for (const [id, reason] of Object.entries(data as Record<string, string>)) {
          const rule = id.replace(/^annotation::/i, '').replace(/\[.*$/, '');
          found.set(rule, (found.get(rule) ?? new Set()).add(reason));
        }
  return found;
}

const resources = (root: IConstruct) => root.node.findAll().filter((one) => CfnResource.isCfnResource(one));

describe('security rules', () => {
  it.each([new AwsSolutionsChecks(), new NIST80053R5Checks()])(
    'finds nothing without a reason: $readPackName',
    (pack) => {
      const { violations } = pack.validateScope(cloud().app);
      const told = violations.map(
        ({ ruleName, violatingResources }) =>
          `${ruleName}: ${violatingResources.map(({ constructPath }) => constructPath)}`,
      );
      expect(told).toEqual([]);
      expect(resources(cloud().app).length).toBeGreaterThan(250);
    },
  );

  it('has reasons for these rules and no others', () => {
    const rules = [...acknowledged().keys()].filter((rule) => !rule.startsWith('@aws-cdk/')).sort();
    expect(rules).toEqual([
      'AwsSolutions-APIG2',
      'AwsSolutions-APIG4',
      'AwsSolutions-CFR1',
      'AwsSolutions-CFR2',
      'AwsSolutions-CFR3',
      'AwsSolutions-CFR4',
      'AwsSolutions-COG4',
      'AwsSolutions-COG8',
      'AwsSolutions-IAM4',
      'AwsSolutions-IAM5',
      'AwsSolutions-S1',
      'AwsSolutions-SMG4',
      'AwsSolutions-SQS3',
      'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
      'NIST.800.53.R5-DynamoDBInBackupPlan',
      'NIST.800.53.R5-LambdaDLQ',
      'NIST.800.53.R5-LambdaInsideVPC',
      'NIST.800.53.R5-S3BucketLoggingEnabled',
      'NIST.800.53.R5-S3BucketReplicationEnabled',
      'NIST.800.53.R5-S3DefaultEncryptionKMS',
      'NIST.800.53.R5-SecretsManagerRotationEnabled',
    ]);
  });

  it('gives reasons in sentences', () => {
    for (const [rule, reasons] of acknowledged())
      for (const reason of reasons) expect(reason, rule).toMatch(/^[A-Z].{30,}[.)]$/s);
  });
});
