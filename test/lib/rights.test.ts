import { beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../lib/service-stack.ts';
import { cloud, ofType, rightsOf, type Statement } from './cloud.ts';

const named = (name: string, thing: string) => rightsOf(name).filter(({ resource }) => resource.includes(thing));
const actionsOn = (name: string, thing: string) => [...new Set(named(name, thing).map(({ action }) => action))].sort();
const who = (may: (right: ReturnType<typeof rightsOf>[number]) => boolean) =>
  functionNames.filter((name) => rightsOf(name).some(may)).sort();

beforeAll(() => {
  cloud();
});

describe('rights', () => {
  it('names every action one by one', () => {
    for (const policy of [...ofType('AWS::IAM::ManagedPolicy'), ...ofType('AWS::IAM::Policy')]) {
      const { Statement: statements } = policy.Properties['PolicyDocument'] as { Statement: readonly Statement[] };
      for (const { Action } of statements) expect(JSON.stringify(Action)).not.toContain('*');
    }
  });

  it('names every resource, but for the one action that takes none', () => {
    const unnamed = functionNames.flatMap((name) =>
      rightsOf(name)
        .filter(({ resource }) => resource === '"*"')
        .map(({ action }) => `${name} ${action}`),
    );
    expect(unnamed).toEqual(['record-lake dynamodb:ListStreams']);
  });

  it('gives rights by grant methods alone: no inline policy, no policy of the construct library', () => {
    expect(ofType('AWS::IAM::Policy')).toEqual([]);
    for (const { Properties } of ofType('AWS::IAM::Role')) expect(Properties['Policies']).toBeUndefined();
  });

  it('lets the intake neither open what it sealed, nor scan, nor delete, nor read the lake', () => {
    expect(actionsOn('receive-reports', 'narratives')).toEqual(['kms:GenerateDataKey']);
    expect(actionsOn('receive-reports', 'NarrativeVault')).toEqual(['dynamodb:PutItem']);
    const actions = rightsOf('receive-reports').map(({ action }) => action);
    expect(actions.filter((action) => /Scan|Delete|Update|BatchWrite|ListBucket|athena|glue/.test(action))).toEqual([]);
    expect(named('receive-reports', 'ExportsOutputFnGetAttLake')).toEqual([]);
    expect(named('receive-reports', '/index/')).toEqual([]);
  });

  it('lets nobody scan a table, delete from the store or destroy a key', () => {
    const gone = [
      'dynamodb:Scan',
      'kms:ScheduleKeyDeletion',
      'kms:DisableKey',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
    ];
    expect(who(({ action }) => gone.includes(action) || action.startsWith('s3:BypassGovernance'))).toEqual([]);
    const senders = who(({ action }) => action === 'dynamodb:DeleteItem');
    expect(senders).toEqual(['run-release', 'send-reminders']);
    for (const name of senders) expect(actionsOn(name, 'SentMail')).toContain('dynamodb:DeleteItem');
  });

  it('lets one function open protected fields: the one that writes the trail first', () => {
    expect(who(({ action, resource }) => action === 'kms:Decrypt' && resource.includes('narratives'))).toEqual([
      'pull-reports',
    ]);
    expect(actionsOn('pull-reports', 'AuditTrail')).toContain('dynamodb:PutItem');
  });

  it('lets three functions read and add to the log of requests, and no other touch it', () => {
    const keepers = ['send-reminders', 'show-portal', 'track-requests'];
    expect(who(({ resource }) => resource.includes('RequestLog'))).toEqual(keepers);
    for (const name of keepers) expect(actionsOn(name, 'RequestLog')).toEqual(['dynamodb:PutItem', 'dynamodb:Query']);
  });

  it('lets one function read raw counts, and the same one alone write the shelf and read what the ledger seals', () => {
    expect(who(({ resource }) => resource.includes('Resultspublic'))).toEqual(['run-release']);
    expect(who(({ resource }) => resource.includes('workgroup/ledger-trial-public'))).toEqual(['run-release']);
    expect(who(({ action, resource }) => action === 's3:PutObject' && /Shelf/.test(resource))).toEqual(['run-release']);
    expect(who(({ action, resource }) => action === 's3:PutObject' && /ReleaseLedger/.test(resource))).toEqual([
      'run-release',
      'seal-exhibit',
    ]);
    const sealedPart = ({ action, resource }: { action: string; resource: string }) =>
      action === 's3:GetObject' && /ReleaseLedger/.test(resource) && !resource.includes('/ledger/*');
    expect(who(sealedPart)).toEqual(['run-release']);
  });

  it('lets a person call the release function under the name that only tries, and in no other way', () => {
    const [alias] = ofType('AWS::Lambda::Alias');
    expect(alias?.Properties).toMatchObject({ Name: 'dry-run', FunctionVersion: '$LATEST' });
    const policy = ofType('AWS::IAM::ManagedPolicy').find(
      ({ Properties }) => Properties['ManagedPolicyName'] === 'ledger-trial-smoke-test',
    );
    expect(policy?.Properties['PolicyDocument']).toMatchObject({
      Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: alias?.id } }],
    });
    for (const principal of ['Roles', 'Users', 'Groups']) expect(policy?.Properties[principal]).toBeUndefined();
  });

  it('shows the portal the links of the ledger, and nothing that is sealed beside them', () => {
    expect([...new Set(actionsOn('show-portal', 'ReleaseLedger'))].sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
    const read = named('show-portal', 'ReleaseLedger').filter(({ action }) => action === 's3:GetObject');
    expect(read.every(({ resource }) => resource.includes('/ledger/*'))).toBe(true);
  });

  it('keeps the original of an agency file from the portal', () => {
    const read = named('show-portal', 'FoiaCustody').filter(({ action }) => action === 's3:GetObject');
    expect(
      read.every(({ resource }) => /(custody\.json|arrivals\/\*|statements\/\*|preview\.json)/.test(resource)),
    ).toBe(true);
  });

  it('asks each question in the workgroup of its audience', () => {
    expect(who(({ action }) => action === 'athena:StartQueryExecution')).toEqual(['run-release', 'seal-exhibit']);
    expect(named('seal-exhibit', 'Resultspublic')).toEqual([]);
  });

  it('uses a key of data through its service, never by itself', () => {
    for (const name of functionNames)
      for (const { action, resource, condition } of rightsOf(name))
        if (action.startsWith('kms:') && !resource.includes('Keysnarratives'))
          expect(condition).toContain('kms:ViaService');
  });

  it('lets each function write its own log and no other', () => {
    for (const name of functionNames) {
      const logs = rightsOf(name).filter(({ action }) => action.startsWith('logs:'));
      expect(logs.map(({ action }) => action).sort()).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
      for (const { resource } of logs) expect(resource).toContain(`${name.replaceAll('-', '')}Log`);
    }
  });
});
