import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { env as pullReports } from '../lambdas/functions/pull-reports/env.ts';
import { env as receiveFoia } from '../lambdas/functions/receive-foia/env.ts';
import { env as receiveReports } from '../lambdas/functions/receive-reports/env.ts';
import { env as recordLake } from '../lambdas/functions/record-lake/env.ts';
import { env as recordRegistry } from '../lambdas/functions/record-registry/env.ts';
import { env as runRelease } from '../lambdas/functions/run-release/env.ts';
import { env as sealExhibit } from '../lambdas/functions/seal-exhibit/env.ts';
import { env as sendReminders } from '../lambdas/functions/send-reminders/env.ts';
import { env as showPortal } from '../lambdas/functions/show-portal/env.ts';
import { env as trackRequests } from '../lambdas/functions/track-requests/env.ts';
import { drops, dryRun, type FunctionName, feeds, schedules } from '../lambdas/functions/triggers.ts';
import { type Bundles, isComplete, sourcesOf } from './bundle-function.ts';
import { capacityOf, type StageConfig } from './config.ts';
import { AfterDeployment } from './constructs/after-deployment.ts';
import { AlarmDesk } from './constructs/alarm-desk.ts';
import {
  watchFoia,
  watchFrontDoor,
  watchFunctions,
  watchIntake,
  watchRegistry,
  watchReleases,
  watchRequests,
} from './constructs/alarms.ts';
import { BriefingMail } from './constructs/briefing-mail.ts';
import { ChangeFeed } from './constructs/change-feed.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { DryRun } from './constructs/dry-run.ts';
import { Firewall } from './constructs/firewall.ts';
import { FrontDoor } from './constructs/front-door.ts';
import { KeyGuard } from './constructs/key-guard.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { Site } from './constructs/site.ts';
import { Timetable } from './constructs/timetable.ts';
import type { RecordsStack } from './records-stack.ts';

/** The variables that each function is told. */
export const envs: Readonly<Record<FunctionName, readonly string[]>> = {
  'receive-reports': receiveReports,
  'pull-reports': pullReports,
  'seal-exhibit': sealExhibit,
  'track-requests': trackRequests,
  'send-reminders': sendReminders,
  'show-portal': showPortal,
  'record-lake': recordLake,
  'record-registry': recordRegistry,
  'receive-foia': receiveFoia,
  'run-release': runRelease,
};
export const functionNames = Object.keys(envs) as FunctionName[];

export type ServiceStackProps = StackProps & {
  readonly stage: StageConfig;
  readonly records: RecordsStack;
  readonly bundles?: Bundles;
};

