import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { SealedFields } from '#core/domain/submission.ts';
import type { Sealer } from '#core/ports.ts';
import type { LocalStore } from './store.ts';

const keysPerEntry = 100;
export const keyBytes = 32;

/** The nonce of a key that seals one text and no other. */
export const onlyNonce = Buffer.alloc(12);

/** AES-256-GCM; answers the ciphertext with the 16-byte tag behind it. */
function encrypt(key: Buffer | KeyObject, iv: Buffer, aad: string, clear: Buffer | string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(aad));
  const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
}

/** Hides or shows data keys, 32 bytes each, that stand from a place of their entry on: AES-256-CTR under the entry key, two blocks to a place. */
export function turnKeys(entryKey: Buffer, place: number, keys: Buffer): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(2 * place, 12);
  return createCipheriv('aes-256-ctr', entryKey, counter).update(keys);
}

/**
 * Seals at home: each report version has its own random key for all its protected fields, kept apart from the text in an entry of up to a hundred; the key of the
 * entry is random too and wrapped by the master key. The additional data is `report|version`, so a text moved to another report does not open.
 * Nothing of a key name repeats: rivals for one version cannot overwrite each other's key.
 */
export function sealer(store: LocalStore, master: KeyObject): Sealer {
  return {
    async seal(items) {
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
          const text = encrypt(dataKey, onlyNonce, `${report}|${version}`, JSON.stringify(fields));
          const key = `${entry}.${place}.${version}`;
          sealed[at] = [{ fields: Object.keys(fields), key, text: text.toString('base64') }];
        }
        const iv = randomBytes(12);
        const wrapped = Buffer.concat([iv, encrypt(master, iv, entry, entryKey)]);
        store.queue(store.keys.put(entry, { wrapped, hidden: turnKeys(entryKey, 0, keys) }));
      }
      return sealed;
    },
  };
}
