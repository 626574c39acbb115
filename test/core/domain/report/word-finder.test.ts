import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordFinder } from '#core/domain/report/word-finder.ts';

describe('wordFinder', () => {
  it('finds what a search for each word finds, wherever the word stands', () => {
    const letter = fc.constantFrom('a', 'b', 'á', '@', ' ', '`', 'ñ', '1');
    const word = fc.string({ unit: letter, minLength: 1, maxLength: 5 });
    const lists = fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 31 });
    fc.assert(
      fc.property(lists, fc.string({ unit: letter, maxLength: 30 }), (given, text) => {
        const expected = given.map((words) => words.some((each) => text.includes(each)));
        const found = wordFinder(given)(text);
        expect(given.map((_, at) => (found & (1 << at)) !== 0)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
