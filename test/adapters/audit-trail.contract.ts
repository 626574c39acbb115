import { expect, it } from 'vitest';
import type { Instant } from '#core/domain/instant.ts';
import type { AuditRecord, AuditTrail } from '#core/ports.ts';

const record = (id: string): AuditRecord => ({
  id,
  at: '2026-03-02T10:00:00.000Z' as Instant,
  client: 'legal',
  action: 'reports:pulled',
  what: { department: 'fire' },
  count: 3,
});

/** What every home of the audit trail must do. */
export function auditTrailContract(make: () => Promise<AuditTrail>): void {
  it('lists records newest first, page by page, each once', async () => {
    const trail = await make();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await trail.append(record(id));
    const first = await trail.list({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['e', 'd']);
    await trail.append(record('f'));
    const second = await trail.list({ limit: 3, cursor: first.cursor ?? '' });
    expect(second.items.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(second.cursor).toBeUndefined();
  });

  it('keeps records of appends made at once', async () => {
    const trail = await make();
    await Promise.all(Array.from({ length: 50 }, (_, n) => trail.append(record(String(n)))));
    expect(new Set((await trail.list({ limit: 100 })).items.map(({ id }) => id)).size).toBe(50);
  });

  it('keeps a record as it was given', async () => {
    const trail = await make();
    const whole: AuditRecord = { ...record('a'), purpose: 'litigation', matter: '2026-CV-1' };
    await trail.append(whole);
    expect((await trail.list({ limit: 1 })).items).toEqual([whole]);
  });

  it('lists nothing before the first', async () => {
    expect(await (await make()).list({ limit: 5 })).toEqual({ items: [] });
  });
}
