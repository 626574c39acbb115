import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { beforeAll, describe, expect, it } from 'vitest';
import { deployments, routes, schedules } from '#functions/triggers.ts';
import { sourcesOf } from '../../lib/bundle-function.ts';
import { gatewayCodes } from '../../lib/constructs/gateway-refusals.ts';
import { keyGuardHeading } from '../../lib/constructs/key-guard.ts';
import { ServiceFunction } from '../../lib/constructs/service-function.ts';
import { functionNames } from '../../lib/service-stack.ts';

import { cloud, ofType, stage } from './cloud.ts';

beforeAll(() => {
  cloud();
});

const text = (value: unknown): string => JSON.stringify(value);
const runbook = readFileSync(new URL('../../docs/RUNBOOK.md', import.meta.url), 'utf8');
const openApi = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
const headings = new Set([...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading));

describe('functions', () => {
  it('run on one runtime, with a share of their own and a log that ends', () => {
    const functions = ofType('AWS::Lambda::Function');
    expect(functions.map(({ Properties }) => Properties['FunctionName']).sort()).toEqual(
      functionNames.map((name) => `trial-${name}`).sort(),
    );
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'handler.handler' });
      expect(Properties['ReservedConcurrentExecutions']).toBeGreaterThan(0);
    }
    for (const { Properties } of ofType('AWS::Lambda::Url')) expect(Properties).toBeUndefined();
    for (const { Properties } of ofType('AWS::Logs::LogGroup')) {
      expect(Properties['RetentionInDays']).toBe(stage.logDays);
      expect(Properties['KmsKeyId']).toBeDefined();
    }
  });

  const alone = (env: readonly string[], grant: (fn: ServiceFunction) => void) => {
    const app = new App();
    const stack = new Stack(app, 'Alone');
    const fn = new ServiceFunction(stack, 'Function', {
      name: 'record-lake',
      env,
      stage: 'alone',
      folder: sourcesOf('record-lake'),
      capacity: { memoryMb: 128, timeoutSeconds: 1, concurrency: 1 },
      logDays: 30,
      logKey: new Key(stack, 'Key'),
    });
    grant(fn);
    return () => app.synth();
  };

  it('fail synth by name when a declared variable is supplied by no grant', () => {
    expect(alone(['LAKE_BUCKET'], () => undefined)).toThrow(/record-lake: no grant supplied LAKE_BUCKET/);
  });

  it('fail synth by name when a grant supplies what is not declared', () => {
    expect(alone([], (fn) => fn.supply('SHELF_BUCKET', 'shelf'))).toThrow(
      /record-lake: a grant supplied SHELF_BUCKET, which env.ts does not declare/,
    );
  });
});

