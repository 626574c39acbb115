import type { ReportId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Receipt, ReportHead, ReportVersion } from '#core/domain/submission.ts';
import type { Commitment } from '#core/ports.ts';
import { acceptedItem, clockItem, clockKey, type Item, receiptItem } from './report-items.ts';
import { absent, type ConditionalPut } from './report-table.ts';

/** What a submission does to one report: the version it must find, and what is current afterwards. */
export type Step = { readonly expected: number; readonly head: ReportHead };
export type CommitPlan = {
  readonly commitment: Commitment;
  readonly versions: readonly ReportVersion[];
  readonly steps: ReadonlyMap<ReportId, Step>;
};

/** Orders the accepted rows by report; undefined when the versions of one report do not follow each other. */
export function commitPlan(commitment: Commitment): CommitPlan | undefined {
  const versions: ReportVersion[] = [];
  const steps = new Map<ReportId, Step>();
  for (const row of commitment.record.rows) {
    if (row.status !== 'accepted') continue;
    const { reportId, version, operation, sha256 } = row.report;
    const before = steps.get(reportId);
    if (before && version !== before.head.version + 1) return undefined;
    steps.set(reportId, {
      expected: before?.expected ?? version - 1,
      head: { reportId, version, operation, sha256 },
    });
    versions.push(row.report);
  }
  return { commitment, versions, steps };
}

/** The places of the puts that every commit ends with. */
export const receiptPlace = 0;
export const clockPlace = 2;

/** Receipt, accept event and the clock of the department: what makes a submission accepted. Each is refused when it is no longer true. */
export function receiptPuts(receipt: Receipt): readonly ConditionalPut[] {
  const { department, receivedAt } = receipt;
  return [
    { item: receiptItem(receipt), condition: absent },
    { item: acceptedItem(receipt), condition: absent },
    {
      item: clockItem(department, receivedAt),
      condition: {
        expression: 'attribute_not_exists(pk) OR last_at <= :at',
        values: { ':at': { S: receivedAt } },
      },
    },
  ];
}

export const clockKeyOf = ({ commitment }: CommitPlan): Item => clockKey(commitment.receipt.department);
/** The later of two moments: the time of receipt never runs backwards. */
export const later = (at: Instant, last: string | undefined): Instant =>
  last !== undefined && last > at ? (last as Instant) : at;

/** A head is as expected and nobody claims what comes next. */
export function headIs(expected: number): NonNullable<ConditionalPut['condition']> {
  const same = '(version = :expected AND attribute_not_exists(claimed_by))';
  return {
    expression: expected === 0 ? `attribute_not_exists(pk) OR ${same}` : same,
    values: { ':expected': { N: String(expected) } },
  };
}
