import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { capacityOf, type StageConfig } from './config.ts';
import { AuditTrail } from './constructs/audit-trail.ts';
import { FoiaCustody } from './constructs/foia-custody.ts';
import { Identity } from './constructs/identity.ts';
import { accessLogBucket } from './constructs/kept-bucket.ts';
import { Keys } from './constructs/keys.ts';
import { Lake } from './constructs/lake.ts';
import { NarrativeVault } from './constructs/narrative-vault.ts';
import { PersonKeys } from './constructs/person-keys.ts';
import { Questions } from './constructs/questions.ts';
import { RawObjects } from './constructs/raw-objects.ts';
import { ReleaseLedger } from './constructs/release-ledger.ts';
import { ReportStore } from './constructs/report-store.ts';
import { RequestLog } from './constructs/request-log.ts';
import { SealedBundles } from './constructs/sealed-bundles.ts';
import { SentMail } from './constructs/sent-mail.ts';
import { Shelf } from './constructs/shelf.ts';
import { TieBreak } from './constructs/tie-break.ts';

/** Everything that holds a record. Nothing in it is deleted with the stack. */
export class RecordsStack extends Stack {
  readonly keys: Keys;
  readonly accessLogs: ReturnType<typeof accessLogBucket>;
  readonly reports: ReportStore;
  readonly raw: RawObjects;
  readonly narratives: NarrativeVault;
  readonly audit: AuditTrail;
  readonly ledger: ReleaseLedger;
  readonly lake: Lake;
  readonly questions: Questions;
  readonly shelf: Shelf;
  readonly sealed: SealedBundles;
  readonly foia: FoiaCustody;
  readonly identity: Identity;
  readonly sentMail: SentMail;
  readonly requests: RequestLog;
  readonly tieBreak: TieBreak;
  readonly personKeys: PersonKeys;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: StageConfig }) {
    super(scope, id, { ...props, terminationProtection: true });
    const { name: stage, evidence, scanBytesMax, logDays, city } = props.stage;
    const keys = new Keys(this, 'Keys', stage);
    const accessLogs = accessLogBucket(this, 'AccessLogs', logDays);
    const kept = { key: keys.records, accessLogs, evidence };
    this.keys = keys;
    this.accessLogs = accessLogs;
    this.reports = new ReportStore(this, 'ReportStore', kept);
    this.raw = new RawObjects(this, 'RawObjects', kept);
    this.narratives = new NarrativeVault(this, 'NarrativeVault', { wrapping: keys.narratives, tableKey: keys.records });
    this.audit = new AuditTrail(this, 'AuditTrail', kept);
    this.ledger = new ReleaseLedger(this, 'ReleaseLedger', { ...kept, key: keys.ledger });
    this.lake = new Lake(this, 'Lake', { ...kept, key: keys.lake, stage });
    this.questions = new Questions(this, 'Questions', {
      lake: this.lake,
      key: keys.lake,
      accessLogs,
      stage,
      scanBytesMax,
    });
    this.shelf = new Shelf(this, 'Shelf', { ...kept, key: keys.published });
    this.sealed = new SealedBundles(this, 'SealedBundles', { ...kept, key: keys.published });
    const readingSeconds = capacityOf(props.stage)['receive-foia'].timeoutSeconds;
    this.foia = new FoiaCustody(this, 'FoiaCustody', { ...kept, readingSeconds });
    this.identity = new Identity(this, 'Identity', { stage, departments: city.departments.map(({ id }) => id) });
    this.sentMail = new SentMail(this, 'SentMail', kept);
    this.requests = new RequestLog(this, 'RequestLog', kept);
    this.personKeys = new PersonKeys(this, 'PersonKeys', { key: keys.records, stage });
    this.tieBreak = new TieBreak(this, 'TieBreak', { key: keys.ledger, stage });
    new CfnOutput(this, 'TokenAddress', { value: this.identity.tokenEndpoint });
  }
}
