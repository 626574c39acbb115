import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { lakeTables } from '#core/lake/tables.ts';
import { drops } from '#functions/triggers.ts';
import { cloud, ofType, type Resource, stage } from './cloud.ts';

beforeAll(() => {
  cloud();
});

const isAccessLog = ({ id }: { id: string }) => id.startsWith('AccessLogs');
const text = (value: unknown): string => JSON.stringify(value);
const policyOf = (bucket: string): Resource | undefined =>
  ofType('AWS::S3::BucketPolicy').find(({ Properties }) => text(Properties['Bucket']).includes(bucket));

describe('what holds records', () => {
  it('keeps everything when the stack goes', () => {
    const kept = [
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::Cognito::UserPool',
      'AWS::SecretsManager::Secret',
      'AWS::Logs::LogGroup',
    ];
    for (const type of kept) {
      expect(ofType(type).length).toBeGreaterThan(0);
      for (const { id, DeletionPolicy } of ofType(type)) expect(DeletionPolicy, id).toBe('Retain');
    }
    expect(cloud().records.terminationProtection).toBe(true);
  });

  it('restores, protects and encrypts every table', () => {
    for (const { id, Properties } of ofType('AWS::DynamoDB::Table')) {
      expect(Properties['DeletionProtectionEnabled'], id).toBe(true);
      expect(Properties['PointInTimeRecoverySpecification'], id).toMatchObject({ PointInTimeRecoveryEnabled: true });
      expect(Properties['SSESpecification'], id).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
      expect(Properties['BillingMode'], id).toBe('PAY_PER_REQUEST');
    }
  });

  it('remembers destroyed keys for one day and streams them nowhere', () => {
    const keys = ofType('AWS::DynamoDB::Table').find(({ id }) => id.startsWith('NarrativeVault'));
    expect(keys?.Properties['PointInTimeRecoverySpecification']).toMatchObject({ RecoveryPeriodInDays: 1 });
    expect(keys?.Properties['StreamSpecification']).toBeUndefined();
  });

  it.each(['AuditTrail', 'RequestLog'])('forbids everybody to change or delete an item of %s', (name) => {
    const table = ofType('AWS::DynamoDB::Table').find(({ id }) => id.startsWith(name));
    const policy = text(table?.Properties['ResourcePolicy']);
    expect(policy).toContain('"Effect":"Deny"');
    for (const action of ['DeleteItem', 'UpdateItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'])
      expect(policy).toContain(`dynamodb:${action}`);
  });

  it('closes, versions and encrypts every bucket, and takes TLS only', () => {
    for (const bucket of ofType('AWS::S3::Bucket')) {
      const { id, Properties } = bucket;
      expect(Properties['PublicAccessBlockConfiguration'], id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties['VersioningConfiguration'], id).toEqual({ Status: 'Enabled' });
      expect(text(Properties['BucketEncryption']), id).toContain(isAccessLog(bucket) ? 'AES256' : 'aws:kms');
      const policy = text(policyOf(id)?.Properties['PolicyDocument']);
      expect(policy, id).toContain('"aws:SecureTransport":"false"');
      expect(policy, id).toContain('"s3:TlsVersion":1.2');
      expect(policy, id).not.toMatch(/"Effect":"Allow","Principal":(\{"AWS":)?"\*"/);
      if (!isAccessLog(bucket)) expect(Properties['LoggingConfiguration'], id).toBeDefined();
    }
  });

  it('locks every bucket in which evidence lies, as the stage says', () => {
    const locked = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties['ObjectLockEnabled']);
    expect(locked.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'AccessTrailFiles',
      'FoiaCustody',
      'FoiaCustodyDrop',
      'Lake',
      'RawObjectsRaw',
      'ReleaseLedger',
      'SealedBundlesSealed',
      'Shelf',
    ]);
    for (const { id, Properties } of locked)
      expect(Properties['ObjectLockConfiguration'], id).toMatchObject({
        Rule: { DefaultRetention: { Mode: stage.evidence.mode, Days: 365 * stage.evidence.years } },
      });
  });

  it('writes down every call on evidence in locked, chained files', () => {
    const [trail, ...others] = ofType('AWS::CloudTrail::Trail');
    expect(others).toEqual([]);
    expect(trail?.Properties).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      KMSKeyId: expect.anything(),
    });
    const selectors = trail?.Properties['AdvancedEventSelectors'] as readonly { Name: string }[];
    const told = (name: string) => text(selectors.find(({ Name }) => Name === name));
    const evidence = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties['ObjectLockEnabled']);
    // The trail does not write down its own writing.
    for (const { id } of evidence.filter((bucket) => !bucket.id.startsWith('AccessTrail')))
      expect(told('Objects of evidence') + told('Changes of the lake and the shelf'), id).toContain(id);
    for (const answers of ['Resultslegal', 'Resultspublic']) expect(told('Objects of evidence')).toContain(answers);
    expect(told('Objects of evidence')).not.toContain('readOnly');
    for (const table of ['ReportStore', 'NarrativeVault', 'AuditTrail', 'RequestLog'])
      expect(told('Items of evidence')).toContain(table);
    expect(told('What governs the account')).toContain('Management');
  });

  it('turns every key of its own once a year', () => {
    for (const { id, Properties } of ofType('AWS::KMS::Key')) expect(Properties['EnableKeyRotation'], id).toBe(true);
  });

  it('makes the Glue tables of the lake from the list that the Parquet writer uses', () => {
    for (const [name, { columns }] of Object.entries(lakeTables)) {
      const input = ofType('AWS::Glue::Table')
        .map(({ Properties }) => Properties['TableInput'] as Record<string, never>)
        .find((table) => table['Name'] === name);
      expect(input?.['StorageDescriptor']?.['Columns']).toHaveLength(columns.length);
      expect(input?.['PartitionKeys']).toMatchObject([{ Name: 'recorded_month', Type: 'string' }]);
      expect(input?.['Parameters']).toMatchObject({
        'projection.enabled': 'true',
        'projection.recorded_month.type': 'date',
        'projection.recorded_month.format': 'yyyy-MM',
      });
      expect(text(input?.['Parameters']?.['storage.location.template'])).toContain(
        `/${name}/recorded_month=\${recorded_month}/`,
      );
    }
  });

  it('binds whoever asks to the settings of the workgroup, one for each audience', () => {
    const groups = ofType('AWS::Athena::WorkGroup');
    expect(groups.map(({ Properties }) => Properties['Name']).sort()).toEqual([
      'ledger-trial-legal',
      'ledger-trial-public',
    ]);
    for (const { Properties } of groups)
      expect(Properties['WorkGroupConfiguration']).toMatchObject({
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 20_000_000,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      });
  });

  it('says the department of a client by a scope that only this client holds', () => {
    const clients = ofType('AWS::Cognito::UserPoolClient');
    expect(clients).toHaveLength(stage.city.departments.length + 3);
    for (const { id: department } of stage.city.departments) {
      const holders = clients.filter(({ Properties }) =>
        text(Properties['AllowedOAuthScopes']).includes(`department/${department}"`),
      );
      expect(holders.map(({ Properties }) => Properties['ClientName'])).toEqual([`department-${department}`]);
    }
    for (const { Properties } of clients) expect(Properties['AllowedOAuthFlows']).toEqual(['client_credentials']);
  });

  it('tells the queue of every file that is dropped', () => {
    cloud().templates.records.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: {
        QueueConfigurations: drops.map(({ prefix }) =>
          Match.objectLike({
            Event: 's3:ObjectCreated:*',
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefix }] } },
          }),
        ),
      },
    });
  });
});
