/**
 * ChaCha20-Poly1305 (RFC 8439) by libsodium, called where its memory is: key, bond and text are written into it, sealed there and read out of it once. The library's wrappers take
 * and free five pieces of memory for each text and copy each of them, which costs three times what the sealing does.
 */
import { randomBytes } from 'node:crypto';
import makeLibsodium, { type Libsodium } from 'libsodium';
import { keyBytes } from './sealed-text.ts';

const tagBytes = 16;
const nonceBytes = 12;
/** A name of a report and a number. */
const bondBytesMax = 64;
const noKey = new Uint8Array(keyBytes);

let loading: Promise<Libsodium> | undefined;

async function load(): Promise<Libsodium> {
  const sodium = await makeLibsodium({ getRandomValue: () => randomBytes(4).readUInt32LE(0) });
  if (sodium._sodium_init() < 0) throw new Error('libsodium cannot begin');
  return sodium;
}

/** Seals texts one after another; not for two callers at once. */
export class TextSealer {
  readonly #sodium: Libsodium;
  /** Key, nonce (nothing but zeros: each key seals one text) and bond, in this order. */
  readonly #head: number;
  #textMax = 0;
  #text = 0;
  /** The library's memory as bytes; another array when it has grown. */
  #memory = Buffer.alloc(0);

  private constructor(sodium: Libsodium) {
    this.#sodium = sodium;
    this.#head = this.#take(keyBytes + nonceBytes + bondBytesMax);
    this.#look().fill(0, this.#head, this.#head + keyBytes + nonceBytes + bondBytesMax);
  }

  static async make(): Promise<TextSealer> {
    loading ??= load();
    return new TextSealer(await loading);
  }

  /** Base64 of the sealed text and its tag. `bond` is ASCII, at most 64 letters; the key must never seal another text. */
  seal(key: Uint8Array, bond: string, text: Uint8Array): string {
    if (key.length !== keyBytes || bond.length > bondBytesMax) throw new Error('a key or a bond of another length');
    const { length } = text;
    this.#room(length + tagBytes);
    const memory = this.#look();
    const keyAt = this.#head;
    const nonceAt = keyAt + keyBytes;
    const bondAt = nonceAt + nonceBytes;
    memory.set(key, keyAt);
    memory.write(bond, bondAt, 'latin1');
    memory.set(text, this.#text);
    const failed = this.#sodium._crypto_aead_chacha20poly1305_ietf_encrypt(
      this.#text,
      0,
      this.#text,
      length,
      0,
      bondAt,
      bond.length,
      0,
      0,
      nonceAt,
      keyAt,
    );
    memory.set(noKey, keyAt);
    if (failed !== 0) {
      memory.fill(0, this.#text, this.#text + length);
      throw new Error('libsodium cannot seal');
    }
    return memory.toString('base64', this.#text, this.#text + length + tagBytes);
  }

  #take(bytes: number): number {
    const at = this.#sodium._malloc(bytes);
    if (at === 0) throw new Error('libsodium has no memory');
    return at;
  }

  #room(bytes: number): void {
    if (bytes <= this.#textMax) return;
    if (this.#textMax > 0) this.#sodium._free(this.#text);
    this.#textMax = 2 * bytes;
    this.#text = this.#take(this.#textMax);
  }

  #look(): Buffer {
    const { buffer } = this.#sodium.HEAPU8;
    if (this.#memory.buffer !== buffer) this.#memory = Buffer.from(buffer);
    return this.#memory;
  }
}
