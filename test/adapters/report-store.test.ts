import { describe, expect, it } from 'vitest';
import { receiptFeed } from '#adapters/local/receipt-feed.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { openStore } from '#adapters/local/store.ts';
import { type DepartmentId, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { emptyHome, recordKeepingStore, storeOfItsOwn } from './local-home.ts';
import { reportStoreContract } from './report-store.contract.ts';

describe('the report store at home', () => {
  reportStoreContract(async () => recordKeepingStore(storeOfItsOwn()));
});

const at = '2026-03-02T10:00:00.000Z' as Instant;
function empty(key: string) {
  const department = 'fire' as DepartmentId;
  const submissionId = submissionIdOf(department, key);
  const counts = { received: 0, accepted: 0, duplicates: 0, refused: 0 };
  const receipt = { submissionId, department, request: sha256(key), raw: `raw/${key}`, counts };
  return { receipt, record: { schema: 1 as const, submissionId, department, rows: [] }, at };
}

describe('the receipt feed at home', () => {
  it('gives every receipt once, in order of commit, as a DynamoDB stream does', async () => {
    const store = storeOfItsOwn();
    const reports = reportStore(store);
    await Promise.all(['a', 'b', 'c'].map((key) => reports.commit(empty(key))));
    const feed = receiptFeed(store);
    const records = await feed.read(0, 10);
    expect(records.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toEqual(['1', '2', '3']);
    expect(records[0]).toMatchObject({
      eventName: 'INSERT',
      dynamodb: { NewImage: { raw: { S: 'raw/a' }, department_id: { S: 'fire' }, received_at: { S: at } } },
    });
    expect((await feed.read(1, 1)).map(({ dynamodb }) => dynamodb?.NewImage?.['raw'])).toEqual([{ S: 'raw/b' }]);
    expect(await feed.read(3, 10)).toEqual([]);
    expect(feed.newest()).toBe(3);
  });

  it('remembers how far a consumer came when the store is opened again, and never goes back', async () => {
    const dataDir = emptyHome();
    const before = openStore(dataDir);
    const cursor = receiptFeed(before).cursor('record-lake');
    expect(cursor.position()).toBe(0);
    await cursor.advance(7);
    await cursor.advance(3);
    await before.close();
    expect(receiptFeed(storeOfItsOwn(dataDir)).cursor('record-lake').position()).toBe(7);
  });
});
