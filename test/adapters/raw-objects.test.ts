import { describe, expect, it } from 'vitest';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { openStore } from '#adapters/local/store.ts';
import { emptyHome, storeOfItsOwn } from './local-home.ts';
import { rawObjectsContract } from './raw-objects.contract.ts';

describe('raw objects at home', () => {
  rawObjectsContract(async () => rawObjects(storeOfItsOwn()));

  it('are there when the store is opened again', async () => {
    const dataDir = emptyHome();
    const store = openStore(dataDir);
    await rawObjects(store).putIfAbsent('raw/a', Buffer.from('kept'));
    await store.close();
    expect(Buffer.from((await rawObjects(storeOfItsOwn(dataDir)).get('raw/a')) ?? []).toString()).toBe('kept');
  });
});
