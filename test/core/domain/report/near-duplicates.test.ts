import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DepartmentId, PropertyId } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { nearDuplicates } from '#core/domain/report/near-duplicates.ts';
import type { ReportFacts } from '#core/domain/submission.ts';
import type { Week } from '#core/domain/week.ts';

const week = '2026-03-02' as Week;
const begin = Date.UTC(2026, 2, 2);

describe('nearDuplicates', () => {
  it('tells what a comparison with every report of the property tells, two hours included', () => {
    const minutes = fc.integer({ min: -400, max: 400 });
    const seen = fc.array(fc.tuple(minutes, fc.constantFrom('park', 'library')), { maxLength: 12 });
    fc.assert(
      fc.property(seen, minutes, (others, asked) => {
        const submission = nearDuplicates();
        const facts = (at: number, property: string): ReportFacts => {
          const observedFrom = instantOf(begin + at * 60_000) ?? expect.fail('no instant');
          return { department: 'LIB' as DepartmentId, property: property as PropertyId, week, observedFrom };
        };
        for (const [at, property] of others) submission.add(facts(at, property));
        const expected = others.some(([at, property]) => property === 'park' && Math.abs(at - asked) <= 120);
        expect(submission.near(facts(asked, 'park'))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
