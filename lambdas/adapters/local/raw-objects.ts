import type { RawObjects } from '#core/ports.ts';
import type { LocalStore } from './store.ts';

/**
 * Raw objects at home. A put is queued before the commit that needs it; until it is on the disk, the same bytes answer from memory, so twins agree.
 * Of twins in two threads the first to be written stands: the other's put does nothing, and its commit finds the receipt of the first or names what stands.
 */
export function rawObjects(store: LocalStore): RawObjects {
  const waiting = new Map<string, Uint8Array>();
  const find = (key: string): Uint8Array | undefined => {
    store.root.resetReadTxn();
    return waiting.get(key) ?? store.raw.get(key);
  };
  return {
    async putIfAbsent(key, bytes) {
      const standing = find(key);
      if (standing) return standing;
      waiting.set(key, bytes);
      const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      store.queue(store.raw.ifNoExists(key, () => void store.raw.put(key, whole)).finally(() => waiting.delete(key)));
      return undefined;
    },
    async get(key) {
      return find(key);
    },
  };
}
