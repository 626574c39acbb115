import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RecordsStack } from '../records-stack.ts';
import { type AlarmDesk, fiveMinutes } from './alarm-desk.ts';
import type { ServiceFunction } from './service-function.ts';

/** Heading in the runbook of the one warning that is an event and no metric. */
export const keyGuardHeading = 'key-endangered';

export type KeyGuardProps = {
  readonly stage: string;
  readonly records: RecordsStack;
  readonly desk: AlarmDesk;
  /** The one function that may open what is sealed: it writes the audit trail first. */
  readonly opener: ServiceFunction;
};

/**
 * Says so at once when somebody disables a key or plans its deletion (there are days to take it back, and afterwards nothing), and when anybody but the one function opens a protected field. Both are seen in the
 * access trail.
 */
export class KeyGuard extends Construct {
  constructor(scope: Construct, id: string, { stage, records, desk, opener }: KeyGuardProps) {
    super(scope, id);
    const { keys, trail } = records;
    const all = [keys.records, keys.ledger, keys.narratives, keys.lake, keys.published, keys.operations];
    new Rule(this, 'Rule', {
      description: `A key of the ledger is disabled or planned to be deleted. What to do: ${desk.runbook(keyGuardHeading)}`,
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['kms.amazonaws.com'],
          eventName: ['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy'],
          resources: { ARN: all.map((key) => key.keyArn) },
        },
      },
      targets: [new SnsTopic(desk.topic)],
    });

    const by = '$.userIdentity.sessionContext.sessionIssuer.arn';
    const opened = new MetricFilter(this, 'Opened', {
      logGroup: trail.log,
      metricNamespace: `Ledger/${stage}`,
      metricName: 'protected fields opened past the audit trail',
      metricValue: '1',
      filterPattern: FilterPattern.literal(
        `{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "Decrypt") && ($.resources[0].ARN = "${keys.narratives.keyArn}") && ((${by} NOT EXISTS) || (${by} != "${opener.role?.roleArn}")) }`,
      ),
    });
    desk.watch({
      heading: 'narrative-opened',
      means:
        'Somebody used the key of protected fields in another way than through pull-reports, which writes the audit trail first.',
      metric: opened.metric({ statistic: 'Sum', period: fiveMinutes }),
      atLeast: 1,
    });
  }
}
