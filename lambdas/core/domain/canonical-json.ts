/** Names that an object does not keep in the order in which they are set. */
const unordered = /^\d|^__proto__$/;

/** The value with the names of every object in order; undefined when an object cannot keep that order. Throws on what JSON cannot hold. */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw new TypeError('a value that JSON cannot hold');
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const ordered = inOrder(item);
      if (ordered === undefined) return undefined;
      items.push(ordered);
    }
    return items;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const members: Record<string, unknown> = {};
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member === undefined) continue;
    const ordered = unordered.test(name) ? undefined : inOrder(member);
    if (ordered === undefined) return undefined;
    members[name] = ordered;
  }
  return members;
}

/** The same text, put together by hand: for objects whose names are numbers. */
function inParts(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inParts).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(inOrder(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${inParts(member)}`).join(',')}}`;
}

/**
 * The one text of a JSON value: keys sorted, no white space (RFC 8785 for the values we use: strings, safe integers, finite numbers, booleans, null, arrays, objects).
 * A member whose value is undefined is left out. Throws on a value JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  return ordered === undefined ? inParts(value) : JSON.stringify(ordered);
}
