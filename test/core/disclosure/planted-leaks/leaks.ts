/**
 * Leaks as a privacy officer would tell them, in three districts and a few weeks. Each is let out by a release that only withholds small counts; the classes are those
 * of docs/METHODS.md §3.10. Rows are weeks, columns districts.
 */
type Weeks = readonly (readonly number[])[];

export type PlantedLeak = {
  readonly attack: string;
  readonly story: string;
  /** Incidents by week and district, from the first week on. */
  readonly weeks?: Weeks;
  /** What was released before, in the same way. */
  readonly before?: Weeks;
  /** Incidents by agency and activity, over these weeks (first and last, counted from 0). */
  readonly agencies?: { readonly over: readonly [number, number]; readonly counts: Readonly<Record<string, number>> };
  /** Through which channel the release goes; a briefing unless told. */
  readonly channel?: 'exhibit' | 'correction';
};

const big = [40, 30, 20];
const fourWeeks: Weeks = [big, big, big, big];
const agencies = (over: readonly [number, number], counts: Readonly<Record<string, number>>) => ({ over, counts });

export const leaksInNumbers: readonly PlantedLeak[] = [
  { attack: 'A1 sums', story: 'one small district beside its week total', weeks: [[40, 3, 20], big] },
  {
    attack: 'A1 sums',
    story: 'one small district in each week, in different columns',
    weeks: [
      [4, 30, 20],
      [40, 3, 20],
    ],
  },
  {
    attack: 'A1 sums',
    story: 'one small activity of one agency beside its totals',
    agencies: agencies([0, 3], { 'ICE arrest': 40, 'ICE stop': 5, 'CBP arrest': 30, 'CBP stop': 25 }),
  },
  { attack: 'A2 intervals', story: 'two small districts whose sum leaves three values', weeks: [[1, 1, 40], big] },
  { attack: 'A2 intervals', story: 'two small districts whose sum leaves four values', weeks: [[2, 1, 40], big] },
  {
    attack: 'A2 intervals',
    story: 'three small districts whose total leaves four values',
    weeks: [[1, 1, 1], big, big],
  },
  {
    attack: 'A3 threshold',
    story: 'two counts just below the threshold: each must be nine or ten',
    weeks: [[10, 9, 40], big, big],
  },
  { attack: 'A3 threshold', story: 'two tens: nothing else adds up to twenty', weeks: [[10, 10, 40], big, big] },
  { attack: 'A3 threshold', story: 'all three districts just below the threshold', weeks: [[10, 10, 9], big, big] },
  { attack: 'A4 flags', story: 'a small count of one that stands alone in its week', weeks: [[1, 30, 40], big, big] },
  {
    attack: 'A4 flags',
    story: 'small counts on a diagonal',
    weeks: [
      [2, 30, 40],
      [40, 2, 20],
      [40, 30, 2],
    ],
  },
  {
    attack: 'A4 flags',
    story: 'small counts in one column',
    weeks: [
      [2, 30, 40],
      [3, 30, 20],
      [40, 30, 20],
    ],
  },
  {
    attack: 'A6 releases',
    story: 'two late records between frozen weeks and a later table',
    before: fourWeeks,
    agencies: agencies([0, 3], { 'ICE arrest': 200, 'CBP stop': 162 }),
  },
  {
    attack: 'A6 releases',
    story: 'a withdrawn report between frozen weeks and a later table',
    before: fourWeeks,
    agencies: agencies([0, 3], { 'ICE arrest': 200, 'CBP stop': 159 }),
  },
  {
    attack: 'A6 releases',
    story: 'a correction of nine records',
    before: fourWeeks,
    agencies: agencies([0, 3], { 'ICE arrest': 200, 'CBP stop': 169 }),
    channel: 'correction',
  },
  {
    attack: 'A7 channels',
    story: 'an exhibit by agency over three of four weeks in which one agency is rare',
    before: [[3, 0, 4], big, big, big],
    agencies: agencies([1, 3], { 'ICE arrest': 265, 'CBP stop': 5 }),
    channel: 'exhibit',
  },
  {
    attack: 'A7 channels',
    story: 'an exhibit over the last week alone, with two late records',
    before: fourWeeks,
    agencies: agencies([3, 3], { 'ICE arrest': 60, 'CBP stop': 32 }),
    channel: 'exhibit',
  },
  {
    attack: 'A7 channels',
    story: 'an exhibit by agency in which one agency is rare',
    before: fourWeeks,
    agencies: agencies([0, 3], { 'ICE arrest': 356, 'CBP stop': 4 }),
    channel: 'exhibit',
  },
  {
    attack: 'A10 known incidents',
    story: 'two small counts of which somebody saw three each',
    weeks: [[4, 4, 40], big, big],
  },
  { attack: 'A10 known incidents', story: 'a count of three that somebody saw wholly', weeks: [[3, 5, 40], big, big] },
  { attack: 'A10 known incidents', story: 'three small counts, some of each seen', weeks: [[3, 3, 4], big, big] },
  {
    attack: 'A12 zeros',
    story: 'a zero beside a small count says that the other is all there was',
    weeks: [[0, 3, 40], big, big],
  },
  { attack: 'A12 zeros', story: 'two zeros beside a small count', weeks: [[0, 0, 3], big, big] },
  {
    attack: 'A12 zeros',
    story: 'zeros of an agency beside its one small activity',
    agencies: agencies([0, 3], { 'ICE arrest': 4, 'CBP arrest': 30, 'CBP stop': 25 }),
  },
];
