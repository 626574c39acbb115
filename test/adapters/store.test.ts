import { describe, expect, it } from 'vitest';
import { openStore, StoreLayoutError } from '#adapters/local/store.ts';
import type { DepartmentId, SubmissionId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { emptyHome } from './local-home.ts';

const entry = {
  submissionId: 'sub_1' as SubmissionId,
  department: 'LIB' as DepartmentId,
  raw: 'raw/1',
  receivedAt: '2026-03-02T17:00:00.000Z' as Instant,
  accepted: 0,
};

describe('the store at home', () => {
  it('opens again what it laid out, and nothing that another version did', async () => {
    const home = emptyHome();
    const first = openStore(home);
    await first.feed.put(1, entry);
    await first.close();
    const second = openStore(home);
    await second.meta.remove('layout');
    await second.close();
    expect(() => openStore(home)).toThrow(StoreLayoutError);
  });
});