describe('triggers', () => {
  it('makes a method for every route, behind the scope it names', () => {
    const methods = ofType('AWS::ApiGateway::Method');
    expect(methods).toHaveLength(routes.length);
    for (const { scope } of routes.filter((route) => route.scope.includes('/')))
      expect(methods.some(({ Properties }) => text(Properties['AuthorizationScopes']) === text([scope]))).toBe(true);
    const open = methods.filter(({ Properties }) => Properties['AuthorizationType'] === 'NONE');
    expect(open).toHaveLength(routes.filter(({ scope }) => scope === 'open' || scope === 'session').length);
  });

  it('meters the intake by sender and nothing else', () => {
    const metered = ofType('AWS::ApiGateway::Method').filter(({ Properties }) => Properties['ApiKeyRequired'] === true);
    expect(metered.map(({ Properties }) => Properties['AuthorizationScopes'])).toEqual([['reports/submit']]);
    expect(ofType('AWS::ApiGateway::ApiKey')).toHaveLength(stage.city.departments.length);
  });

  it('starts every schedule in the zone of the city and tells it when it was due', () => {
    const made = ofType('AWS::Scheduler::Schedule');
    expect(made).toHaveLength(schedules.length);
    for (const { Properties } of made) {
      expect(Properties['ScheduleExpressionTimezone']).toBe(stage.city.timeZone);
      expect(text(Properties['Target'])).toContain('<aws.scheduler.scheduled-time>');
      expect(text(Properties['Target'])).toContain('DeadLetterConfig');
    }
  });

  it('starts what a deployment asks for when this stack is in place, with the event of a schedule', () => {
    const rules = ofType('AWS::Events::Rule').filter(({ Properties }) =>
      text(Properties['EventPattern']).includes('aws.cloudformation'),
    );
    expect(rules).toHaveLength(deployments.length);
    for (const { Properties } of rules) {
      expect(Properties['EventPattern']).toMatchObject({
        detail: {
          'stack-id': [{ Ref: 'AWS::StackId' }],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      });
      const targets = text(Properties['Targets']);
      expect(targets).toContain('recordregistry');
      expect(targets).toContain('$.time');
      expect(targets).toContain('TimetableMissed');
    }
  });

  it('feeds new receipts only, by parts, and sets aside what fails for good', () => {
    const feed = ofType('AWS::Lambda::EventSourceMapping').find(({ Properties }) => Properties['StartingPosition']);
    expect(feed?.Properties).toMatchObject({
      BatchSize: 1000,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 21_600,
      MaximumRetryAttempts: 8,
    });
    expect(text(feed?.Properties['FilterCriteria'])).toContain('receipt');
    expect(text(feed?.Properties['DestinationConfig'])).toContain('SetAside');
  });
});

describe('the front door', () => {
  it('lets large bodies through for the intake alone', () => {
    const [acl] = ofType('AWS::WAFv2::WebACL');
    const rules = acl?.Properties['Rules'] as readonly { Name: string; Statement: unknown; Action?: unknown }[];
    expect(text(rules.find(({ Name }) => Name === 'AWSManagedRulesCommonRuleSet'))).toContain(
      text({ ActionToUse: { Count: {} }, Name: 'SizeRestrictions_BODY' }),
    );
    const elsewhere = rules.find(({ Name }) => Name === 'suspicious-body-elsewhere');
    expect(elsewhere?.Action).toEqual({ Block: {} });
    expect(text(elsewhere?.Statement)).toMatch(/SizeRestrictions_Body.*NotStatement.*POST.*\/trial\/v1\/reports/);
  });

  it('writes down no header, body or address of a report', () => {
    const [made] = ofType('AWS::ApiGateway::Stage');
    expect(text(made?.Properties['MethodSettings'])).toContain('"DataTraceEnabled":false');
    const line = text(made?.Properties['AccessLogSetting']);
    expect(line).toContain('$context.resourcePath');
    expect(line).not.toMatch(/\$context\.path|requestOverride|\$input|authorizer\.claims\.scope/);
  });

  it('documents what the gateway answers in place of a function, with the status it has', () => {
    const { responses } = openApi.paths['/v1/reports'].post;
    for (const { Properties } of ofType('AWS::ApiGateway::GatewayResponse')) {
      const [body = ''] = Object.values(Properties['ResponseTemplates'] as Record<string, string>);
      const { code, status } = JSON.parse(body) as { code: string; status: number };
      // An address that does not exist has no operation to stand under.
      if (status === 404) continue;
      expect(responses[status]?.content['application/problem+json'].examples, code).toHaveProperty(code);
    }
  });

  it('explains the codes that only the gateway uses in the runbook', () => {
    for (const code of gatewayCodes) expect(headings).toContain(code);
  });
});

describe('alarms', () => {
  it('has a heading in the runbook for each, and says where it is', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(40);
    const used = new Set<string>([keyGuardHeading]);
    for (const { Properties } of alarms) {
      const [, heading = ''] = /RUNBOOK\.md#([a-z-]+)$/.exec(String(Properties['AlarmDescription'])) ?? [];
      expect(headings, String(Properties['AlarmName'])).toContain(heading);
      expect(Properties['AlarmActions']).toHaveLength(1);
      used.add(heading);
    }
    const explained = [...headings]
      .filter((heading) => heading !== undefined && /^[a-z]+(-[a-z]+)+$/.test(heading))
      .sort();
    expect(explained).toEqual([...used].sort());
  });

  it('rings when a protected field is opened by anybody but the function that writes the trail first', () => {
    const filter = ofType('AWS::Logs::MetricFilter').find(({ Properties }) =>
      text(Properties['LogGroupName']).includes('AccessTrail'),
    );
    const pattern = text(filter?.Properties['FilterPattern']);
    expect(pattern).toMatch(/Decrypt.*Keysnarratives.*NOT EXISTS.*!= .*pullreportsRole/);
    const [alarm] = ofType('AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties['AlarmName'] === 'trial-narrative-opened',
    );
    expect(alarm?.Properties).toMatchObject({
      MetricName: 'protected fields opened past the audit trail',
      Threshold: 1,
    });
  });

  it('rings for what was expected and did not happen', () => {
    const missing = ofType('AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties['TreatMissingData'] === 'breaching',
    );
    expect(missing.map(({ Properties }) => Properties['AlarmName']).sort()).toEqual([
      'trial-registry-missing',
      'trial-release-missing',
      'trial-reminders-missing',
      'trial-reports-missing',
    ]);
    for (const { Properties } of missing) {
      // What is due each day is missed after two, what is due each week after seven.
      const daily = ['trial-registry-missing', 'trial-reminders-missing'];
      expect(Properties['EvaluationPeriods']).toBe(daily.includes(String(Properties['AlarmName'])) ? 2 : 7);
      expect(text(Properties)).toContain('"Period":86400');
    }
  });
});
