import { CfnOutput } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { dryRun } from '../../lambdas/functions/triggers.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * The one function that sees raw counts, callable by a person under a name that only tries: the function knows the name it was called by and then publishes nothing. The policy is for
 * whoever runs the smoke test, and gives nothing else.
 */
export class DryRun extends Construct {
  constructor(scope: Construct, id: string, { fn, stage }: { readonly fn: ServiceFunction; readonly stage: string }) {
    super(scope, id);
    const alias = new CfnAlias(this, 'Alias', {
      functionName: fn.functionName,
      functionVersion: '$LATEST',
      name: dryRun.alias,
      description: 'Decides the release that is due and publishes nothing',
    });
    new ManagedPolicy(this, 'Policy', {
      managedPolicyName: `ledger-${stage}-smoke-test`,
      description: `May try the release of ${stage}`,
      statements: [
        new PolicyStatement({ effect: Effect.ALLOW, actions: ['lambda:InvokeFunction'], resources: [alias.ref] }),
      ],
    });
    new CfnOutput(this, 'Name', { value: `${stage}-${dryRun.function}:${dryRun.alias}` });
  }
}
