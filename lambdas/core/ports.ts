/**
 * Everything the outside must give. One file per port stands under each home in `adapters/`, and one contract suite proves both alike.
 */
import type { LedgerEntry, LedgerRecord } from './disclosure/ledger-entry.ts';
import type { Released } from './disclosure/release.ts';
import type {
  ArrivedFile,
  ConfirmedMapping,
  FoiaArrival,
  FoiaCustody,
  FoiaOrder,
  FoiaOriginal,
  FoiaPreview,
  FoiaStatement,
  OpenedOriginal,
} from './domain/foia-custody.ts';
import type {
  DepartmentId,
  ExhibitId,
  PropertyId,
  ReleaseId,
  ReportId,
  RequestId,
  Sha256,
  SubmissionId,
} from './domain/ids.ts';
import type { CalendarDate, Instant } from './domain/instant.ts';
import type { Principal } from './domain/principal.ts';
import type { Outcome } from './domain/problem.ts';
import type { GuardedFields } from './domain/report/protected.ts';
import type { ReminderRecord } from './domain/request/reminder.ts';
import type { LogEntry } from './domain/request/request.ts';
import type { Receipt, ReportHead, ReportVersion, SealedFields, SubmissionRecord } from './domain/submission.ts';
import type { LakeColumns } from './lake/lake-columns.ts';
import type { Answer, QuestionValue } from './lake/question.ts';
import type { LakeRow, LakeTableName } from './lake/tables.ts';

export type Clock = { now(): Instant };

/** Fresh random names, at least 128 bits, that tell nothing of when or why they were made. */
export type Ids = { random(): string };

type LogValue =
  | number
  | boolean
  | null
  | undefined
  | SubmissionId
  | ReportId
  | DepartmentId
  | ReleaseId
  | ExhibitId
  | Sha256
  | Instant;
/** Facts of one line: ids, counts, times. A free string does not compile; closed words go into the event's name. */
export type LogFields = Readonly<Record<string, LogValue>>;
export type LogEvent = `${string}:${string}`;
export type Log = {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  /** A person must act. The cause's stack is kept, its message is not (parsers quote their input). */
  error(event: LogEvent, cause: unknown, fields?: LogFields): void;
};

/** Opens the bearer token of an Authorization header. Refuses with AUTH_MISSING or AUTH_INVALID. */
export type Tokens = { verify(authorization: string | undefined): Promise<Outcome<Principal>> };

/** Objects written once. `putIfAbsent` answers the bytes that stand there already, or undefined when these were written; both are durable when it returns, or are made durable no later than the commit that follows. */
export type RawObjects = {
  putIfAbsent(key: string, bytes: Uint8Array): Promise<Uint8Array | undefined>;
  get(key: string): Promise<Uint8Array | undefined>;
};

export type Commitment = {
  readonly receipt: Omit<Receipt, 'receivedAt'>;
  readonly record: SubmissionRecord;
  readonly at: Instant;
};
export type Committed =
  | { readonly outcome: 'committed'; readonly receipt: Receipt }
  | { readonly outcome: 'exists'; readonly receipt: Receipt }
  /** Another submission took one of the report versions in between: nothing was written. */
  | { readonly outcome: 'conflict' };

export type PullFilter = {
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly department?: DepartmentId;
  readonly property?: PropertyId;
  /** Only versions recorded at or before this moment count; each report appears once, in its last version by then. */
  readonly asOf: Instant;
};
export type StoredVersion = {
  readonly version: ReportVersion;
  readonly submissionId: SubmissionId;
  readonly receivedAt: Instant;
};
export type Page<Item> = { readonly items: readonly Item[]; readonly cursor?: string };

/**
 * The report store. `commit` writes receipt, report versions and the accept event in one transaction or not at all: the receipt exists exactly when every
 * accepted row does. `receivedAt` never runs backwards. A receipt that stands already is answered as it is ('exists'), whoever asks again.
 */
