import { Duration, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deployments, type FunctionName } from '../../lambdas/functions/triggers.ts';
import type { ServiceFunction } from './service-function.ts';

/** A deployment that was taken back put in place what stood before. */
const ended = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];

/** What is done when a deployment of this stack has ended, called with the event of a schedule. A run that fails at every try goes where missed runs of schedules go. */
export class AfterDeployment extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly functions: Readonly<Record<FunctionName, ServiceFunction>>; readonly missed: IQueue },
  ) {
    super(scope, id);
    const { functions, missed } = props;
    for (const { name, function: called } of deployments)
      new Rule(this, name, {
        description: `Starts ${called} when a deployment has ended`,
        eventPattern: {
          source: ['aws.cloudformation'],
          detailType: ['CloudFormation Stack Status Change'],
          detail: { 'stack-id': [Stack.of(this).stackId], 'status-details': { status: ended } },
        },
        targets: [
          new LambdaFunction(functions[called], {
            event: RuleTargetInput.fromObject({ scheduled_time: EventField.time, execution_id: EventField.eventId }),
            deadLetterQueue: missed,
            retryAttempts: 10,
            maxEventAge: Duration.hours(6),
          }),
        ],
      });
  }
}
