import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { capacityOf, type StageConfig } from './config.ts';
import { AccessTrail } from './constructs/access-trail.ts';
import { AuditTrail } from './constructs/audit-trail.ts';
import { FoiaCustody } from './constructs/foia-custody.ts';
import { Identity } from './constructs/identity.ts';
import { accessLogBucket } from './constructs/kept-bucket.ts';
import { KeptSecret } from './constructs/kept-secret.ts';
import { Keys } from './constructs/keys.ts';
import { Lake } from './constructs/lake.ts';
import { NarrativeVault } from './constructs/narrative-vault.ts';
import { Questions } from './constructs/questions.ts';
import { RawObjects } from './constructs/raw-objects.ts';
import { ReleaseLedger } from './constructs/release-ledger.ts';
import { ReportStore } from './constructs/report-store.ts';
import { RequestLog } from './constructs/request-log.ts';
import { SealedBundles } from './constructs/sealed-bundles.ts';
import { SentMail } from './constructs/sent-mail.ts';
import { Shelf } from './constructs/shelf.ts';

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
  readonly trail: AccessTrail;
  /** Decides between equally good complements of a withheld cell, so that knowing the program does not tell which cell was small. */
  readonly tieBreak: KeptSecret;
  /** Makes keys of the identifiers of persons in agency files: without it nobody can try identifiers until one fits. */
  readonly personKeys: KeptSecret;

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
    this.personKeys = new KeptSecret(this, 'PersonKeys', {
      key: keys.records,
      stage,
      name: 'person-keys',
      variable: 'PERSON_KEY_SECRET',
      does: 'Makes keys of the identifiers of persons in agency files',
      neverRotated:
        'Under a new value the same person would have another key, and rows of two releases could no longer be told to be about one.',
    });
    this.tieBreak = new KeptSecret(this, 'TieBreak', {
      key: keys.ledger,
      stage,
      name: 'tie-break',
      variable: 'TIE_BREAK_SECRET',
      does: 'Decides between equally good complements of a withheld cell',
      neverRotated:
        'A new value would choose other complements for the same table, and the difference between two releases could then tell which cell was small.',
    });
    this.trail = new AccessTrail(this, 'AccessTrail', {
      stage: props.stage,
      key: keys.operations,
      accessLogs,
      watched: [
        this.raw.bucket,
        this.foia.drop,
        this.foia.custody,
        this.ledger.bucket,
        this.sealed.bucket,
        ...[...this.questions.desks.values()].map(({ results }) => results),
      ],
      changed: [this.lake.bucket, this.shelf.bucket],
      tables: [this.reports.table, this.narratives.table, this.audit.table, this.requests.table],
    });
    new CfnOutput(this, 'TokenAddress', { value: this.identity.tokenEndpoint });
  }
}
