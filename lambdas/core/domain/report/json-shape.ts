/** What JSON.parse does not tell: how deep the text goes and how many members its objects have, counted outside strings. */
function jsonShape(text: string): { readonly depth: number; readonly members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      // A string: jump from quote to quote, over escaped ones.
      for (at = text.indexOf('"', at + 1); at !== -1; at = text.indexOf('"', at + 1)) {
        let slashes = 0;
        while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
        if (slashes % 2 === 0) break;
      }
      if (at === -1) return { depth: deepest, members };
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x3a) members++;
  }
  return { depth: deepest, members };
}

const countMembers = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item);
    return count;
  }
  const object = value as Readonly<Record<string, unknown>>;
  // Parsed JSON inherits nothing that could be counted.
  for (const name in object) {
    const member = object[name];
    count += typeof member === 'object' ? 1 + countMembers(member) : 1;
  }
  return count;
};

const deepestRead = 32;

export type ReadJson = { readonly value: unknown } | { readonly fault: 'unreadable' | 'too deep' | 'twice' };

/** Parses JSON that nests at most 32 deep and names no member of an object twice (JSON.parse would keep the last in silence). */
export function readJson(text: string): ReadJson {
  const { depth, members } = jsonShape(text);
  if (depth > deepestRead) return { fault: 'too deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'unreadable' };
  }
  return countMembers(value) === members ? { value } : { fault: 'twice' };
}
