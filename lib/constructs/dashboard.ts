import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as Board,
  GraphWidget,
  type IMetric,
  Row,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FunctionName } from '../../lambdas/functions/triggers.ts';
import type { RecordsStack } from '../records-stack.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { loggedEvents } from './alarms.ts';
import type { FrontDoor } from './front-door.ts';
import type { ServiceFunction } from './service-function.ts';

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

/** One page: does it ring, does it answer, does it come in, does it go out. */
export class Dashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly stage: string;
      readonly desk: AlarmDesk;
      readonly door: FrontDoor;
      readonly records: RecordsStack;
      readonly functions: Readonly<Record<FunctionName, ServiceFunction>>;
    },
  ) {
    super(scope, id);
    const { stage, desk, door, records, functions } = props;
    const all = Object.values(functions);
    const board = new Board(this, 'Board', { dashboardName: `ledger-${stage}`, defaultInterval: Duration.days(7) });
    board.addWidgets(
      new TextWidget({
        markdown: `# Enforcement activity ledger, ${stage}\n[Runbook](${desk.runbook('alarms')})`,
        width: 24,
        height: 2,
      }),
      new AlarmStatusWidget({ title: 'Alarms', alarms: desk.alarms, width: 24, height: 6 }),
      new Row(
        graph('Does it answer', [door.api.metricCount(), door.api.metricClientError(), door.api.metricServerError()]),
        graph('How long it takes (ms)', [
          door.api.metricLatency({ statistic: 'p50' }),
          door.api.metricLatency({ statistic: 'p99' }),
        ]),
        graph(
          'Functions: faults, and held back',
          all.map((fn) => fn.metricErrors()),
          all.map((fn) => fn.metricThrottles()),
        ),
      ),
      new Row(
        graph(
          'Submissions',
          ['submission:committed', 'submission:replayed', 'submission:refused'].map((event) =>
            loggedEvents(functions['receive-reports'], event),
          ),
        ),
        graph('Behind in the lake (ms)', [functions['record-lake'].metric('IteratorAge', { statistic: 'Maximum' })]),
        graph('FOIA files waiting, and failed', [
          records.foia.arrivals.metricApproximateNumberOfMessagesVisible(),
          records.foia.failed.metricApproximateNumberOfMessagesVisible(),
        ]),
      ),
      new Row(
        graph(
          'Releases',
          ['release:published', 'release:refused'].map((event) =>
            loggedEvents(functions['run-release'], event, Duration.days(1)),
          ),
        ),
        graph('Exhibits sealed', [loggedEvents(functions['seal-exhibit'], 'exhibit:sealed', Duration.days(1))]),
        graph('Reports table: units used', [
          records.reports.table.metricConsumedReadCapacityUnits(),
          records.reports.table.metricConsumedWriteCapacityUnits(),
        ]),
      ),
    );
  }
}
