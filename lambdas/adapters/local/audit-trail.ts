import { decodeCursor, encodeCursor } from '#core/domain/cursor.ts';
import type { AuditTrail } from '#core/ports.ts';
import { type LocalStore, lastNumber } from './store.ts';

/** The audit trail at home: numbered records, never written again. */
export function auditTrail(store: LocalStore): AuditTrail {
  return {
    async append(record) {
      await store.root.transaction(() => {
        store.audit.put(lastNumber(store.audit) + 1, record);
      });
    },
    async list({ limit, cursor }) {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, 1)?.[0];
      if (cursor !== undefined && typeof before !== 'number') return { items: [] };
      const start = typeof before === 'number' ? before - 1 : lastNumber(store.audit);
      if (start < 1) return { items: [] };
      const found = [...store.audit.getRange({ start, reverse: true, limit: limit + 1 })];
      const items = found.slice(0, limit).map(({ value }) => value);
      const last = found[limit - 1];
      return found.length > limit && last ? { items, cursor: encodeCursor([last.key]) } : { items };
    },
  };
}
