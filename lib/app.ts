import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { Bundles } from './bundle-function.ts';
import type { StageConfig } from './config.ts';
import { RecordsStack } from './records-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** How the construct library is to behave, fixed here and not in a file beside the app, so that tests and deployment make the same templates. */
const behaviour = {
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
} as const;

/** Two stacks per stage: records outlive the service. The security rules run at every synth and stop it at a finding without a reason. Without bundles, which tests do not need, the sources stand for them. */
export function buildApp(app: App, stages: readonly StageConfig[], bundles?: Bundles): App {
  for (const [flag, value] of Object.entries(behaviour)) app.node.setContext(flag, value);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new NIST80053R5Checks());
  for (const stage of stages) {
    const env = { region: stage.region };
    const records = new RecordsStack(app, `${stage.name}-records`, { env, stage });
    const service = new ServiceStack(app, `${stage.name}-service`, {
      env,
      stage,
      records,
      ...(bundles ? { bundles } : {}),
    });
    for (const stack of [records, service]) {
      Tags.of(stack).add('system', 'enforcement-activity-ledger');
      Tags.of(stack).add('stage', stage.name);
    }
  }
  return app;
}
