const none: readonly number[] = [];

/**
 * References by a hash of 32 bits, in memory: twelve bytes a slot, at most half of the slots taken. It tells every reference that was added under a hash, and may tell others: who asks looks
 * whether a reference is what he seeks. Nothing is ever taken away. References are above 0.
 */
export class ReferenceHints {
  #hashes = new Uint32Array(1 << 10);
  #references = new Float64Array(1 << 10);
  #count = 0;

  /** Adds a reference, once. */
  add(hash: number, reference: number): void {
    if (2 * this.#count >= this.#references.length) this.#widen();
    const slot = this.#slotFor(hash, reference);
    if (this.#references[slot] === reference) return;
    this.#hashes[slot] = hash;
    this.#references[slot] = reference;
    this.#count++;
  }

  /** In no order. */
  under(hash: number): readonly number[] {
    const mask = this.#references.length - 1;
    let found: number[] | undefined;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const reference = this.#references[slot] ?? 0;
      if (reference === 0) return found ?? none;
      if (this.#hashes[slot] !== hash) continue;
      if (found) found.push(reference);
      else found = [reference];
    }
  }

  /** The slot that holds the reference under this hash, or the free one where it belongs. */
  #slotFor(hash: number, reference: number): number {
    const mask = this.#references.length - 1;
    let slot = hash & mask;
    for (;;) {
      const standing = this.#references[slot];
      if (standing === 0 || (standing === reference && this.#hashes[slot] === hash)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #widen(): void {
    const hashes = this.#hashes;
    const references = this.#references;
    this.#hashes = new Uint32Array(2 * hashes.length);
    this.#references = new Float64Array(2 * references.length);
    for (let at = 0; at < references.length; at++) {
      const reference = references[at] ?? 0;
      if (reference === 0) continue;
      const hash = hashes[at] ?? 0;
      const slot = this.#slotFor(hash, reference);
      this.#hashes[slot] = hash;
      this.#references[slot] = reference;
    }
  }
}
