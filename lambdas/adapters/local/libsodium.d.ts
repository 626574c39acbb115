/** The library as it is compiled, without its wrappers: functions take addresses in its memory, a length of 64 bits as two halves. */
declare module 'libsodium' {
  export type Libsodium = {
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    _sodium_init(): number;
    /** 0 when there is no more memory. */
    _malloc(bytes: number): number;
    _free(at: number): void;
    _crypto_aead_chacha20poly1305_ietf_encrypt(
      sealed: number,
      sealedLength: number,
      text: number,
      textLength: number,
      textLengthHigh: number,
      bond: number,
      bondLength: number,
      bondLengthHigh: number,
      unused: number,
      nonce: number,
      key: number,
    ): number;
  };
  export default function makeLibsodium(given: { readonly getRandomValue: () => number }): Promise<Libsodium>;
}
