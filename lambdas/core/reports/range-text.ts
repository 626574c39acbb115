import type { Interval } from '../disclosure/released-table.ts';

/** A withheld count as its range, such as `0–25`; undefined where nothing bounds it above, and then only the word says that it is withheld. */
export const rangeText = ({ least, most }: Interval, format: (count: number) => string): string | undefined =>
  most === undefined ? undefined : `${format(least)}–${format(most)}`;
