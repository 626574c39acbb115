import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { AlarmDesk } from './alarm-desk.ts';
import type { Keys } from './keys.ts';

/** Heading in the runbook of the one warning that is an event and no metric. */
export const keyGuardHeading = 'key-endangered';

/** Says so at once when somebody disables a key or plans its deletion: there are days to take it back, and afterwards nothing. Needs a trail in the account (docs/DEPLOY.md, step 1). */
export class KeyGuard extends Construct {
  constructor(scope: Construct, id: string, { keys, desk }: { readonly keys: Keys; readonly desk: AlarmDesk }) {
    super(scope, id);
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
  }
}
