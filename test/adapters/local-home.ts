import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LocalStore, openStore } from '#adapters/local/store.ts';

/** An empty data directory. */
export const emptyHome = (): string => mkdtempSync(join(tmpdir(), 'ledger-'));

/** A store of its own for one test, closed when the test ends. */
export function storeOfItsOwn(dataDir = emptyHome()): LocalStore {
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}
