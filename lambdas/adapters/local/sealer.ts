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
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
}

/** Hides or shows data keys, 32 bytes each, that stand from a place of their entry on: AES-256-CTR under the entry key, two blocks to a place. */
export function turnKeys(entryKey: Buffer, place: number, keys: Buffer): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(2 * place, 12);
  return createCipheriv('aes-256-ctr', entryKey, counter).update(keys);
}

/** Random bytes in one draw, handed out piece by piece, none of them twice. */
function randomPieces(size: number): (length: number) => Buffer {
  const drawn = randomBytes(size);
  let at = 0;
  return (length) => {
    at += length;
    return drawn.subarray(at - length, at);
  };
}

/**
 * Seals at home: each report version has its own random key, kept apart from the text in an entry of up to a hundred; the key of the entry is random too and
 * wrapped by the master key. The additional data of a field is `report|version|field`, so a text moved to another report does not open.
 * Nothing of a key name repeats: rivals for one version cannot overwrite each other's key.
 */
export function sealer(store: LocalStore, master: KeyObject): Sealer {
  return {
    async seal(items) {
      let fieldCount = 0;
      let keyCount = 0;
      const names = items.map(({ fields }) => {
        const own = Object.keys(fields);
        fieldCount += own.length;
        keyCount += Math.min(own.length, 1);
        return own;
      });
      const random = randomPieces(60 * Math.ceil(keyCount / keysPerEntry) + 32 * keyCount + 12 * fieldCount);

      let entry = '';
      let dataKeys: Buffer[] = [];
      const flush = () => {
        if (dataKeys.length === 0) return;
        const entryKey = random(32);
        const iv = random(12);
        const hidden = turnKeys(entryKey, 0, Buffer.concat(dataKeys));
        const places = dataKeys.map((_, at) => hidden.subarray(32 * at, 32 * at + 32));
        store.queue(
          store.keys.put(entry, { wrapped: Buffer.concat([iv, encrypt(master, iv, entry, entryKey)]), places }),
        );
        dataKeys = [];
      };
      const sealed = items.map(({ report, version, fields }, item): SealedField[] => {
        const own = names[item] ?? [];
        if (own.length === 0) return [];
        if (dataKeys.length === keysPerEntry) flush();
        if (dataKeys.length === 0) entry = random(16).toString('base64url');
        const key = `${entry}.${dataKeys.length}.${version}`;
        const dataKey = random(32);
        dataKeys.push(dataKey);
        return own.map((field) => {
          const iv = random(12);
          const text = encrypt(dataKey, iv, `${report}|${version}|${field}`, fields[field] ?? '');
          return { field, key, iv: iv.toString('base64'), text: text.toString('base64') };
        });
      });
      flush();
      return sealed;
    },
  };
}
