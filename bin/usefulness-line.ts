/** What protection cost, in the few words that fit a line of a terminal. */
import type { Usefulness } from '#core/disclosure/usefulness.ts';

const number = new Intl.NumberFormat('en-US');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** How much a table shows in true counts, and how coarse its map is; empty for a table of states. */
export function usefulnessLine({ inTrueCounts, map }: Usefulness): string {
  const shares = inTrueCounts && [inTrueCounts.least, inTrueCounts.most].map(percent);
  const share =
    !shares || !inTrueCounts ? '' : inTrueCounts.least === inTrueCounts.most ? shares[0] : `${shares[0]} or more`;
  return [
    share ? `${share} in true counts` : '',
    map
      ? `${map.regions} regions, half of them of at most ${number.format(map.medianKm2)} km², H3 ${map.resolutions.join(' to ')}`
      : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** A table of a release: its cells and what they are worth. */
export const tableLine = (table: Usefulness): string => {
  const { shown, withheld } = table.cells;
  const cells = `${number.format(shown).padStart(6)} shown ${number.format(withheld).padStart(6)} withheld`;
  return `${table.query.padEnd(47)}${cells}   ${usefulnessLine(table)}`.trimEnd();
};
