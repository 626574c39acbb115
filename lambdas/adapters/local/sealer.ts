import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { SealedField } from '#core/domain/submission.ts';
import type { Sealer } from '#core/ports.ts';
import type { LocalStore } from './store.ts';

const keysPerEntry = 100;

/** AES-256-GCM; answers the ciphertext with the 16-byte tag behind it. */
function encrypt(key: Buffer | KeyObject, iv: Buffer, aad: string, clear: Buffer | string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(aad));
  const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
  return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
}

/**
 * Seals at home: each report version has its own random key, wrapped by the master key and kept apart from the text.
 * The additional data is `report|version|field`, so a text moved to another report does not open. Nothing of a key name repeats: rivals for one version cannot overwrite each other's key.
 */
export function sealer(store: LocalStore, master: KeyObject): Sealer {
  return {
    async seal(items) {
      let entry = '';
      let wrapped: Buffer[] = [];
      const flush = () => {
        if (wrapped.length) store.queue(store.keys.put(entry, wrapped));
        wrapped = [];
      };
      const sealed = items.map(({ report, version, fields }): SealedField[] => {
        const names = Object.keys(fields);
        if (names.length === 0) return [];
        if (wrapped.length === keysPerEntry) flush();
        if (wrapped.length === 0) entry = randomBytes(16).toString('base64url');
        const random = randomBytes(44 + 12 * names.length);
        const dataKey = random.subarray(0, 32);
        const wrapIv = random.subarray(32, 44);
        const place = `${entry}.${wrapped.length}.${version}`;
        wrapped.push(Buffer.concat([wrapIv, encrypt(master, wrapIv, `${report}|${place}`, dataKey)]));
        return names.map((field, at) => {
          const iv = random.subarray(44 + 12 * at, 56 + 12 * at);
          const text = encrypt(dataKey, iv, `${report}|${version}|${field}`, fields[field] ?? '');
          return { field, key: place, iv: iv.toString('base64'), text: text.toString('base64') };
        });
      });
      flush();
      return sealed;
    },
  };
}
