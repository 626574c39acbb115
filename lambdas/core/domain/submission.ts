import type { DepartmentId, PropertyId, ReportId, Sha256, SubmissionId } from './ids.ts';
import type { CalendarDate, Instant } from './instant.ts';
import type { Violation } from './problem.ts';
import type { Week } from './week.ts';

export const operations = ['create', 'correct', 'supplement', 'withdraw', 'zero'] as const;
/** What a department does to a report. `zero` says "nothing happened in this week", which is not the same as saying nothing. */
export type Operation = (typeof operations)[number];

/**
 * The protected fields that one version brought, sealed as one text under a key of their own: authenticated encryption (the home's: decisions/0015), base64, the tag behind it. `key` names the wrapped key in
 * the vault and seals nothing else; destroying it erases the text for ever. `fields` are those still in force: a later version may have replaced the others.
 */
export type SealedFields = { readonly fields: readonly string[]; readonly key: string; readonly text: string };

/** What other rooms may know of a report without opening it: the place, the time and the codes. Dates are in the city's zone. */
export type ReportFacts = {
  readonly department: DepartmentId;
  readonly property?: PropertyId;
  readonly observedFrom?: Instant;
  readonly observedDate?: CalendarDate;
  readonly week: Week;
};

/** One version of one report, as stored: `open` holds every unprotected field in the submitted vocabulary, `sealed` the protected ones; a supplement keeps those of the versions before it that it does not replace. */
export type ReportVersion = {
  readonly reportId: ReportId;
  readonly localReportId: string;
  readonly version: number;
  readonly operation: Operation;
  readonly sha256: Sha256;
  readonly facts: ReportFacts;
  readonly open: Readonly<Record<string, unknown>>;
  readonly sealed: readonly SealedFields[];
};

/** The verdict on one row of a submission; `line` is the line of the file (1 for a single report). Every row read has exactly one verdict. */
export type RowVerdict =
  | {
      readonly line: number;
      readonly status: 'accepted';
      readonly report: ReportVersion;
      readonly violations: readonly Violation[];
    }
  | {
      readonly line: number;
      readonly status: 'duplicate';
      readonly reportId: ReportId;
      readonly version: number;
      readonly sha256: Sha256;
      readonly violations: readonly Violation[];
    }
  | {
      readonly line: number;
      readonly status: 'refused';
      readonly localReportId?: string;
      readonly violations: readonly Violation[];
    };

/** The raw object: what one request asked for and what became of each row. Written once, before the commit, and never changed. */
export type SubmissionRecord = {
  readonly schema: 1;
  readonly submissionId: SubmissionId;
  readonly department: DepartmentId;
  /** Whether one refused row would have refused the whole submission; left out by what is not a request. */
  readonly mode?: 'strict' | 'lenient';
  readonly rows: readonly RowVerdict[];
};

/** Counts of rows; received = accepted + duplicates + refused. */
export type RowCounts = {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
};

/** The durable answer to one request, kept for ever. `request` is the hash of the request (body, type and mode) that a replay must equal; `raw` names the raw object. */
export type Receipt = {
  readonly submissionId: SubmissionId;
  readonly department: DepartmentId;
  readonly request: Sha256;
  readonly raw: string;
  readonly receivedAt: Instant;
  readonly counts: RowCounts;
};

/** What is current for one local report id of one department. */
export type ReportHead = {
  readonly reportId: ReportId;
  readonly version: number;
  readonly operation: Operation;
  readonly sha256: Sha256;
};
