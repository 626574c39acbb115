/**
 * What sealer and unsealer at home agree upon. A text is sealed under a key of its own, so that its nonce is always the same; the keys of up to a hundred texts lie
 * in one entry, hidden under a key that the master key wraps.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/** How the texts of an entry are sealed; an entry without a name is of the first kind. Both are authenticated, with the 16-byte tag behind the text. */
export type TextCipher = 'aes-256-gcm' | 'chacha20-poly1305';

export const keyBytes = 32;
const tagBytes = 16;

/** Opens a sealed text with the ciphers of Node, whatever sealed it. Throws when the text, the key or the bond is not the same. */
export function decrypt(
  cipher: TextCipher,
  key: Uint8Array | KeyObject,
  iv: Uint8Array,
  bond: string,
  text: Uint8Array,
): Buffer {
  const body = text.subarray(0, -tagBytes);
  const options = { authTagLength: tagBytes };
  const decipher =
    cipher === 'aes-256-gcm' ? createDecipheriv(cipher, key, iv, options) : createDecipheriv(cipher, key, iv, options);
  decipher.setAAD(Buffer.from(bond), { plaintextLength: body.length });
  decipher.setAuthTag(text.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** Hides or shows data keys, 32 bytes each, that stand from a place of their entry on: AES-256-CTR under the entry key, two blocks to a place. */
export function turnKeys(entryKey: Uint8Array, place: number, keys: Uint8Array): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(2 * place, 12);
  return createCipheriv('aes-256-ctr', entryKey, counter).update(keys);
}
