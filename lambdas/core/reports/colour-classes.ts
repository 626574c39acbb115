/**
 * Classes of a sequential scale, made from shown counts alone (docs/METHODS.md §5): a break never tells anything of a withheld cell.
 */
import { invariant } from '../domain/invariant.ts';

/** Light to dark blue, apart for every common kind of colour vision; `ink` is legible on `fill` (WCAG AA). */
const scale = [
  { fill: '#e3eef8', ink: '#14243d' },
  { fill: '#b6d3ec', ink: '#14243d' },
  { fill: '#7fb2dc', ink: '#14243d' },
  { fill: '#2f74b5', ink: '#ffffff' },
  { fill: '#103f75', ink: '#ffffff' },
] as const;

export type ColourClass = { readonly from: number; readonly to: number; readonly fill: string; readonly ink: string };

/** Up to five classes with about the same number of areas each; equal counts never part. Zero stands alone. */
export function colourClasses(counts: readonly number[]): readonly ColourClass[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const wanted = Math.min(scale.length, distinct.length);
  const starts = new Set<number>();
  for (let at = 0; at < wanted; at++) {
    const value = sorted[Math.floor((at * sorted.length) / wanted)];
    if (value !== undefined) starts.add(value);
  }
  const from = [...starts].sort((a, b) => a - b);
  const zero: ColourClass[] = counts.includes(0) ? [{ from: 0, to: 0, fill: '#ffffff', ink: '#14243d' }] : [];
  return [
    ...zero,
    ...from.map((start, at) => {
      const next = from[at + 1] ?? Number.POSITIVE_INFINITY;
      const to = sorted.filter((count) => count < next).at(-1) ?? start;
      // The darkest colour is always used for the highest class, so that a map with few classes still reads.
      const shade = scale[from.length === 1 ? 2 : Math.round((at * (scale.length - 1)) / (from.length - 1))];
      invariant(shade, 'every class has a colour');
      return { from: start, to, fill: shade.fill, ink: shade.ink };
    }),
  ];
}

export const classOf = (classes: readonly ColourClass[], count: number): ColourClass => {
  const found = classes.find(({ from, to }) => count >= from && count <= to);
  invariant(found, 'every shown count has a class');
  return found;
};
