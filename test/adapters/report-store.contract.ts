import { describe, expect, it } from 'vitest';
import { type DepartmentId, type PropertyId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import type { ReportVersion } from '#core/domain/submission.ts';
import { type Week, weekOf } from '#core/domain/week.ts';
import type { Commitment, PullFilter, ReportStore, StoredVersion } from '#core/ports.ts';

const fire = 'fire' as DepartmentId;
const parks = 'parks' as DepartmentId;
const time = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z` as Instant;

function version(department: DepartmentId, localReportId: string, more: Partial<ReportVersion> = {}): ReportVersion {
  const observedDate = '2026-02-25' as CalendarDate;
  return {
    reportId: reportIdOf(department, localReportId),
    localReportId,
    version: 1,
    operation: 'create',
    sha256: sha256(`${localReportId}${more.version ?? 1}`),
    facts: { department, property: 'p1' as PropertyId, observedDate, week: weekOf(observedDate) },
    open: { local_report_id: localReportId },
    sealed: [],
    ...more,
  };
}

function commitment(key: string, at: Instant, versions: readonly ReportVersion[], department = fire): Commitment {
  const submissionId = submissionIdOf(department, key);
  return {
    receipt: {
      submissionId,
      department,
      request: sha256(key),
      raw: `raw/${submissionId}-${sha256(`${key}${versions.length}`)}`,
      counts: { received: versions.length, accepted: versions.length, duplicates: 0, refused: 0 },
    },
    record: {
      schema: 1,
      submissionId,
      department,
      rows: versions.map((report, at) => ({ line: at + 1, status: 'accepted', report, violations: [] })),
    },
    at,
  };
}

async function everything(store: ReportStore, filter: PullFilter, limit = 2): Promise<string[]> {
  const found: StoredVersion[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.pull(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.map((stored) => `${stored.version.localReportId}.${stored.version.version}`);
}

/** What every home of the report store must do. */
export function reportStoreContract(make: () => Promise<ReportStore>): void {
  describe('commit', () => {
    it('keeps receipt, heads and versions together', async () => {
      const store = await make();
      const asked = commitment('k', time(1), [version(fire, 'a'), version(fire, 'b')]);
      const committed = await store.commit(asked);
      const receipt = { ...asked.receipt, receivedAt: time(1) };
      expect(committed).toEqual({ outcome: 'committed', receipt });
      expect(await store.receipt(receipt.submissionId)).toEqual(receipt);
      const a = reportIdOf(fire, 'a');
      expect((await store.heads([a, reportIdOf(fire, 'none')])).size).toBe(1);
      expect((await store.heads([a])).get(a)).toMatchObject({ version: 1, operation: 'create' });
      expect(await store.versions(a)).toEqual([
        { version: version(fire, 'a'), submissionId: receipt.submissionId, receivedAt: time(1) },
      ]);
    });

    it('answers the standing receipt to whoever comes again, and writes nothing', async () => {
      const store = await make();
      const first = await store.commit(commitment('k', time(1), [version(fire, 'a')]));
      const again = await store.commit(commitment('k', time(9), [version(fire, 'z')]));
      expect(again.outcome).toBe('exists');
      expect(again).toMatchObject({ receipt: 'receipt' in first ? first.receipt : {} });
      expect(await store.versions(reportIdOf(fire, 'z'))).toEqual([]);
    });

    it('writes nothing of a submission of which one version is taken', async () => {
      const store = await make();
      await store.commit(commitment('k1', time(1), [version(fire, 'a')]));
      const rival = commitment('k2', time(2), [version(fire, 'b'), version(fire, 'a')]);
      expect(await store.commit(rival)).toEqual({ outcome: 'conflict' });
      expect(await store.receipt(rival.receipt.submissionId)).toBeUndefined();
      expect(await store.versions(reportIdOf(fire, 'b'))).toEqual([]);
      expect((await store.receiptsOf(fire, { limit: 10 })).items).toHaveLength(1);
    });

    it('refuses a version that does not follow the head', async () => {
      const store = await make();
      const late = version(fire, 'a', { version: 2, operation: 'correct' });
      expect(await store.commit(commitment('k', time(1), [late]))).toEqual({ outcome: 'conflict' });
    });

    it('takes several versions of one report in one submission', async () => {
      const store = await make();
      const both = [version(fire, 'a'), version(fire, 'a', { version: 2, operation: 'correct' })];
      expect((await store.commit(commitment('k', time(1), both))).outcome).toBe('committed');
      expect((await store.versions(reportIdOf(fire, 'a'))).map((stored) => stored.version.version)).toEqual([1, 2]);
    });

    it('lets exactly one of many rivals for a version through', async () => {
      const store = await make();
      const rivals = Array.from({ length: 20 }, (_, n) =>
        store.commit(commitment(`k${n}`, time(1), [version(fire, 'a')])),
      );
      const outcomes = (await Promise.all(rivals)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(19);
      expect(await store.versions(reportIdOf(fire, 'a'))).toHaveLength(1);
    });

    it('gives all twins of a submission the same receipt', async () => {
      const store = await make();
      const twins = Array.from({ length: 10 }, (_, n) => store.commit(commitment('k', time(n), [version(fire, 'a')])));
      const committed = await Promise.all(twins);
      expect(committed.filter(({ outcome }) => outcome === 'committed')).toHaveLength(1);
      expect(new Set(committed.map((each) => JSON.stringify('receipt' in each && each.receipt))).size).toBe(1);
    });

    it('never lets the time of receipt run backwards', async () => {
      const store = await make();
      await store.commit(commitment('k1', time(5), [version(fire, 'a')]));
      const second = await store.commit(commitment('k2', time(3), [version(fire, 'b')]));
      expect(second).toMatchObject({ receipt: { receivedAt: time(5) } });
    });

    it('takes a submission without any accepted row', async () => {
      const store = await make();
      expect((await store.commit(commitment('k', time(1), []))).outcome).toBe('committed');
    });
  });

  describe('receiptsOf', () => {
    it("pages through a department's own receipts, newest first", async () => {
      const store = await make();
      for (let n = 1; n <= 5; n++) await store.commit(commitment(`k${n}`, time(n), [version(fire, `a${n}`)]));
      await store.commit(commitment('other', time(6), [version(parks, 'x')], parks));
      const first = await store.receiptsOf(fire, { limit: 3 });
      expect(first.items.map(({ receivedAt }) => receivedAt)).toEqual([time(5), time(4), time(3)]);
      const rest = await store.receiptsOf(fire, { limit: 3, cursor: first.cursor ?? '' });
      expect(rest.items.map(({ receivedAt }) => receivedAt)).toEqual([time(2), time(1)]);
      expect(rest.cursor).toBeUndefined();
    });
  });

  describe('pull', () => {
    const on = (date: string, department = fire, property = 'p1') => {
      const observedDate = date as CalendarDate;
      return { facts: { department, property: property as PropertyId, observedDate, week: weekOf(observedDate) } };
    };

    async function filled(): Promise<ReportStore> {
      const store = await make();
      await store.commit(
        commitment('k1', time(1), [
          version(fire, 'late', on('2026-02-27')),
          version(fire, 'early', on('2026-02-20')),
          version(fire, 'elsewhere', on('2026-02-25', fire, 'p2')),
        ]),
      );
      await store.commit(commitment('k2', time(2), [version(parks, 'theirs', on('2026-02-24', parks))], parks));
      const moved = version(fire, 'late', { ...on('2026-02-18'), version: 2, operation: 'correct' });
      await store.commit(commitment('k3', time(3), [moved]));
      const week = '2026-02-23' as Week;
      const zero = version(parks, 'zero', { operation: 'zero', facts: { department: parks, week } });
      await store.commit(commitment('k4', time(4), [zero], parks));
      return store;
    }

    it('gives each report once, in its last version, ordered by day', async () => {
      const store = await filled();
      const all = await everything(store, { asOf: time(9) });
      expect(all).toEqual(['late.2', 'early.1', 'zero.1', 'theirs.1', 'elsewhere.1']);
    });

    it('answers as of an earlier moment as it would have answered then', async () => {
      const store = await filled();
      expect(await everything(store, { asOf: time(2) })).toEqual(['early.1', 'theirs.1', 'elsewhere.1', 'late.1']);
      expect(await everything(store, { asOf: time(0) })).toEqual([]);
    });

    it('filters by day, department and property, on the version that counts', async () => {
      const store = await filled();
      const asOf = time(9);
      const date = (text: string) => text as CalendarDate;
      expect(await everything(store, { asOf, from: date('2026-02-24') })).toEqual(['theirs.1', 'elsewhere.1']);
      expect(await everything(store, { asOf, to: date('2026-02-20') })).toEqual(['late.2', 'early.1']);
      expect(await everything(store, { asOf, department: parks })).toEqual(['zero.1', 'theirs.1']);
      expect(await everything(store, { asOf, property: 'p2' as PropertyId })).toEqual(['elsewhere.1']);
    });

    it('gives the same rows at every page size, also while reports arrive', async () => {
      const store = await filled();
      const filter = { asOf: time(4) };
      const whole = await everything(store, filter, 100);
      for (const limit of [1, 2, 3, 5]) expect(await everything(store, filter, limit)).toEqual(whole);
      const first = await store.pull(filter, { limit: 2 });
      await store.commit(commitment('k9', time(8), [version(fire, 'new', on('2026-02-24'))]));
      const rest = await store.pull(filter, { limit: 9, cursor: first.cursor ?? '' });
      const names = [...first.items, ...rest.items].map(
        (stored) => `${stored.version.localReportId}.${stored.version.version}`,
      );
      expect(names).toEqual(whole);
    });
  });
}
