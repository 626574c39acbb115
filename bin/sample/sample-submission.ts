import type { DepartmentId } from '#core/domain/ids.ts';
import { submissionCsv } from '#core/domain/report/csv-export.ts';
import type { Week } from '#core/domain/week.ts';

/**
 * One request to `POST /v1/reports` with what should become of it. `replayed` is answered with the first receipt, `key_reused` with 422, `duplicate` with a
 * receipt that stores nothing new; `mixed` stores some rows and refuses others.
 */
export type SampleSubmission = {
  readonly department: DepartmentId;
  /** The week in which it is posted. */
  readonly week: Week;
  readonly idempotencyKey: string;
  readonly contentType: 'application/json' | 'application/x-ndjson' | 'text/csv';
  readonly body: string;
  readonly mode: 'strict' | 'lenient';
  readonly expect: 'accepted' | 'mixed' | 'refused' | 'duplicate' | 'replayed' | 'key_reused';
  /** Rows of this body that the ledger should newly store, know already, or refuse. */
  readonly rows: { readonly accepted: number; readonly duplicates: number; readonly refused: number };
  /** What it is a sample of, in a few words. */
  readonly label: string;
};

/** How a department sends its reports. */
export type Manner = 'batch' | 'csv' | 'ndjson' | 'single';

type AnyReport = Readonly<Record<string, unknown>>;

/** A body of one report or many, as the manner has it. */
export function bodyOf(manner: Manner, reports: readonly AnyReport[]): Pick<SampleSubmission, 'contentType' | 'body'> {
  switch (manner) {
    case 'single':
      return { contentType: 'application/json', body: JSON.stringify(reports[0]) };
    case 'batch':
      return { contentType: 'application/json', body: JSON.stringify(reports) };
    case 'ndjson':
      return {
        contentType: 'application/x-ndjson',
        body: reports.map((report) => `${JSON.stringify(report)}\n`).join(''),
      };
    case 'csv':
      return { contentType: 'text/csv', body: submissionCsv(reports) };
  }
}

const none = { accepted: 0, duplicates: 0, refused: 0 } as const;

export const acceptedRows = (accepted: number) => ({ expect: 'accepted', rows: { ...none, accepted } }) as const;
export const refusedRows = (refused: number) => ({ expect: 'refused', rows: { ...none, refused } }) as const;
export const mixedRows = (accepted: number, refused: number) =>
  ({ expect: 'mixed', rows: { ...none, accepted, refused } }) as const;

/** The same request once more, as after a lost answer. */
export const retryOf = (first: SampleSubmission): SampleSubmission => ({
  ...first,
  expect: 'replayed',
  rows: none,
  label: 'retry with the same key',
});

/** The same body under another key: every row is known already. */
export const repeatOf = (first: SampleSubmission): SampleSubmission => ({
  ...first,
  idempotencyKey: `${first.idempotencyKey}-again`,
  expect: 'duplicate',
  rows: { ...none, duplicates: first.rows.accepted },
  label: 'same body with another key',
});

/** The same key with another body (a line break more), as from a client that counts badly. */
export const keyReuseOf = (first: SampleSubmission): SampleSubmission => ({
  ...first,
  body: `${first.body}\n`,
  expect: 'key_reused',
  rows: none,
  label: 'same key with another body',
});
