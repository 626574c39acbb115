/** A redaction is a value of its own: neither empty nor text. */

/** What the agency withheld and under which exemptions of 5 U.S.C. 552(b), in one spelling: `(b)(6)`, `(b)(7)(C)`. Empty when it names none. */
export type Redaction = { readonly exemptions: readonly string[] };

const one = String.raw`\(?\s*b\s*\)?\s*\(\s*(?:7\s*\)\s*(?:\(\s*[a-f]\s*\)|[a-f](?![a-z]))?|[1-9]\s*\))`;
const list = new RegExp(
  String.raw`^(?:(?:redacted|withheld)(?: in (?:full|part))?\s*[:;,-]?\s*)?(?:${one}(?:\s*(?:[,;/&+]|and)?\s*)){1,9}$`,
  'i',
);
const bare = /^\W*(?:redacted|withheld(?: in (?:full|part))?)\W*$/i;
const longest = 200;
const couldBe = /b\s*\)?\s*\(|redacted|withheld/i;

/** Whether a text of this first byte (ASCII) and length is worth the asking: redactions begin with a bracket, b, r or w, or with white space. */
export const couldBeRedacted = (first: number, length: number): boolean =>
  length <= longest &&
  (first === 40 || first <= 32 || first === 91 || first === 42 || /[brw]/i.test(String.fromCharCode(first)));

/**
 * Reads a whole cell as a redaction; undefined when it is anything else. Takes every spelling seen in releases (`(b)(6), (b)(7)(c)`, `(b)(7)(E )`, `b(6), b(7)c`,
 * `(B)(3)`); leaves alone what only looks alike, such as `SEC 101(A)(27)(B)-FORMER CITIZEN` and charge codes.
 */
export function redactionOf(text: string): Redaction | undefined {
  if (text.length > longest || !couldBe.test(text)) return undefined;
  if (bare.test(text)) return { exemptions: [] };
  const plain = text.trim();
  return list.test(plain) ? { exemptions: exemptionsIn(plain) } : undefined;
}

function exemptionsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, digit, letter, letterBare] of text.matchAll(
    /\(?\s*b\s*\)?\s*\(\s*([1-9])\s*\)(?:(?<=7\s*\))\s*(?:\(\s*([a-f])\s*\)(?!\s*\()|([a-f])(?![a-z]|\s*\()))?/gi,
  )) {
    const part = letter ?? letterBare;
    found.add(`(b)(${digit})${part ? `(${part.toUpperCase()})` : ''}`);
  }
  return [...found];
}

/** A header without the redaction written into it, and the exemptions it names: some columns are withheld in their very name. */
export function withoutRedaction(header: string): { readonly header: string; readonly redacted: boolean } {
  const bareHeader = header
    .replace(/[-–—:;,]?\s*withheld(?: in (?:full|part))?/gi, ' ')
    .replace(new RegExp(`(?:^|(?<=[\\s,;-]))${one}`, 'gi'), ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { header: bareHeader, redacted: bareHeader !== header.replace(/\s+/g, ' ').trim() };
}
