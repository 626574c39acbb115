/** Counts rows that equal an earlier one, at 8 bytes a row. */
import { eachRepeat } from './repeats.ts';

export class Fingerprints {
  #held = new Float64Array(1 << 10);
  #size = 0;

  add(fingerprint: number): void {
    if (this.#size === this.#held.length) {
      const before = this.#held;
      this.#held = new Float64Array(Math.ceil(before.length * 1.5));
      this.#held.set(before);
    }
    this.#held[this.#size++] = fingerprint;
  }

  repeated(): number {
    let repeated = 0;
    eachRepeat(this.#held.subarray(0, this.#size), () => {
      repeated += 1;
    });
    return repeated;
  }
}
