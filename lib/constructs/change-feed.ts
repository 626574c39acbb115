import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type CfnEventSourceMapping,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { fiveMinutes } from './alarm-desk.ts';
import { type ReportStore, receiptSortKey } from './report-store.ts';
import type { ServiceFunction } from './service-function.ts';

/** New receipts to the function that records them: in order, at least once; what fails for good is set aside whole, and holds nobody up. */
export class ChangeFeed extends Construct {
  private readonly mapping: EventSourceMapping;

  constructor(
    scope: Construct,
    id: string,
    { store, to, batch }: { readonly store: ReportStore; readonly to: ServiceFunction; readonly batch: number },
  ) {
    super(scope, id);
    store.grantFollow(to);
    const eventSourceArn = store.table.tableStreamArn;
    if (eventSourceArn === undefined) throw new Error('the report table has no stream');
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: to,
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: batch,
      // As long as the service gathers: every batch is an object that each question reads, and no question is asked more often than once a week.
      maxBatchingWindow: Duration.minutes(5),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 8,
      // Long before the stream itself forgets (24 hours).
      maxRecordAge: Duration.hours(6),
      onFailure: new S3OnFailureDestination(store.setAside as IBucket),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.isEqual(receiptSortKey) } } },
        }),
      ],
    });
    const mapping = this.mapping.node.defaultChild as CfnEventSourceMapping;
    mapping.metricsConfig = { metrics: ['EventCount'] };
  }

  /** Events that the feed counts itself. */
  metric(metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: this.mapping.eventSourceMappingId },
      statistic: Stats.SUM,
      period: fiveMinutes,
    });
  }
}
