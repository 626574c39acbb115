import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type Watch = {
  /** Heading in docs/RUNBOOK.md under "Alarms"; also the first part of the alarm's name. */
  readonly heading: string;
  /** What is watched, when there is more than one of a kind. */
  readonly of?: string;
  /** What it means when it rings, in one sentence. */
  readonly means: string;
  readonly metric: IMetric;
  /** Rings at this value or above; with `missing`, when the sum stays below it. */
  readonly atLeast: number;
  /** How many periods in a row. @default 1 */
  readonly periods?: number;
  /** The alarm is about something that did not happen: no data rings too. @default false */
  readonly missing?: boolean;
};

/** Where every alarm of a stage hangs: each says what it means and where the runbook says what to do, and each is mailed. */
export class AlarmDesk extends Construct {
  readonly topic: Topic;
  readonly alarms: Alarm[] = [];
  private readonly stage: string;
  private readonly runbookUrl: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: string; readonly runbookUrl: string; readonly mail: string; readonly key: IKey },
  ) {
    super(scope, id);
    this.stage = props.stage;
    this.runbookUrl = props.runbookUrl;
    this.topic = new Topic(this, 'Topic', {
      topicName: `ledger-${props.stage}-alarms`,
      displayName: `Ledger ${props.stage}`,
      masterKey: props.key,
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(props.mail));
  }

  /** The address in the runbook where a heading is explained. */
  runbook(heading: string): string {
    return `${this.runbookUrl}#${heading}`;
  }

  watch({ heading, of, means, metric, atLeast, periods = 1, missing = false }: Watch): void {
    const name = of === undefined ? heading : `${heading}-${of}`;
    const alarm = new Alarm(this, name, {
      alarmName: `${this.stage}-${name}`,
      alarmDescription: `${means} What to do: ${this.runbook(heading)}`,
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: missing
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }
}

/** A week seen by the day: the longest that an alarm can look back. */
export const aWeekByDay = { period: Duration.days(1), periods: 7 } as const;
export const fiveMinutes = Duration.minutes(5);
