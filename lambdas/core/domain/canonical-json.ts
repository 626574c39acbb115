/** Text that JSON writes as it stands between quotes. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));

type Member = { readonly name: string; readonly quoted: string };

/** Sets of names met before, in order: records of one kind have a handful of them. Kept small, for names may come from outside. */
const ordered = new Map<string, readonly Member[]>();
const orderedMax = 500;

/** The names of an object in the order of their UTF-16 code units. */
function membersOf(object: object): readonly Member[] {
  const names = Object.keys(object);
  const together = names.join('\0');
  const known = ordered.get(together);
  // No remembered name holds the separator: as many names that read the same together are the same.
  if (known !== undefined && known.length === names.length) return known;
  const members = names.sort().map((name) => ({ name, quoted: `${quoted(name)}:` }));
  if (names.some((name) => name.includes('\0'))) return members;
  if (ordered.size >= orderedMax) ordered.clear();
  ordered.set(together, members);
  return members;
}

function objectText(object: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const { name, quoted } of membersOf(object)) {
    const member = object[name];
    if (member !== undefined) text += (text === '' ? quoted : `,${quoted}`) + canonicalJson(member);
  }
  return `{${text}}`;
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
  if (!Array.isArray(value)) return objectText(value as Readonly<Record<string, unknown>>);
  let items = '';
  for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item)}`;
  return `[${items}]`;
}
