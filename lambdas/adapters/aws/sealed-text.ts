/** AES-256-GCM as the vault of the cloud uses it. Keys and nonces are given; the additional data ties a text to its place, so that it opens nowhere else. */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

const tagBytes = 16;

/** Answers the ciphertext with the 16-byte tag behind it. A key and a nonce are never used together twice. */
export function encryptText(key: Uint8Array | KeyObject, iv: Uint8Array, aad: string, clear: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `encryptText` made. Throws when the text, the key or the additional data is not the same. */
export function decryptText(key: Uint8Array | KeyObject, iv: Uint8Array, aad: string, text: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(text.subarray(-tagBytes));
  return Buffer.concat([decipher.update(text.subarray(0, -tagBytes)), decipher.final()]);
}

/** What a wrapped key is tied to. */
export const keyBond = (report: string, name: string): string => `${report}|${name}`;
