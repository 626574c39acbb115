/** Text that JSON writes as it stands between quotes. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const quoted = (letters: string): string => (plain.test(letters) ? `"${letters}"` : JSON.stringify(letters));

type Member = { readonly name: string; readonly quoted: string };

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
  const names = Object.keys(object);
  let way = start;
  for (const name of names) way = way.on(name);
  way.members ??= names.sort().map((name) => ({ name, quoted: `${quoted(name)}:` }));
  return way.members;
}

/** The text so far. One string that grows at its end is put together far sooner than strings of strings. */
let text = '';

function writeObject(object: Readonly<Record<string, unknown>>): void {
  text += '{';
  let between = '';
  for (const { name, quoted } of membersOf(object)) {
    const member = object[name];
    if (member === undefined) continue;
    text += between;
    text += quoted;
    write(member);
    between = ',';
  }
  text += '}';
}

function writeArray(items: readonly unknown[]): void {
  text += '[';
  for (let at = 0; at < items.length; at++) {
    if (at > 0) text += ',';
    write(items[at]);
  }
  text += ']';
}

function write(value: unknown): void {
  if (typeof value === 'string') text += quoted(value);
  else if (typeof value === 'number' && Number.isFinite(value)) text += value;
  else if (typeof value === 'boolean' || value === null) text += String(value);
  else if (typeof value !== 'object') throw new TypeError('a value that JSON cannot hold');
  else if (Array.isArray(value)) writeArray(value);
  else writeObject(value as Readonly<Record<string, unknown>>);
}

/**
 * The one text of a JSON value: keys sorted, no white space (RFC 8785 for the values we use: strings, safe integers, finite numbers, booleans, null, arrays, objects).
 * A member whose value is undefined is left out. Throws on a value JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  text = '';
  write(value);
  return text;
}

/** The members of an object in canonical order, each as it is written, `"name":value`. */
export function canonicalMembers(
  object: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, written: string])[] {
  const members: (readonly [string, string])[] = [];
  for (const { name, quoted } of membersOf(object)) {
    const member = object[name];
    if (member !== undefined) members.push([name, quoted + canonicalJson(member)]);
  }
  return members;
}
