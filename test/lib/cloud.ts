/** The whole app of one stage of a city that is in no repository, with sources in place of bundles. Built once per test file. */
import process from 'node:process';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../lib/app.ts';
import type { StageConfig } from '../../lib/config.ts';
import type { RecordsStack } from '../../lib/records-stack.ts';
import type { ServiceStack } from '../../lib/service-stack.ts';
import { fixtureCity } from '../fixtures/city.ts';

export const stage: StageConfig = {
  name: 'trial',
  city: fixtureCity(),
  region: 'eu-west-1',
  evidence: { mode: 'COMPLIANCE', years: 7 },
  logDays: 365,
  alarmMail: 'watch@port-alder.example',
  scanBytesMax: 20_000_000,
  senderLimit: { requestsPerSecond: 5, burst: 10, requestsPerWeek: 1000 },
  intakeConcurrency: 50,
  runbookUrl: 'https://port-alder.example/docs/RUNBOOK.md',
};

export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
};
export type Cloud = {
  readonly app: App;
  readonly records: RecordsStack;
  readonly service: ServiceStack;
  readonly templates: { readonly records: Template; readonly service: Template };
  /** Every resource of both stacks with its logical name. */
  readonly resources: readonly (Resource & { readonly id: string })[];
};

let built: Cloud | undefined;

export function cloud(): Cloud {
  if (built) return built;
  // The security rules are run by their own test; the check of every property against its schema runs at `cdk synth` and takes longer than all of these together.
  process.env['CDK_VALIDATION'] = 'false';
  const app = buildApp(new App({ analyticsReporting: false }), [stage]);
  const stack = (name: string) => app.node.findChild(`${stage.name}-${name}`) as Stack;
  const records = stack('records') as RecordsStack;
  const service = stack('service') as ServiceStack;
  const templates = { records: Template.fromStack(records), service: Template.fromStack(service) };
  const resources = Object.values(templates).flatMap((template) =>
    Object.entries(template.toJSON()['Resources'] as Record<string, Resource>).map(([id, one]) => ({ id, ...one })),
  );
  built = { app, records, service, templates, resources };
  return built;
}

export const ofType = (type: string) => cloud().resources.filter((resource) => resource.Type === type);

export type Statement = {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
};
const list = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value as Item]);

/** What one function may do, as [action, resource] with the resource as text of the template. */
export function rightsOf(
  name: string,
): readonly { readonly action: string; readonly resource: string; readonly condition: string }[] {
  const policy = ofType('AWS::IAM::ManagedPolicy').find(
    ({ Properties }) => Properties['Description'] === `What ${name} may do`,
  );
  if (!policy) throw new Error(`no policy of ${name}`);
  const { Statement: statements } = policy.Properties['PolicyDocument'] as { Statement: readonly Statement[] };
  return statements.flatMap((statement) =>
    list(statement.Action).flatMap((action) =>
      list(statement.Resource).map((resource) => ({
        action,
        resource: JSON.stringify(resource),
        condition: JSON.stringify(statement.Condition ?? {}),
      })),
    ),
  );
}
