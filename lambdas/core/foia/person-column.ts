/** The persons of a table's rows: identifiers wait here until their keys are made, perhaps by another thread, and are forgotten then. */
import { type PersonKeys, personKeyBytes } from './person-keys.ts';

const none = new Uint8Array(0);
/** Handing a batch to another thread costs as much as some hundred keys. */
const batchSize = 4096;

export class PersonColumn {
  readonly #agency: string;
  readonly #keysOf: PersonKeys;
  /** 16 bytes a row; zeros where it names nobody. */
  #keys = none;
  #identifiers: string[] = [];
  #rows: number[] = [];
  #keyed: Promise<void> = Promise.resolve();

  constructor(agency: string, keysOf: PersonKeys) {
    this.#agency = agency;
    this.#keysOf = keysOf;
  }

  /** Notes whom a row is about. Rows come in their order. */
  add(row: number, identifier: string): void {
    this.#identifiers.push(identifier);
    this.#rows.push(row);
  }

  /** Has the keys of the waiting identifiers made once they are many, and waits for those asked for before: one batch is keyed while the next is read. */
  async settle(fewest = batchSize): Promise<void> {
    if (this.#rows.length < fewest) return;
    const before = this.#keyed;
    if (this.#rows.length > 0) {
      this.#keyed = this.#key(this.#rows, this.#identifiers);
      // Whoever waits for it next is told; a file that is refused first waits for nothing.
      this.#keyed.catch(() => undefined);
      this.#identifiers = [];
      this.#rows = [];
    }
    await before;
  }

  async settleAll(): Promise<void> {
    await this.settle(0);
    await this.#keyed;
  }

  async #key(rows: readonly number[], identifiers: readonly string[]): Promise<void> {
    const made = await this.#keysOf(this.#agency, identifiers);
    const needed = ((rows.at(-1) ?? 0) + 1) * personKeyBytes;
    if (needed > this.#keys.length) {
      const more = new Uint8Array(Math.max(needed, Math.ceil(this.#keys.length * 1.5), 1 << 14));
      more.set(this.#keys);
      this.#keys = more;
    }
    // Rows that follow each other are copied together; mostly all of them do.
    for (let from = 0, to = 1; from < rows.length; from = to++) {
      while (to < rows.length && rows[to] === (rows[to - 1] ?? 0) + 1) to++;
      this.#keys.set(made.subarray(from * personKeyBytes, to * personKeyBytes), (rows[from] ?? 0) * personKeyBytes);
    }
  }

  /** 53 bits of the key of a row; 0 when it names nobody. */
  numberAt(row: number): number {
    const keys = this.#keys;
    const from = row * personKeyBytes;
    if (from >= keys.length) return 0;
    const byte = (offset: number) => keys[from + offset] ?? 0;
    const high = byte(0) * 0x1_0000 + byte(1) * 0x100 + byte(2);
    return (high >> 3) * 0x1_0000_0000 + byte(3) * 0x100_0000 + byte(4) * 0x1_0000 + byte(5) * 0x100 + byte(6);
  }

  /** The keys of rows, zeros where there is none; undefined when no row of the table has one. */
  digests(from: number, to: number): { readonly digests: Uint8Array; readonly width: number } | undefined {
    if (this.#keys.length === 0) return undefined;
    const digests = new Uint8Array((to - from) * personKeyBytes);
    digests.set(this.#keys.subarray(from * personKeyBytes, to * personKeyBytes));
    return { digests, width: personKeyBytes };
  }
}
