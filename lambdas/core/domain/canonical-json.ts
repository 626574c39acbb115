/** Text that JSON writes as it stands between quotes. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));

/** The names of an object in the order of their UTF-16 code units. */
function namesOf(object: object): string[] {
  const names = Object.keys(object);
  for (let at = 1; at < names.length; at++) if ((names[at] ?? '') < (names[at - 1] ?? '')) return names.sort();
  return names;
}

function membersOf(object: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of namesOf(object)) {
    const member = object[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`;
  }
  return text;
}

/**
 * The one text of a JSON value: keys sorted, no white space (RFC 8785 for the values we use: strings, safe integers, finite numbers, booleans, null, arrays, objects).
 * A member whose value is undefined is left out. Throws on a value JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value !== 'object') throw new TypeError('a value that JSON cannot hold');
  if (!Array.isArray(value)) return `{${membersOf(value as Readonly<Record<string, unknown>>)}}`;
  let items = '';
  for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item)}`;
  return `[${items}]`;
}
