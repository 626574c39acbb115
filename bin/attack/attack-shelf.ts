/** The whole attack on a folder of releases: read, write down, solve; where nothing fits, allow that a table was counted at another time, and solve again. */
import { feasibleRanges, type Range } from './feasible.ts';
import { type Stray, strayNumbers } from './pages.ts';
import { publishedReleases } from './published-tables.ts';
import type { Solver } from './solver.ts';
import { writeDown } from './write-down.ts';

const threshold = 11;
const sixValues = 6;

export type Findings = {
  readonly releases: readonly string[];
  readonly unknowns: number;
  readonly sums: number;
  readonly programs: number;
  /** `canBeSmall`: some value from 1 to 10 is left. `small`: and fewer than six values are. `limit`: nothing bounds it from above. */
  readonly ranges: readonly (Range & { readonly canBeSmall: boolean; readonly small: boolean })[];
  readonly counted: readonly string[];
  readonly stray: readonly Stray[];
  /** Parts that fit no table even so: nothing could be said of them. */
  readonly unfinished: number;
};

/** Throws NotAShelf when the folder holds no releases. */
export async function attackShelf(folder: string, solver: Solver): Promise<Findings> {
  const releases = publishedReleases(folder);
  const tables = releases.flatMap((release) => release.tables);
  const apart = new Set<string>();
  let writing = writeDown(tables, apart);
  let attack = feasibleRanges(writing, solver);
  let { programs } = attack;
  while (attack.contradictions.length) {
    // The latest table beside the weeks is the likeliest to have been counted when more was known.
    const latest = tables.findLast(
      ({ release, name }) =>
        attack.contradictions.some((part) => part.tables.has(`${release}/${name}`)) &&
        !writing.counted.includes(`${release}/${name}`),
    );
    if (!latest) break;
    apart.add(`${latest.release}/${latest.name}`);
    writing = writeDown(tables, apart);
    attack = feasibleRanges(writing, solver);
    programs += attack.programs;
  }
  const stray: Stray[] = [];
  for (const release of releases) stray.push(...(await strayNumbers(folder, release)));
  return {
    releases: releases.map(({ id }) => id),
    unknowns: writing.unknowns.size,
    sums: writing.sums.length,
    programs,
    ranges: attack.ranges.flatMap((range) => {
      const canBeSmall = leavesSmall(range, 1) || (range.unknown.difference && leavesSmall(range, -1));
      const small = canBeSmall && range.most - range.least + 1 < sixValues;
      // Nobody withheld a difference; it matters where it comes out.
      return range.unknown.difference && !small ? [] : [{ ...range, canBeSmall, small }];
    }),
    counted: writing.counted,
    stray,
    unfinished: attack.contradictions.length,
  };
}

const leavesSmall = ({ least, most }: Range, sign: 1 | -1): boolean =>
  sign === 1 ? most >= 1 && least < threshold : least <= -1 && most > -threshold;
