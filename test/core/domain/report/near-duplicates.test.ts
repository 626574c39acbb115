import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PropertyId } from '#core/domain/ids.ts';
import { nearDuplicates } from '#core/domain/report/near-duplicates.ts';

const begin = Date.UTC(2026, 2, 2);

describe('nearDuplicates', () => {
  it('tells what a comparison with every report of the property tells, two hours included', () => {
    const minutes = fc.integer({ min: -400, max: 400 });
    const seen = fc.array(fc.tuple(minutes, fc.constantFrom('park', 'library')), { maxLength: 12 });
    fc.assert(
      fc.property(seen, minutes, (others, asked) => {
        const submission = nearDuplicates();
        const time = (minute: number) => begin + minute * 60_000;
        for (const [at, property] of others) submission.add(property as PropertyId, time(at));
        const expected = others.some(([at, property]) => property === 'park' && Math.abs(at - asked) <= 120);
        expect(submission.near('park' as PropertyId, time(asked))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
