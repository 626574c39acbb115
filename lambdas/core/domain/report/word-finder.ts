/** Where a three-letter beginning is looked up: five bits of each letter, so that capitals and small letters share a place. */
const places = 1 << 15;

const placeOf = (word: string): number =>
  ((word.charCodeAt(0) & 31) << 10) | ((word.charCodeAt(1) & 31) << 5) | (word.charCodeAt(2) & 31);

/**
 * Tells in one pass which of several lists of words a text holds a word of, anywhere: bit n of the answer stands for list n (at most 31 lists).
 * Both are compared as they stand: give both in lower case.
 */
export function wordFinder(lists: readonly (readonly string[])[]): (text: string) => number {
  const lastOf = new Uint16Array(places);
  const chains: { readonly word: string; readonly lists: number; readonly next: number }[] = [];
  const byWord = new Map<string, number>();
  for (const [at, words] of lists.entries())
    for (const word of words) byWord.set(word, (byWord.get(word) ?? 0) | (1 << at));
  const letters: { readonly letter: string; readonly lists: number }[] = [];
  for (const [word, bits] of byWord) {
    if (word.length === 1) {
      letters.push({ letter: word, lists: bits });
      continue;
    }
    const from = word.length === 2 ? placeOf(word) & ~31 : placeOf(word);
    // A word of two letters stands wherever a third may follow.
    for (let place = from; place < from + (word.length === 2 ? 32 : 1); place++) {
      chains.push({ word, lists: bits, next: lastOf[place] ?? 0 });
      lastOf[place] = chains.length;
    }
  }
  return (text) => {
    let found = 0;
    for (const { letter, lists } of letters) if (text.includes(letter)) found |= lists;
    let place = 0;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) & 31 : 0;
      place = ((place << 5) | code) & (places - 1);
      for (let link = at < 2 ? 0 : (lastOf[place] ?? 0); link !== 0; ) {
        const chain = chains[link - 1];
        if (chain === undefined) break;
        if ((found & chain.lists) !== chain.lists && text.startsWith(chain.word, at - 2)) found |= chain.lists;
        link = chain.next;
      }
    }
    return found;
  };
}
