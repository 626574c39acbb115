import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { SealedFields } from '#core/domain/submission.ts';
import type { Sealer } from '#core/ports.ts';
import { fieldsBond, keyName } from '../anywhere/sealed-names.ts';
import { TextSealer } from './chacha20-poly1305.ts';
import { keyBytes, turnKeys } from './sealed-text.ts';
import type { LocalStore } from './store.ts';

const keysPerEntry = 100;

/** Wraps the key of an entry under the master key: AES-256-GCM, the nonce before it and the tag behind it. */
function wrapped(master: KeyObject, entry: string, entryKey: Uint8Array): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, iv);
  cipher.setAAD(Buffer.from(entry));
  return Buffer.concat([iv, cipher.update(entryKey), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Seals at home: each report version has its own random key for all its protected fields, kept apart from the text in an entry of up to a hundred; the key of the
 * entry is random too and wrapped by the master key. The additional data is `report|version`, so a text moved to another report does not open.
 * Nothing of a key name repeats: rivals for one version cannot overwrite each other's key. Texts are sealed by libsodium, because a cipher of Node is an
 * object outside JavaScript, dearer to make and to clear away than to use (docs/decisions/0015).
 */
export function sealer(store: LocalStore, master: KeyObject): Sealer {
  const making = TextSealer.make();
  making.catch(() => undefined);
  return {
    async seal(items) {
      const texts = await making;
      const sealed: (readonly SealedFields[])[] = items.map(() => []);
      const own: number[] = [];
      for (const [at, { guarded }] of items.entries()) if (guarded.names.length > 0) own.push(at);
      for (let from = 0; from < own.length; from += keysPerEntry) {
        const ours = own.slice(from, from + keysPerEntry);
        const entry = randomBytes(16).toString('base64url');
        const entryKey = randomBytes(keyBytes);
        const keys = randomBytes(keyBytes * ours.length);
        for (const [place, at] of ours.entries()) {
          const item = items[at];
          if (!item) continue;
          const { report, version, guarded } = item;
          const dataKey = keys.subarray(keyBytes * place, keyBytes * (place + 1));
          const text = texts.seal(dataKey, fieldsBond(report, version), guarded.json);
          sealed[at] = [{ fields: guarded.names, key: keyName({ entry, place, version }), text }];
        }
        const hidden = turnKeys(entryKey, 0, keys);
        const cipher = 'chacha20-poly1305';
        store.queue(store.keys.put(entry, { wrapped: wrapped(master, entry, entryKey), hidden, cipher }));
      }
      return sealed;
    },
  };
}