export type ReportStore = {
  receipt(id: SubmissionId): Promise<Receipt | undefined>;
  heads(reports: readonly ReportId[]): Promise<ReadonlyMap<ReportId, ReportHead>>;
  commit(commitment: Commitment): Promise<Committed>;
  /** Every version of one report, oldest first; empty when there is none. */
  versions(report: ReportId): Promise<readonly StoredVersion[]>;
  receiptsOf(
    department: DepartmentId,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<Receipt>>;
  pull(filter: PullFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<StoredVersion>>;
};

/** Seals protected fields under a fresh key per report version (nothing for a version without any); keys are durable before or with the commit that follows. Cannot open anything. */
export type Sealer = {
  seal(
    items: readonly {
      readonly report: ReportId;
      readonly version: number;
      readonly guarded: GuardedFields;
    }[],
  ): Promise<readonly (readonly SealedFields[])[]>;
};
/** Opens sealed fields; a field whose key was destroyed comes back as undefined. */
export type Unsealer = {
  unseal(
    report: ReportId,
    version: number,
    sealed: readonly SealedFields[],
  ): Promise<Readonly<Record<string, string | undefined>>>;
};

/** One read or seal, written before its first byte is answered. `what` is a closed description of the filter (ids and dates only). */
export type AuditRecord = {
  readonly id: string;
  readonly at: Instant;
  readonly client: string;
  readonly action:
    | 'reports:pulled'
    | 'reports:exported'
    | 'reports:unsealed'
    | 'exhibit:sealed'
    | 'receipts:read'
    | 'report:read'
    | 'foia:read'
    | 'foia:ordered'
    | 'report:erased'
    | 'audit:read'
    | 'release:run'
    | 'review:read'
    | 'requests:read'
    | 'requests:written'
    | 'letter:made';
  readonly what: Readonly<Record<string, string>>;
  readonly purpose?: string;
  readonly matter?: string;
  readonly count: number;
};
/** Append-only. `append` returns only when the record is durable. `list` is newest first. */
export type AuditTrail = {
  append(record: AuditRecord): Promise<void>;
  list(page: { readonly limit: number; readonly cursor?: string }): Promise<Page<AuditRecord>>;
};

/** Append-only Parquet tables. The same table, partition and name always hold the same rows: writing again replaces an object by its equal. `partition` is the month of recording, `YYYY-MM`. */
export type Lake = {
  /** The name of the object that is the last of its table by month and name; undefined when the table is empty. Made for tables of few objects: it looks at all their names. */
  newest(table: LakeTableName): Promise<string | undefined>;
  append<Table extends LakeTableName>(
    table: Table,
    at: { readonly partition: string; readonly name: string },
    rows: readonly LakeRow<Table>[] | LakeColumns<Table>,
  ): Promise<{ readonly key: string; readonly sha256: Sha256; readonly bytes: number }>;
};

/** Runs one SELECT over the lake. `token` makes a retry of the same run the same run. A failing query is a fault. */
export type QueryEngine = {
  run(query: {
    readonly name: string;
    readonly sql: string;
    readonly parameters: readonly QuestionValue[];
    readonly token: string;
  }): Promise<Answer>;
};

/** Custody of agency files: the original as received, first and always; then what was read of it, and what people say about it. Nothing is overwritten but progress and the record. */
export type FoiaFiles = {
  open(key: string): Promise<OpenedOriginal>;
  /** Opens a kept original. */
  openKept(file: Sha256): Promise<OpenedOriginal>;
  /** Keeps the original under its hash (once) and notes its arrival. `sha256` is given where it is known; other bytes are a fault, here or in `kept`. */
  keep(file: {
    readonly sha256?: Sha256;
    readonly arrival: FoiaArrival;
    readonly original: FoiaOriginal;
  }): Promise<ArrivedFile>;
  /** Writes the record of a file: while it is being read, and what became of it. */
  conclude(custody: FoiaCustody): Promise<void>;
  /** Quarantined and refused rows of one reading with their reasons, as NDJSON beside the original; never in a log. */
  quarantine(file: Sha256, reading: number, part: number, ndjson: string): Promise<void>;
  /** Keeps what a person is shown of a reading. It carries content of the file. */
  keepPreview(file: Sha256, reading: number, preview: FoiaPreview): Promise<void>;
  preview(file: Sha256, reading: number): Promise<FoiaPreview | undefined>;
  /** Writes a statement down under its number; false when another stands there. */
  state(statement: FoiaStatement): Promise<boolean>;
  /** The statements about a file, in the order of their numbers. */
  statements(file: Sha256): Promise<readonly FoiaStatement[]>;
  /** Writes a confirmed mapping down once. */
  confirm(mapping: ConfirmedMapping): Promise<void>;
  /** Every confirmed mapping, the earliest first. */
  mappings(): Promise<readonly ConfirmedMapping[]>;
  /** Puts an order where the function that reads files finds it. */
  order(order: FoiaOrder): Promise<void>;
  find(file: Sha256): Promise<FoiaCustody | undefined>;
  /** Every file that was read or is being read, the latest first. */
  list(): Promise<readonly FoiaCustody[]>;
};

/** Requests for records: a log for each, to which entries are only added, and the reminders that went out. */
export type RequestLog = {
  /** Durable when it answers true; false when the number is taken by another entry, or the one before it is not there. */
  append(entry: LogEntry): Promise<boolean>;
  /** The entries of a request in the order of their numbers; empty when there is none. */
  log(request: RequestId): Promise<readonly LogEntry[]>;
  /** Every request that was opened, in no order; one whose opening was cut short may be among them with an empty log. */
  requests(): Promise<readonly RequestId[]>;
  /** Writes down what became of a reminder; the first record of a key stands. */
  writeReminder(record: ReminderRecord): Promise<void>;
  reminders(request: RequestId): Promise<readonly ReminderRecord[]>;
};

/**
 * The append-only, chained release ledger. `append` succeeds only on the expected head; otherwise it answers false and no link is written. What is sealed (evidence and
 * certificate) lies apart from the links, durable before them: `records` reads none of it.
 */
export type ReleaseLedger = {
  records(): Promise<readonly LedgerRecord[]>;
  entries(): Promise<readonly LedgerEntry[]>;
  /** `certificate` is the JSON whose hash stands in the entry. */
  append(entry: LedgerEntry, certificate?: string): Promise<boolean>;
  /** The proofs sealed beside an entry; undefined when it has none. */
  certificate(record: LedgerRecord): Promise<string | undefined>;
};

/** The published shelf: only a Released value opens it. Keys are `<release id>/<file>`. */
export type Shelf = {
  place(release: Released, files: ReadonlyMap<string, Uint8Array>): Promise<void>;
  read(key: string): Promise<Uint8Array | undefined>;
  releases(): Promise<readonly { readonly id: ReleaseId; readonly files: readonly string[] }[]>;
};

/** Sealed court bundles. A sealed bundle is never written again: placing the same bytes is fine, placing others is a fault. */
export type SealedBundles = {
  place(exhibit: ExhibitId, files: ReadonlyMap<string, Uint8Array>): Promise<{ readonly path: string }>;
  list(): Promise<readonly ExhibitId[]>;
};

export type Message = {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Uint8Array }[];
  readonly date: Instant;
};
/** Sends a message at most once per id. */
export type Mail = { send(message: Message): Promise<void> };

/** Sets a Typst document: files by absolute path inside the document's world. Warnings are faults; the same input gives the same bytes. */
export type Typesetter = {
  pdf(document: {
    readonly main: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly standard: 'ua-1' | 'a-3a';
    readonly date: Instant;
  }): Promise<Uint8Array>;
};

/** Files that ship with the program (styles, templates, fonts, questions, policy), by path from the root of the repository. A missing file is a fault. */
export type Assets = {
  text(path: string): Promise<string>;
  bytes(path: string): Promise<Uint8Array>;
  list(folder: string): Promise<readonly string[]>;
};
