import type { ReleaseId, Sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Week } from '../domain/week.ts';

/** The category that stands for the whole of a dimension. */
export const total = '*';

/** Between what numbers a withheld count lies, both included; without `most` nothing bounds it above. */
export type Interval = { readonly least: number; readonly most?: number };

/**
 * What a cell shows. Withheld says only that, and the interval that anyone can work out: nothing tells a small cell from one withheld to protect it. `status` is for coverage: a department reported, said zero, or was silent.
 */
export type ReleasedValue =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'withheld'; readonly interval?: Interval }
  | { readonly kind: 'status'; readonly status: 'reported' | 'zero' | 'silent' };

/** One cell: a category for each dimension (or `*` for its total) and what it shows. */
export type ReleasedCell = { readonly at: Readonly<Record<string, string>>; readonly value: ReleasedValue };

/** One area of a map: H3 cells of any resolution, disjoint from every other region; a remainder gathers what was too small to stand alone. */
export type MapRegion = { readonly id: string; readonly cells: readonly string[]; readonly remainder: boolean };

/** Weeks that were counted together, with all records known at `asOf` and none that came later. */
export type CountedPart = { readonly from: Week; readonly to: Week; readonly asOf: Instant };

/**
 * An agency file behind a count of FOIA records. `counted` with the rows of this reading; `superseded` and `withdrawn` files count no more and are named because they did, or might be
 * looked for. `release` is the name the rows are counted under.
 */
export type FoiaFile = {
  readonly release: string;
  readonly file: Sha256;
  readonly standing: 'counted' | 'superseded' | 'withdrawn';
  readonly reading: number;
  readonly replacedBy?: string;
};

/** One question's published answer. `categories` lists each dimension in its order of reading; cells cover the full grid, totals included. */
export type ReleasedTable = {
  readonly query: string;
  readonly sql: Sha256;
  readonly parameters: Readonly<Record<string, string>>;
  readonly window: { readonly from: Week; readonly to: Week };
  readonly dimensions: readonly { readonly name: string; readonly categories: readonly string[] }[];
  readonly cells: readonly ReleasedCell[];
  readonly regions?: readonly MapRegion[];
  /** Where the weeks of the window were counted at different times: each part and the time up to which records were counted. */
  readonly counted?: readonly CountedPart[];
  /** Of a count of FOIA records: the agency files, by release. */
  readonly foiaFiles?: readonly FoiaFile[];
};

/**
 * What is said of records that came, changed or were withdrawn after their week was released. `weeks` are affected and wait, `more` says "or more"; a `batch` is what
 * changed in the weeks from `from` to `to` since they were released and since the last batch: so many more incidents, or fewer when it is negative.
 */
export type LateRecords = {
  readonly weeks: number;
  readonly more?: true;
  readonly batch?: { readonly from: Week; readonly to: Week; readonly change: number };
};

/** Everything one release says to the public, and nothing else. `asOf` bounds what was known; `week` is the latest week it covers. */
export type ReleaseContent = {
  readonly id: ReleaseId;
  readonly city: string;
  readonly week: Week;
  readonly asOf: Instant;
  readonly approvedAt: Instant;
  readonly policy: { readonly version: string; readonly sha256: Sha256 };
  readonly software: string;
  /** Made of generated reports: every page says so. Absent from a real release. */
  readonly sample?: true;
  readonly tables: readonly ReleasedTable[];
  /** Absent while nothing was released before. */
  readonly late?: LateRecords;
};
