import { describe, expect, it } from 'vitest';
import { readableText, strayNumbers } from '#core/reports/read-back.ts';

const allowed = { numbers: new Set([91, 1_204]), asides: ['November 2–8, 2026', 'Ward 7', '1 to 10'] };

describe('reading back', () => {
  it('passes released numbers, dates, names and rules', () => {
    expect(
      strayNumbers('91 incidents, 1,204 in all, November 2–8, 2026, Ward 7; counts from 1 to 10.', allowed),
    ).toEqual([]);
  });

  it('names a number that nothing allows, with the words around it', () => {
    expect(strayNumbers('91 incidents, of which 7 in Ward 7', allowed)).toEqual([
      expect.stringContaining('of which 7 in'),
    ]);
  });

  it('is not fooled by an aside inside a larger number', () => {
    expect(strayNumbers('Ward 70', allowed)).toHaveLength(1);
  });

  it('hears what a screen reader says', () => {
    const text = readableText(
      '<p aria-label="12 areas">x</p><svg><title>14</title><path d="M1,2"/></svg><style>a{top:9px}</style>',
    );
    expect(strayNumbers(text, allowed)).toHaveLength(2);
  });
});
