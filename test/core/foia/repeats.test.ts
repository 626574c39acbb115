import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fingerprints } from '#core/foia/fingerprints.ts';
import { eachRepeat } from '#core/foia/repeats.ts';

/** The same by the book: what stands in a set already. */
function repeatsOf(numbers: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return numbers.filter((number) => seen.size === seen.add(number).size).sort((a, b) => a - b);
}

const told = (numbers: readonly number[]): readonly number[] => {
  const found: number[] = [];
  eachRepeat(Float64Array.from(numbers), (number) => found.push(number));
  return found.sort((a, b) => a - b);
};

describe('numbers that occur more than once', () => {
  it('are told once for each time after the first', () => {
    const few = fc.integer({ min: 0, max: 9 });
    const large = fc.maxSafeNat().filter((number) => number < Number.MAX_SAFE_INTEGER);
    const alikeBelow = fc.nat({ max: 1000 }).map((high) => high * 2 ** 32);
    fc.assert(
      fc.property(fc.array(fc.oneof(few, large, alikeBelow), { maxLength: 60 }), (numbers) => {
        expect(told(numbers)).toEqual(repeatsOf(numbers));
      }),
    );
  });

  it('are found among many, also when all are alike or differ in few bits', () => {
    const size = 50_000;
    const made = (of: (at: number) => number) => Array.from({ length: size }, (_, at) => of(at));
    for (const numbers of [
      made(() => 7),
      made((at) => at),
      made((at) => Math.floor(at / 3) * 2 ** 30),
      made((at) => (at * 48_271) % 30_011),
    ])
      expect(told(numbers)).toEqual(repeatsOf(numbers));
  });

  it('count equal rows', () => {
    const rows = new Fingerprints();
    for (let at = 0; at < 5000; at++) rows.add(at % 4000);
    expect(rows.repeated()).toBe(1000);
    rows.add(0);
    expect(rows.repeated()).toBe(1001);
    expect(new Fingerprints().repeated()).toBe(0);
  });
});
