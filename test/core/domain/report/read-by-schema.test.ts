import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportExamples } from '#core/domain/report/examples.ts';
import {
  type Acceptance,
  compiledAcceptance,
  compiledAfter,
  readBySchema,
} from '#core/domain/report/read-by-schema.ts';
import { correctReport, reportSchema } from '#core/domain/report/schema.ts';
import { operations } from '#core/domain/submission.ts';

const examples: Readonly<Record<string, unknown>>[] = Object.values(reportExamples);
const acceptances = new Map<unknown, Acceptance>(
  operations.map((operation) => [operation, compiledAcceptance(operation)]),
);

/** Members that a report has or could have, and some that none has. */
const names = fc.constantFrom(...Object.keys(correctReport.shape), 'week', 'surprise', '__proto__', 'constructor');
const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, Number.NaN, -0, 1e21, '', '2026-02-30T00:00:00Z', '2026-06-09T11:20:00-04:00', '\ud800'),
  fc.constantFrom({ min: 0 }, { min: 1, max: 2, known: true }, { min: 1, max: 2, surprise: 1 }, [], ['none'], [null]),
  fc.constantFrom(...examples.flatMap((example) => Object.values(example))),
);
/** An example with a few members left out, replaced or added. */
const nearlyReports = fc
  .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(names, fc.option(oddValues)), { maxLength: 4 }))
  .map(([example, changes]) => {
    const members = new Map<string, unknown>(Object.entries(example));
    for (const [name, change] of changes)
      if (change === null) members.delete(name);
      else members.set(name, change);
    const report = {};
    for (const [name, value] of members)
      Object.defineProperty(report, name, { value, enumerable: true, writable: true, configurable: true });
    return report as Readonly<Record<string, unknown>>;
  });

describe('the code made of a schema', () => {
  it('accepts every example, and the schema answers just that example', () => {
    for (const example of examples) {
      expect(acceptances.get(example['operation'])?.(example)).toBe(true);
      expect(reportSchema.safeParse(example)).toEqual({ success: true, data: example });
    }
  });

  it('accepts what the schema accepts and answers unchanged, and nothing else', () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(nearlyReports, (report) => {
        const accepts = acceptances.get(report['operation']);
        fc.pre(accepts !== undefined);
        const bySchema = reportSchema.safeParse(report);
        const byCode = accepts?.(report) ?? false;
        // Members that are undefined are left to the schema: JSON has none.
        const whole = !Object.values(report).includes(undefined);
        if (whole) expect(byCode).toBe(bySchema.success);
        if (byCode) expect(bySchema.data).toStrictEqual(report);
        outcomes[byCode ? 'accepted' : 'refused']++;
      }),
      { numRuns: 3000 },
    );
    // Both sides of the line were tried.
    expect(Math.min(outcomes.accepted, outcomes.refused)).toBeGreaterThan(200);
  });
});

describe('readBySchema', () => {
  it('answers the ten-thousandth report as the first, good or bad', () => {
    const bad = { ...reportExamples.minimal, basis: 'hearsay', surprise: 1 };
    const first = { good: readBySchema(reportExamples.minimal), bad: readBySchema(bad) };
    expect(first.bad).toMatchObject({ issues: [{ code: 'invalid_value' }, { code: 'unrecognized_keys' }] });
    for (let count = 0; count <= compiledAfter; count++) readBySchema(reportExamples.minimal);
    expect(readBySchema(reportExamples.minimal)).toEqual(first.good);
    expect(readBySchema(bad)).toEqual(first.bad);
  });

  it('takes no operation from what every object inherits', () => {
    expect(readBySchema({ ...reportExamples.minimal, operation: 'toString' })).toHaveProperty('issues');
    expect(readBySchema({ ...reportExamples.minimal, operation: '__proto__' })).toHaveProperty('issues');
  });
});
