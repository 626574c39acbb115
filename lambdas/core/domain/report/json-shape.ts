/** What stands between two commas of an array, from after the first to before the second, and how many members its objects have. */
type Stretch = { readonly from: number; readonly to: number; readonly members: number };

/** What JSON.parse does not tell, counted outside strings. */
type JsonShape = {
  /** How deep the text goes. */
  readonly depth: number;
  /** How many members its objects have. */
  readonly members: number;
  /** How many commas stand in the outermost array or object itself. */
  readonly commas: number;
  /** The inside of the outermost array, parted at some of those commas. */
  readonly stretches: readonly Stretch[];
};

/** How long a stretch is at least, in letters: some thirty reports, little enough that what is made of them is gone again before much room is taken. */
const stretchLetters = 1 << 15;

function jsonShape(text: string, inside: { readonly from: number; readonly to: number }): JsonShape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let commas = 0;
  const stretches: Stretch[] = [];
  let { from } = inside;
  let membersBefore = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      // A string: jump from quote to quote, over escaped ones.
      for (at = text.indexOf('"', at + 1); at !== -1; at = text.indexOf('"', at + 1)) {
        let slashes = 0;
        while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
        if (slashes % 2 === 0) break;
      }
      if (at === -1) break;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x3a) members++;
    else if (code === 0x2c && depth === 1) {
      commas++;
      if (at - from < stretchLetters) continue;
      stretches.push({ from, to: at, members: members - membersBefore });
      from = at + 1;
      membersBefore = members;
    }
  }
  stretches.push({ from, to: inside.to, members: members - membersBefore });
  return { depth: deepest, members, commas, stretches };
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

export type JsonFault = 'unreadable' | 'too deep' | 'twice' | 'too many';
export type ReadJson = { readonly value: unknown } | { readonly fault: JsonFault };

function parse(text: string, members: number): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'unreadable' };
  }
  return countMembers(value) === members ? { value } : { fault: 'twice' };
}

/** Parses JSON that nests at most 32 deep and names no member of an object twice (JSON.parse would keep the last in silence). */
export function readJson(text: string): ReadJson {
  const { depth, members } = jsonShape(text, { from: 0, to: text.length });
  return depth > deepestRead ? { fault: 'too deep' } : parse(text, members);
}

/**
 * Parses an array as `readJson` would and hands its items on, a stretch of the text at a time: whoever keeps little of an item never has all of them in memory.
 * What was handed on counts only if no fault is answered. Undefined when the text does not begin and end as an array does.
 */
export function readJsonItems(
  text: string,
  itemsMax: number,
  take: (item: unknown) => void,
): { readonly fault: JsonFault | undefined } | undefined {
  const brackets = /^[ \t\r\n]*\[/.exec(text);
  const end = text.trimEnd().length - 1;
  if (brackets === null || text[end] !== ']') return undefined;
  const { depth, commas, stretches } = jsonShape(text, { from: brackets[0].length, to: end });
  if (depth > deepestRead) return { fault: 'too deep' };
  if (commas >= itemsMax) return { fault: 'too many' };
  let twice = false;
  for (const { from, to, members } of stretches) {
    // Between commas stand lists of items exactly when the whole is one; none of them may be empty.
    const read = parse(`[${text.slice(from, to)}]`, members);
    if ('fault' in read && read.fault !== 'twice') return read;
    twice ||= 'fault' in read;
    if (twice || !('value' in read)) continue;
    const items = read.value as readonly unknown[];
    if (items.length === 0 && commas > 0) return { fault: 'unreadable' };
    for (const item of items) take(item);
  }
  return { fault: twice ? 'twice' : undefined };
}
