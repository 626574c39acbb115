/** Identifiers of persons as keyed hashes: rows of one person can be told without saying who it is, and nobody without the key can try identifiers until one fits. */
import { hash } from 'node:crypto';

/** Makes the keys of persons, 16 bytes each, in the order of their identifiers; another thread may make them. */
export type PersonKeys = (agency: string, identifiers: readonly string[]) => Promise<Uint8Array>;

const blockBytes = 64;
const digestBytes = 32;
export const personKeyBytes = 16;
const shortest = 512;

/**
 * HMAC-SHA-256 (FIPS 198-1) of agency and identifier, cut to 128 bits. The identifier is compared without case and white space at its ends. Two plain hashes are twice as
 * fast as an Hmac object, and a digest as text of bytes costs half of one as a buffer. A secret has 16 to 64 bytes.
 */
export function personKeys(secret: Uint8Array): PersonKeys {
  if (secret.length < 16 || secret.length > blockBytes) throw new RangeError('a secret of 16 to 64 bytes');
  const padded = (mark: number, length: number): Buffer => {
    const block = Buffer.alloc(length);
    for (let at = 0; at < blockBytes; at++) block[at] = (secret[at] ?? 0) ^ mark;
    return block;
  };
  const outer = padded(0x5c, blockBytes + digestBytes);
  const inner = padded(0x36, blockBytes + shortest);
  /** The beginning of `inner`, by length. */
  const begun: Buffer[] = [];
  const write = (text: string, keys: Uint8Array, at: number) => {
    const length = blockBytes + Buffer.byteLength(text);
    let message: Buffer;
    if (length <= inner.length) {
      inner.write(text, blockBytes);
      message = begun[length] ??= inner.subarray(0, length);
    } else message = Buffer.concat([inner.subarray(0, blockBytes), Buffer.from(text)]);
    copied(hash('sha256', message, 'binary'), outer, blockBytes, digestBytes);
    copied(hash('sha256', outer, 'binary'), keys, at, personKeyBytes);
  };
  return async (agency, identifiers) => {
    const keys = new Uint8Array(identifiers.length * personKeyBytes);
    for (const [at, identifier] of identifiers.entries())
      write(`${agency}\n${identifier.trim().toLowerCase()}`, keys, at * personKeyBytes);
    return keys;
  };
}

/** The first `length` bytes of a text of bytes, written to `at`. */
function copied(text: string, to: Uint8Array, at: number, length: number): void {
  for (let from = 0; from < length; from++) to[at + from] = text.charCodeAt(from);
}
