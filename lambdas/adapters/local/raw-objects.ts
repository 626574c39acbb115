import type { RawObjects } from '#core/ports.ts';
import type { LocalStore } from './store.ts';

/** Raw objects at home. A put is queued before the commit that needs it; until it is on the disk, the same bytes answer from memory, so twins agree. */
export function rawObjects(store: LocalStore): RawObjects {
  const waiting = new Map<string, Uint8Array>();
  const find = (key: string): Uint8Array | undefined => waiting.get(key) ?? store.raw.get(key);
  return {
    async putIfAbsent(key, bytes) {
      const standing = find(key);
      if (standing) return standing;
      waiting.set(key, bytes);
      store.queue(
        store.raw
          .put(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
          .finally(() => waiting.delete(key)),
      );
      return undefined;
    },
    async get(key) {
      return find(key);
    },
  };
}
