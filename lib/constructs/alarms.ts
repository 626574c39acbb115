/** What rings, for everything that can fail and for everything expected that did not happen. The headings are those of docs/RUNBOOK.md. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { FunctionName } from '../../lambdas/functions/triggers.ts';
import type { RecordsStack } from '../records-stack.ts';
import { type AlarmDesk, aWeekByDay, fiveMinutes } from './alarm-desk.ts';
import type { BriefingMail } from './briefing-mail.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Firewall } from './firewall.ts';
import type { FrontDoor } from './front-door.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Timetable } from './timetable.ts';

type Functions = Readonly<Record<FunctionName, ServiceFunction>>;

/** Counts a log event of a function by its name, whatever else stands in the line. */
export function loggedEvents(fn: ServiceFunction, event: string, period = fiveMinutes): Metric {
  return counted(fn, event, `{ $.event = "${event}" }`, period);
}

/** A filter on the function's log, made once, and the sum of what it counts. */
function counted(fn: ServiceFunction, what: string, pattern: string, period = fiveMinutes): Metric {
  const place = { metricNamespace: `Ledger/${fn.stage}`, metricName: `${fn.serviceName} ${what}` };
  const id = `Logged-${what.replace(':', '-')}`;
  if (!fn.node.tryFindChild(id))
    new MetricFilter(fn, id, {
      ...place,
      logGroup: fn.logGroup,
      filterPattern: FilterPattern.literal(pattern),
      metricValue: '1',
    });
  return new Metric({
    namespace: place.metricNamespace,
    metricName: place.metricName,
    statistic: Stats.SUM,
    period,
    label: what,
  });
}

/** Faults, brakes and slowness of each function. */
export function watchFunctions(desk: AlarmDesk, functions: Functions): void {
  for (const [name, fn] of Object.entries(functions)) {
    desk.watch({
      heading: 'function-failed',
      of: name,
      means: `${name} ended with a fault.`,
      metric: fn.metricErrors({ period: fiveMinutes, statistic: Stats.SUM }),
      atLeast: 1,
    });
    desk.watch({
      heading: 'function-throttled',
      of: name,
      means: `${name} was asked for more often at once than its share.`,
      metric: fn.metricThrottles({ period: fiveMinutes, statistic: Stats.SUM }),
      atLeast: 5,
      periods: 2,
    });
    desk.watch({
      heading: 'function-slow',
      of: name,
      means: `${name} takes more than four fifths of the time it has.`,
      metric: fn.metricDuration({ period: fiveMinutes, statistic: Stats.p(99) }),
      atLeast: 0.8 * (fn.timeout?.toMilliseconds() ?? 0),
      periods: 3,
    });
    desk.watch({
      heading: 'error-logged',
      of: name,
      means: `${name} wrote a line at level error: a person must look.`,
      metric: counted(fn, 'errors', '{ $.level = "error" || $.level = "ERROR" }'),
      atLeast: 1,
    });
  }
}

/** The interface as its clients see it. */
export function watchFrontDoor(desk: AlarmDesk, door: FrontDoor, firewall: Firewall, region: string): void {
  const { api } = door;
  desk.watch({
    heading: 'interface-failing',
    means: 'The interface answers with faults.',
    metric: api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    atLeast: 3,
  });
  desk.watch({
    heading: 'interface-refusing',
    means: 'More than a third of the requests of half an hour were refused.',
    metric: new MathExpression({
      expression: 'IF(requests > 50, refused / requests, 0)',
      usingMetrics: {
        requests: api.metricCount({ statistic: Stats.SUM, period: Duration.minutes(30) }),
        refused: api.metricClientError({ statistic: Stats.SUM, period: Duration.minutes(30) }),
      },
      period: Duration.minutes(30),
      label: 'share refused',
    }),
    atLeast: 0.34,
  });
  desk.watch({
    heading: 'interface-slow',
    means: 'One request in a hundred waits longer than five seconds.',
    metric: api.metricLatency({ period: fiveMinutes, statistic: Stats.p(99) }),
    atLeast: 5000,
    periods: 3,
  });
  desk.watch({
    heading: 'firewall-blocking',
    means: 'The firewall turns away many requests: an attack, or a sender that runs wild.',
    metric: new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: firewall.name, Region: region, Rule: 'ALL' },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),
    atLeast: 200,
  });
}

