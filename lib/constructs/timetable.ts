import { Duration } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FunctionName, schedules } from '../../lambdas/functions/triggers.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** What runs when, in the city's zone. A run is told the time it was due, never asks what time it is. */
export class Timetable extends Construct {
  /** Runs that did not start, and runs that failed at every try. */
  readonly missed: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    reviewed(this.missed, { 'AwsSolutions-SQS3': 'This is the dead-letter queue itself.' });
  }

  /** Starts every schedule of `triggers.ts`. */
  start(functions: Readonly<Record<FunctionName, ServiceFunction>>, stage: string, timeZone: string, key: IKey): void {
    const group = new CfnScheduleGroup(this, 'Group', { name: `ledger-${stage}` });
    for (const { name, function: called, cron } of schedules) {
      const target = functions[called];
      const role = new Role(this, `${name}-role`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
      const rights = new ManagedPolicy(this, `${name}-rights`, {
        description: `Starts ${called} on its schedule`,
        roles: [role],
        statements: [
          new PolicyStatement({
            effect: Effect.ALLOW,
            actions: ['lambda:InvokeFunction'],
            resources: [target.functionArn],
          }),
          new PolicyStatement({
            effect: Effect.ALLOW,
            actions: ['sqs:SendMessage'],
            resources: [this.missed.queueArn],
          }),
          new PolicyStatement({ effect: Effect.ALLOW, actions: ['kms:Decrypt'], resources: [key.keyArn] }),
        ],
      });
      new CfnSchedule(this, name, {
        name: `${stage}-${name}`,
        groupName: group.ref,
        scheduleExpression: cron,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        kmsKeyArn: key.keyArn,
        target: {
          arn: target.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({
            scheduled_time: '<aws.scheduler.scheduled-time>',
            execution_id: '<aws.scheduler.execution-id>',
          }),
          retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: Duration.hours(6).toSeconds() },
          deadLetterConfig: { arn: this.missed.queueArn },
        },
      }).node.addDependency(rights);
    }
  }
}
