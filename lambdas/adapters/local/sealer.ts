import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import type { SealedFields } from '#core/domain/submission.ts';
import type { Sealer } from '#core/ports.ts';
import { fieldsBond, keyName, onlyNonce } from '../anywhere/sealed-names.ts';
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
  return {
    async seal(items) {
      await sodium.ready;
      const sealed: (readonly SealedFields[])[] = items.map(() => []);
      const own = items.flatMap(({ fields }, at) => (Object.keys(fields).length === 0 ? [] : [at]));
      for (let from = 0; from < own.length; from += keysPerEntry) {
        const ours = own.slice(from, from + keysPerEntry);
        const entry = randomBytes(16).toString('base64url');
        const entryKey = randomBytes(keyBytes);
        const keys = randomBytes(keyBytes * ours.length);
        for (const [place, at] of ours.entries()) {
          const item = items[at];
          if (!item) continue;
          const { report, version, fields } = item;
          const dataKey = keys.subarray(keyBytes * place, keyBytes * (place + 1));
          const bond = Buffer.from(fieldsBond(report, version), 'latin1');
          const clear = Buffer.from(JSON.stringify(fields));
          const text = sodium.crypto_aead_chacha20poly1305_ietf_encrypt(clear, bond, null, onlyNonce, dataKey);
          const key = keyName({ entry, place, version });
          const base64 = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('base64');
          sealed[at] = [{ fields: Object.keys(fields), key, text: base64 }];
        }
        const hidden = turnKeys(entryKey, 0, keys);
        const cipher = 'chacha20-poly1305';
        store.queue(store.keys.put(entry, { wrapped: wrapped(master, entry, entryKey), hidden, cipher }));
      }
      return sealed;
    },
  };
}
