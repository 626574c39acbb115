import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { chartSvg } from '#core/reports/chart.ts';
import { classOf, colourClasses } from '#core/reports/colour-classes.ts';
import { mapSvg } from '#core/reports/map.ts';
import { tableCsv } from '#core/reports/table-csv.ts';
import { repositoryQuestions } from '../../fixtures/released.ts';

const first = '2026-10-05' as CalendarDate as Week;

describe('colour classes', () => {
  it('hold every shown count in exactly one class, in order, ends that are shown counts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 11, max: 500 })), { minLength: 1 }), (counts) => {
        const classes = colourClasses(counts);
        expect(classes.filter(({ from }) => from > 0).length).toBeLessThanOrEqual(5);
        for (const count of counts) {
          expect(classes.filter(({ from, to }) => count >= from && count <= to)).toHaveLength(1);
          expect(classOf(classes, count)).toBeDefined();
        }
        for (const { from, to } of classes) expect(counts).toEqual(expect.arrayContaining([from, to]));
      }),
    );
  });
  it('put counts of one size together and a count far above the others by itself', () => {
    const counts = [72, 81, 82, 82, 92, 100, 116, 117, 430];
    expect(colourClasses(counts).map(({ from, to }) => [from, to])).toEqual([
      [72, 72],
      [81, 82],
      [92, 100],
      [116, 117],
      [430, 430],
    ]);
    expect(colourClasses([40, 40]).map(({ from, to }) => [from, to])).toEqual([[40, 40]]);
  });
  it('part counts as no other parting does better', () => {
    const spread = (group: readonly number[]) => {
      const mean = group.reduce((sum, count) => sum + count, 0) / group.length;
      return group.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 11, max: 200 }), { minLength: 6, maxLength: 9 }), (counts) => {
        const sorted = counts.toSorted((a, b) => a - b);
        const ours = colourClasses(sorted).map(({ from, to }) => spread(sorted.filter((c) => c >= from && c <= to)));
        let least = Number.POSITIVE_INFINITY;
        // Each bit says whether a class begins at a count.
        for (let bits = 0; bits < 1 << (sorted.length - 1); bits++) {
          const groups: number[][] = [[]];
          for (const [at, count] of sorted.entries()) {
            if (at > 0 && bits & (1 << (at - 1))) groups.push([]);
            groups.at(-1)?.push(count);
          }
          if (groups.length <= 5)
            least = Math.min(
              least,
              groups.reduce((sum, group) => sum + spread(group), 0),
            );
        }
        expect(ours.reduce((sum, each) => sum + each, 0)).toBeCloseTo(least, 6);
      }),
    );
  });
});

describe('the chart', () => {
  const words = {
    title: 'Incidents',
    description: 'Bars',
    withheld: 'Withheld',
    latest: 'Latest',
    count: String,
    monthName: (week: Week) => week.slice(5, 7),
    language: 'en',
  };

  it('draws a withheld week as a hatched gap and a zero as nothing', async () => {
    const weeks = [
      { week: first, value: { kind: 'count' as const, count: 40 } },
      { week: weekPlus(first, 1), value: { kind: 'withheld' as const } },
      { week: weekPlus(first, 2), value: { kind: 'count' as const, count: 0 } },
      { week: weekPlus(first, 3), value: { kind: 'count' as const, count: 23 } },
    ];
    await expect(chartSvg({ weeks, words, wide: false })).toMatchFileSnapshot('../../golden/reports/chart.svg');
  });

  it('draws a series in which nothing is shown', () => {
    expect(chartSvg({ weeks: [{ week: first, value: { kind: 'withheld' } }], words, wide: true })).not.toContain('NaN');
  });
});