/** Everything that may be destroyed and remade without losing a record. */
export class ServiceStack extends Stack {
  readonly functions: Readonly<Record<FunctionName, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage, records, bundles } = props;
    const { operations } = records.keys;
    const timetable = new Timetable(this, 'Timetable');
    const capacity = capacityOf(stage);
    this.functions = Object.fromEntries(
      functionNames.map((name) => [
        name,
        new ServiceFunction(this, name, {
          name,
          env: envs[name],
          stage: stage.name,
          folder: bundles?.folderOf(name, stage.city) ?? sourcesOf(name),
          capacity: capacity[name],
          logDays: stage.logDays,
          logKey: operations,
          ...(schedules.some((schedule) => schedule.function === name) ? { deadLetters: timetable.missed } : {}),
        }),
      ]),
    ) as Record<FunctionName, ServiceFunction>;
    for (const name of bundles ? functionNames.filter((one) => !isComplete(one)) : [])
      Annotations.of(this.functions[name]).addWarningV2(
        'ledger:typesetter',
        `${name}: the typesetter for Lambda is not installed here; see docs/DEPLOY.md, step 2`,
      );
    const mail = new BriefingMail(this, 'BriefingMail', { stage: stage.name, from: stage.city.mail.from });
    this.grant(records, mail);

    const { functions } = this;
    const door = new FrontDoor(this, 'FrontDoor', { stage, identity: records.identity, functions, logKey: operations });
    const { name, logDays } = stage;
    const firewall = new Firewall(this, 'Firewall', { door, stage: name, logDays, logKey: operations });
    const site = new Site(this, 'Site', { stage, door, shelf: records.shelf, shelfKey: records.keys.published });
    timetable.start(functions, name, stage.city.timeZone, operations);
    new AfterDeployment(this, 'AfterDeployment', { functions, missed: timetable.missed });
    const [feed] = feeds.map(
      ({ name: id, function: to, batch }) =>
        new ChangeFeed(this, `Feed-${id}`, { store: records.reports, to: functions[to], batch }),
    );
    // Every drop comes through the one queue.
    for (const name of new Set(drops.map((drop) => drop.function))) {
      records.foia.grantFollow(functions[name]);
      functions[name].addEventSource(
        new SqsEventSource(records.foia.arrivals, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }),
      );
    }

    const desk = new AlarmDesk(this, 'Alarms', {
      stage: name,
      runbookUrl: stage.runbookUrl,
      mail: stage.alarmMail,
      key: operations,
    });
    watchFunctions(desk, functions);
    watchFrontDoor(desk, door, firewall, this.region);
    if (feed) watchIntake(desk, records, functions, feed);
    watchFoia(desk, records);
    watchReleases(desk, functions, { records, timetable, mail });
    watchRequests(desk, records, functions);
    watchRegistry(desk, functions);
    new DryRun(this, 'DryRun', { fn: functions[dryRun.function], stage: name });
    new KeyGuard(this, 'KeyGuard', { stage: name, records, desk, opener: functions['pull-reports'] });
    new Dashboard(this, 'Dashboard', { stage: name, desk, door, records, functions });

    new CfnOutput(this, 'SiteAddress', {
      value: `https://${stage.domain?.name ?? site.distribution.distributionDomainName}`,
    });
    new CfnOutput(this, 'ApiAddress', { value: door.api.url });
    for (const [index, record] of mail.identity.dkimRecords.entries())
      new CfnOutput(this, `MailRecord${index + 1}`, { value: `${record.name} CNAME ${record.value}` });
  }

  /** Who may do what: the whole of it. */
  private grant(records: RecordsStack, mail: BriefingMail): void {
    const {
      reports,
      raw,
      narratives,
      audit,
      ledger,
      lake,
      questions,
      shelf,
      sealed,
      foia,
      identity,
      sentMail,
      requests,
      tieBreak,
      personKeys,
    } = records;

    const intake = this.functions['receive-reports'];
    identity.grantVerify(intake);
    reports.grantAppend(intake);
    raw.grantDeposit(intake);
    narratives.grantSeal(intake);

    const pulls = this.functions['pull-reports'];
    identity.grantVerify(pulls);
    reports.grantPull(pulls);
    narratives.grantUnseal(pulls);
    audit.grantReview(pulls);

    const exhibits = this.functions['seal-exhibit'];
    identity.grantVerify(exhibits);
    ledger.grantNote(exhibits);
    shelf.grantRead(exhibits);
    questions.grantAsk(exhibits, 'legal');
    audit.grantAppend(exhibits);
    sealed.grantDeposit(exhibits);

    const tracker = this.functions['track-requests'];
    identity.grantVerify(tracker);
    requests.grantKeep(tracker);
    audit.grantAppend(tracker);

    const reminders = this.functions['send-reminders'];
    requests.grantKeep(reminders);
    mail.grantSend(reminders);
    sentMail.grantNote(reminders);

    const portal = this.functions['show-portal'];
    identity.grantVerify(portal);
    identity.grantSignIn(portal);
    reports.grantShowReceipts(portal);
    raw.grantRead(portal);
    foia.grantReview(portal);
    foia.grantOrder(portal);
    shelf.grantRead(portal);
    ledger.grantReview(portal);
    requests.grantKeep(portal);
    audit.grantReview(portal);

    const recorder = this.functions['record-lake'];
    raw.grantRead(recorder);
    lake.grantAppend(recorder, ['report_versions']);

    const registry = this.functions['record-registry'];
    lake.grantSnapshot(registry, 'departments');

    const files = this.functions['receive-foia'];
    foia.grantTake(files);
    lake.grantAppend(files, ['foia_records', 'foia_statements']);
    personKeys.grantRead(files);

    const release = this.functions['run-release'];
    questions.grantAsk(release, 'public');
    ledger.grantAppend(release);
    tieBreak.grantRead(release);
    shelf.grantPublish(release);
    mail.grantSend(release);
    sentMail.grantNote(release);
  }
}
