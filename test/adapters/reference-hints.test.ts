import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReferenceHints } from '#adapters/local/reference-hints.ts';

it('tells every reference that was added under a hash and no other, once, however many share it or its slot', () => {
  // Hashes that fall into a few slots of any table, so that they are in each other's way.
  const hash = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(2 ** 31, 2 ** 32 - 1, 1 << 20, 3 << 20));
  const added = fc.array(fc.tuple(hash, fc.integer({ min: 1, max: 2 ** 47 - 1 })), { maxLength: 3000 });
  fc.assert(
    fc.property(added, (pairs) => {
      const hints = new ReferenceHints();
      const model = new Map<number, Set<number>>();
      for (const [under, reference] of pairs) {
        hints.add(under, reference);
        model.set(under, (model.get(under) ?? new Set()).add(reference));
      }
      for (const [under, references] of model)
        expect([...hints.under(under)].sort((a, b) => a - b)).toEqual([...references].sort((a, b) => a - b));
      expect(hints.under(77)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
