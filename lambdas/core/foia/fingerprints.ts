/** Counts rows that equal an earlier one, at 8 bytes a row and half as much again of air. */
export class Fingerprints {
  #slots = new Float64Array(1 << 10);
  #size = 0;
  repeated = 0;

  add(fingerprint: number): void {
    if (this.#size * 3 > this.#slots.length * 2) this.#grow();
    // 0 marks a free slot.
    if (this.#place(fingerprint + 1)) this.#size += 1;
    else this.repeated += 1;
  }

  #place(value: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const low = value >>> 0;
    let at = (low ^ (low >>> 15)) & mask;
    for (;;) {
      const held = slots[at];
      if (held === value) return false;
      if (held === 0) {
        slots[at] = value;
        return true;
      }
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    for (const value of before) if (value !== 0) this.#place(value);
  }
}