describe('the map', () => {
  const words = {
    title: 'Where',
    description: 'A map',
    legend: 'Where',
    withheld: 'Withheld',
    remainder: 'Remainder',
    source: 'Source',
    count: String,
    language: 'en',
  };
  const regions = [
    { id: 'a', cells: ['882a06c531fffff'], remainder: false },
    { id: 'b', cells: ['882a06c535fffff', '882a06c53dfffff'], remainder: true },
    { id: 'c', cells: ['882a06c537fffff'], remainder: false },
  ];
  const read = ({ id }: { readonly id: string }) =>
    id === 'c' ? { kind: 'withheld' as const } : { kind: 'count' as const, count: id === 'a' ? 12 : 31 };

  it('draws regions, remainder and what is withheld', async () => {
    const svg = mapSvg({ regions, read, outline: [], words, legend: true, width: 360 });
    await expect(svg).toMatchFileSnapshot('../../golden/reports/map.svg');
  });

  // A square that cuts the first region and holds the others.
  const outline = [
    [
      [
        [-70.935, 41.1],
        [-70.8, 41.1],
        [-70.8, 41.3],
        [-70.935, 41.3],
        [-70.935, 41.1],
      ],
    ],
  ] as const;

  it('cuts regions at the outline and draws whole what does not touch it', () => {
    const apart = { id: 'd', cells: ['8829a1d755fffff'], remainder: false };
    const drawn = (some: typeof regions, within: typeof outline | readonly []) =>
      mapSvg({ regions: some, read, outline: within, words, legend: false });
    const inCity = drawn(regions, outline);
    expect(inCity.match(/clip-path=/g)?.length).toBeGreaterThanOrEqual(regions.length);
    expect(drawn([apart], outline)).not.toContain('clip-path=');
    expect(drawn(regions, [])).not.toContain('clip-path=');
  });

  it('labels every shown region once, parts that lie apart with one letter, and small ones beside', () => {
    const parted = { id: 'p', cells: ['872a06c53ffffff', '872a06c56ffffff'], remainder: true };
    const tiny = { id: 't', cells: ['8a2a06c53d4ffff'], remainder: false };
    const svg = mapSvg({
      regions: [...regions, tiny],
      read: ({ id }) => (id === 't' ? { kind: 'count', count: 77 } : read({ id })),
      outline: [],
      words,
      legend: false,
    });
    for (const label of ['12', '31', '77']) expect(svg.split(`>${label}</text>`)).toHaveLength(2);
    const two = mapSvg({ regions: [parted], read, outline: [], words, legend: false });
    expect(two).toContain('>A 31</text>');
    expect(two).toContain('>A</text>');
  });

  it('does not depend on the order of the regions', () => {
    const one = mapSvg({ regions, read, outline: [], words, legend: true });
    expect(mapSvg({ regions: [...regions].reverse(), read, outline: [], words, legend: true })).toBe(one);
  });

  it('draws a city without regions or outline', () => {
    expect(mapSvg({ regions: [], read, outline: [], words, legend: true })).not.toContain('NaN');
  });
});

describe('a CSV', () => {
  it('writes one line per cell in reading order, safe for spreadsheets', async () => {
    const question = repositoryQuestions().find(({ name }) => name === 'incidents_by_authority_shown_v1');
    if (!question) throw new Error('the question is there');
    const at = (category: string) => ({ authority_shown: category });
    const csv = tableCsv(
      {
        query: question.name,
        sql: 'x' as never,
        parameters: {},
        window: { from: first, to: first },
        dimensions: [{ name: 'authority_shown', categories: ['judicial', '=1+1', 'a "b", c', '*'] }],
        cells: [
          { at: at('*'), value: { kind: 'count', count: 1204 } },
          { at: at('=1+1'), value: { kind: 'withheld' } },
          { at: at('judicial'), value: { kind: 'count', count: 0 } },
          { at: at('a "b", c'), value: { kind: 'status', status: 'silent' } },
        ],
      },
      question.metadata,
    );
    await expect(csv).toMatchFileSnapshot('../../golden/reports/table.csv');
  });
});
