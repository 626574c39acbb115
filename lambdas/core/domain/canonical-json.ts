type Member = { readonly name: string /** `"name":` as JSON writes it. */; readonly written: Uint8Array };

/** A way through the names of an object, in the order the object has them; at its end stand the members in theirs. Records of one kind go a handful of ways. */
class Way {
  readonly #ahead = new Map<string, Way>();
  #lastName: string | undefined;
  #last: Way = this;
  members: readonly Member[] | undefined;

  on(name: string): Way {
    if (name === this.#lastName) return this.#last;
    let next = this.#ahead.get(name);
    if (next === undefined) {
      next = new Way();
      ways++;
      this.#ahead.set(name, next);
    }
    this.#lastName = name;
    this.#last = next;
    return next;
  }
}

/** Names may come from outside: when there are too many ways, all are forgotten. */
const waysMax = 5000;
let ways = 0;
let start = new Way();

/** The names of an object in the order of their UTF-16 code units. */
function membersOf(object: object): readonly Member[] {
  if (ways > waysMax) {
    start = new Way();
    ways = 0;
  }
  let way = start;
  // What is written are records, which inherit nothing.
  for (const name in object) way = way.on(name);
  way.members ??= Object.keys(object)
    .sort()
    .map((name) => ({ name, written: Buffer.from(`,${JSON.stringify(name)}:`) }));
  return way.members;
}

/** Text that JSON writes as it stands between quotes. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const comma = 0x2c;
const openBrace = 0x7b;
const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;

/** Up to here letters are written one by one; from here on a call into the engine is cheaper. */
const shortMax = 32;

/** A writer keeps its room for what comes next, but not more than this. */
const keptMax = 1 << 20;

/**
 * Writes JSON values in their one text, as UTF-8: keys sorted, no white space (RFC 8785 for the values we use: strings, safe integers, finite numbers, booleans, null, arrays, objects).
 * A member whose value is undefined is left out. Bytes are written one by one: strings of strings are dearer to put together, and each piece is garbage.
 */
export class CanonicalWriter {
  #bytes: Buffer;
  #at = 0;

  /** `room` is what it will take, more or less, in bytes. */
  constructor(room = 1 << 14) {
    this.#bytes = Buffer.allocUnsafeSlow(room);
  }

  /** Where the next byte will stand. */
  get at(): number {
    return this.#at;
  }

  /** Begins anew; what was seen through `written` holds no longer. */
  clear(): void {
    this.#at = 0;
    if (this.#bytes.length > keptMax) this.#bytes = Buffer.allocUnsafeSlow(keptMax);
  }

  /** The bytes of a stretch, to be read before anything more is written. */
  written(from = 0, to = this.#at): Buffer {
    return this.#bytes.subarray(from, to);
  }

  /** Writes any value. Throws TypeError on one that JSON cannot hold. */
  value(value: unknown): void {
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number' && Number.isFinite(value)) this.#number(value);
    else if (typeof value === 'boolean' || value === null) this.letters(String(value));
    else if (typeof value !== 'object') throw new TypeError('a value that JSON cannot hold');
    else if (Array.isArray(value)) this.#array(value);
    else this.object(value as Readonly<Record<string, unknown>>);
  }

  /** Writes an object and tells of each member where it begins: with its comma, or the brace of the object. */
  object(object: Readonly<Record<string, unknown>>, began?: (name: string, at: number) => void): void {
    const start = this.#at;
    for (const { name, written } of membersOf(object)) {
      const member = object[name];
      if (member === undefined) continue;
      began?.(name, this.#at);
      this.bytes(written);
      this.value(member);
    }
    // The first comma gives way to the brace.
    if (this.#at === start) this.#byte(openBrace);
    else this.#bytes[start] = openBrace;
    this.#byte(0x7d);
  }

  /** Writes JSON that stands written already. */
  bytes(written: Uint8Array): void {
    const { length } = written;
    this.#room(length);
    const bytes = this.#bytes;
    const at = this.#at;
    if (length > shortMax) bytes.set(written, at);
    else for (let place = 0; place < length; place++) bytes[at + place] = written[place] ?? 0;
    this.#at = at + length;
  }

  /** Writes ASCII letters as they stand. */
  letters(letters: string): void {
    const { length } = letters;
    this.#room(length);
    if (length > shortMax) {
      this.#at += this.#bytes.write(letters, this.#at, 'latin1');
      return;
    }
    const bytes = this.#bytes;
    let at = this.#at;
    for (let place = 0; place < length; place++) bytes[at++] = letters.charCodeAt(place);
    this.#at = at;
  }

  #array(items: readonly unknown[]): void {
    this.#byte(0x5b);
    for (let place = 0; place < items.length; place++) {
      if (place > 0) this.#byte(comma);
      this.value(items[place]);
    }
    this.#byte(0x5d);
  }

  #text(letters: string): void {
    const { length } = letters;
    this.#room(length + 2);
    if (length > shortMax) {
      if (!plain.test(letters)) {
        this.#utf8(JSON.stringify(letters));
        return;
      }
      this.#bytes[this.#at] = quote;
      this.#bytes.write(letters, this.#at + 1, 'latin1');
      this.#at += length + 2;
      this.#bytes[this.#at - 1] = quote;
      return;
    }
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = quote;
    for (let place = 0; place < length; place++) {
      const code = letters.charCodeAt(place);
      if (code < 0x20 || code > 0x7e || code === quote || code === backslash) {
        this.#utf8(JSON.stringify(letters));
        return;
      }
      bytes[at++] = code;
    }
    bytes[at++] = quote;
    this.#at = at;
  }

  #number(value: number): void {
    if (value >= 0 && value < 10 && Number.isInteger(value)) this.#byte(zero + value);
    else this.letters(String(value));
  }

  #utf8(text: string): void {
    this.#room(3 * text.length);
    this.#at += this.#bytes.write(text, this.#at);
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = byte;
  }

  #room(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(2 * needed);
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}

const own = new CanonicalWriter();

/** The canonical text of a JSON value (see CanonicalWriter). Throws TypeError on a value JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  own.clear();
  own.value(value);
  return own.written().toString('utf8');
}
