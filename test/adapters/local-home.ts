import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { type LocalStore, openStore } from '#adapters/local/store.ts';
import type { ReportStore } from '#core/ports.ts';

/** An empty data directory. */
export const emptyHome = (): string => mkdtempSync(join(tmpdir(), 'ledger-'));

/** A store of its own for one test, closed when the test ends. */
export function storeOfItsOwn(dataDir = emptyHome()): LocalStore {
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}

/** The report store at home, with the raw object of each commitment placed before it as a submission does. */
export function recordKeepingStore(store: LocalStore): ReportStore {
  const reports = reportStore(store);
  const raw = rawObjects(store);
  return {
    ...reports,
    commit: async (commitment) => {
      await raw.putIfAbsent(commitment.receipt.raw, Buffer.from(JSON.stringify(commitment.record)));
      return reports.commit(commitment);
    },
  };
}