/** What comes in and should: reports, and each of them in the lake. */
export function watchIntake(desk: AlarmDesk, records: RecordsStack, functions: Functions, feed: ChangeFeed): void {
  const day = aWeekByDay.period;
  desk.watch({
    heading: 'reports-missing',
    means: 'No department sent anything for seven days, not even "nothing to report".',
    metric: loggedEvents(functions['receive-reports'], 'submission:committed', day),
    atLeast: 1,
    periods: aWeekByDay.periods,
    missing: true,
  });
  desk.watch({
    heading: 'lake-missing',
    means: 'Reports were received on a day on which nothing was recorded in the lake.',
    metric: new MathExpression({
      expression: 'IF(FILL(received, 0) > 0 AND FILL(recorded, 0) < 1, 1, 0)',
      usingMetrics: {
        received: loggedEvents(functions['receive-reports'], 'submission:committed', day),
        recorded: loggedEvents(functions['record-lake'], 'batch:recorded', day),
      },
      period: day,
      label: 'days without record',
    }),
    atLeast: 1,
  });
  desk.watch({
    heading: 'feed-behind',
    means: 'The oldest receipt that is not in the lake yet is older than fifteen minutes.',
    metric: functions['record-lake'].metric('IteratorAge', { statistic: Stats.MAXIMUM, period: fiveMinutes }),
    atLeast: Duration.minutes(15).toMilliseconds(),
  });
  for (const [metricName, what] of [
    ['OnFailureDestinationDeliveredEventCount', 'were set aside'],
    ['DroppedEventCount', 'were dropped'],
  ] as const)
    desk.watch({
      heading: 'feed-set-aside',
      of: metricName === 'DroppedEventCount' ? 'dropped' : 'kept',
      means: `Receipts of the change feed could not be recorded and ${what}.`,
      metric: feed.metric(metricName),
      atLeast: 1,
    });
  for (const [name, table] of Object.entries({
    reports: records.reports.table,
    keys: records.narratives.table,
    audit: records.audit.table,
    requests: records.requests.table,
  }))
    desk.watch({
      heading: 'store-throttled',
      of: name,
      means: `The table of ${name} held requests back.`,
      metric: table.metric('WriteThrottleEvents', { period: fiveMinutes, statistic: Stats.SUM }),
      atLeast: 10,
    });
}

/** Agency files from the drop into custody. */
export function watchFoia(desk: AlarmDesk, { foia }: RecordsStack): void {
  desk.watch({
    heading: 'foia-failed',
    means: 'An agency file could not be taken in after several tries.',
    metric: foia.failed.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM }),
    atLeast: 1,
  });
  desk.watch({
    heading: 'foia-missing',
    means: 'An agency file was dropped six hours ago and is still not in custody.',
    metric: foia.arrivals.metricApproximateAgeOfOldestMessage({ period: fiveMinutes, statistic: Stats.MAXIMUM }),
    atLeast: Duration.hours(6).toSeconds(),
  });
}

/** Reminders of the deadlines of requests for records: a day without a run is a deadline nobody was told of. */
export function watchRequests(desk: AlarmDesk, { requests }: RecordsStack, functions: Functions): void {
  desk.watch({
    heading: 'reminders-missing',
    means: 'Reminders of deadlines were not sent for two days.',
    metric: loggedEvents(functions['send-reminders'], 'reminders:sent', Duration.days(1)),
    atLeast: 1,
    periods: 2,
    missing: true,
  });
  desk.watch({
    heading: 'requests-failing',
    means: 'The log of requests for records answers with faults.',
    metric: requests.table.metricSystemErrorsForOperations({
      operations: [Operation.PUT_ITEM, Operation.QUERY],
      period: fiveMinutes,
    }),
    atLeast: 1,
  });
}

/** The registry of departments in the lake: coverage is reckoned from its last snapshot. */
export function watchRegistry(desk: AlarmDesk, functions: Functions): void {
  desk.watch({
    heading: 'registry-missing',
    means: 'The registry of departments was not compared with its last snapshot in the lake for two days.',
    metric: loggedEvents(functions['record-registry'], 'registry:checked', Duration.days(1)),
    atLeast: 1,
    periods: 2,
    missing: true,
  });
}

/** The weekly release, its questions and its mail. */
export function watchReleases(
  desk: AlarmDesk,
  functions: Functions,
  parts: { readonly records: RecordsStack; readonly timetable: Timetable; readonly mail: BriefingMail },
): void {
  const run = functions['run-release'];
  const { records, timetable, mail } = parts;
  desk.watch({
    heading: 'release-missing',
    means: 'No release was published for seven days.',
    metric: loggedEvents(run, 'release:published', aWeekByDay.period),
    atLeast: 1,
    periods: aWeekByDay.periods,
    missing: true,
  });
  desk.watch({
    heading: 'release-refused',
    means: 'Disclosure control did not certify the release; nothing was published.',
    metric: loggedEvents(run, 'release:refused'),
    atLeast: 1,
  });
  desk.watch({
    heading: 'schedule-missed',
    means: 'The schedule could not start its function, or the function failed at every try.',
    metric: timetable.missed.metricApproximateNumberOfMessagesVisible({
      period: fiveMinutes,
      statistic: Stats.MAXIMUM,
    }),
    atLeast: 1,
  });
  for (const [audience, { workgroup }] of records.questions.desks)
    for (const state of ['FAILED', 'CANCELLED'])
      desk.watch({
        heading: 'question-failed',
        of: `${audience}-${state.toLowerCase()}`,
        means: `A question for the audience ${audience} ended as ${state}.`,
        metric: new Metric({
          namespace: 'AWS/Athena',
          metricName: 'TotalExecutionTime',
          dimensionsMap: { WorkGroup: workgroup, QueryState: state, QueryType: 'DML' },
          statistic: Stats.SAMPLE_COUNT,
          period: fiveMinutes,
        }),
        atLeast: 1,
      });
  desk.watch({
    heading: 'mail-bounced',
    means: 'The briefing does not reach its readers.',
    metric: new Metric({
      namespace: 'AWS/SES',
      metricName: 'Reputation.BounceRate',
      dimensionsMap: { 'ses:configuration-set': mail.configuration.configurationSetName },
      statistic: Stats.MAXIMUM,
      period: Duration.hours(1),
    }),
    atLeast: 0.05,
  });
}
