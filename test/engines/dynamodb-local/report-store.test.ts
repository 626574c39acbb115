import { describe, expect, it } from 'vitest';
import { reportStore } from '#adapters/aws/report-store.ts';
import { reportStoreContract } from '../../adapters/report-store.contract.ts';
import { dynamodb } from '../stand-in.ts';
import { losingAnswers } from './lost-answers.ts';
import { client, freshReportTable } from './report-table.ts';
import { batch, reportOf, time } from './submissions.ts';

describe.skipIf(!dynamodb)('the report store in DynamoDB, in one transaction', () => {
  reportStoreContract(async () => reportStore(client, await freshReportTable()));
});

describe.skipIf(!dynamodb)('the report store in DynamoDB, by intent', () => {
  reportStoreContract(async () => reportStore(client, await freshReportTable(), 0));

  it('commits more reports than a transaction takes, whole, and lists each once', async () => {
    const store = reportStore(client, await freshReportTable());
    const asked = batch('large', time(1), 300);
    expect((await store.commit(asked)).outcome).toBe('committed');
    const page = await store.pull({ asOf: time(9) }, { limit: 1000 });
    expect(new Set(page.items.map(({ version }) => version.reportId)).size).toBe(300);
    expect(page.items).toHaveLength(300);
    expect((await store.heads([reportOf(1), reportOf(300)])).size).toBe(2);
  });

  it('shows nothing of a submission that died before its receipt, and lets another take its reports', async () => {
    const table = await freshReportTable();
    const dying = losingAnswers({ diesAt: 'TransactWriteItemsCommand' });
    await expect(reportStore(dying.client, table).commit(batch('dies', time(1), 60))).rejects.toThrow();
    const store = reportStore(client, table);
    expect((await store.heads([reportOf(1)])).size).toBe(0);
    expect(await store.versions(reportOf(1))).toEqual([]);
    expect((await store.pull({ asOf: time(59) }, { limit: 100 })).items).toEqual([]);
    expect((await store.commit(batch('other', time(5), 60))).outcome).toBe('committed');
    expect((await store.commit(batch('dies', time(6), 60))).outcome).toBe('conflict');
    expect((await store.pull({ asOf: time(59) }, { limit: 100 })).items).toHaveLength(60);
  });

  it('is finished by its own retry when it died before its receipt', async () => {
    const table = await freshReportTable();
    const dying = losingAnswers({ diesAt: 'TransactWriteItemsCommand' });
    await expect(reportStore(dying.client, table).commit(batch('k', time(1), 60))).rejects.toThrow();
    const store = reportStore(client, table);
    expect((await store.commit(batch('k', time(1), 60))).outcome).toBe('committed');
    expect((await store.versions(reportOf(60))).map(({ version }) => version.version)).toEqual([1]);
  });

  it('lets a small submission wait for a large one that lives and take over from one that died', async () => {
    const table = await freshReportTable();
    const dying = losingAnswers({ diesAt: 'TransactWriteItemsCommand' });
    await expect(reportStore(dying.client, table).commit(batch('dies', time(1), 60))).rejects.toThrow();
    const store = reportStore(client, table);
    expect((await store.commit(batch('small', time(3), 1))).outcome).toBe('committed');
  });

  it('lets one of two large submissions for the same reports through', async () => {
    const store = reportStore(client, await freshReportTable());
    const rivals = await Promise.all([store.commit(batch('a', time(1), 60)), store.commit(batch('b', time(1), 60))]);
    expect(rivals.map(({ outcome }) => outcome).sort()).not.toEqual(['committed', 'committed']);
    const page = await store.pull({ asOf: time(59) }, { limit: 500 });
    const committed = rivals.filter(({ outcome }) => outcome === 'committed').length;
    expect(page.items).toHaveLength(60 * committed);
    expect((await store.receiptsOf(batch('a', time(1), 1).receipt.department, { limit: 9 })).items).toHaveLength(
      committed,
    );
  });
});

describe.skipIf(!dynamodb)('a commit whose answer is lost', () => {
  it('is found again by the try of the SDK and by the next request', async () => {
    const table = await freshReportTable();
    const lossy = losingAnswers({ loses: 'TransactWriteItemsCommand' });
    const asked = batch('k', time(1), 2);
    const committed = await reportStore(lossy.client, table).commit(asked);
    expect(lossy.lost()).toBe(1);
    expect(['committed', 'exists']).toContain(committed.outcome);
    const again = await reportStore(client, table).commit({ ...asked, at: time(9) });
    expect(again).toEqual({ outcome: 'exists', receipt: { ...asked.receipt, receivedAt: time(1) } });
    expect(await reportStore(client, table).versions(reportOf(1))).toHaveLength(1);
  });
});
