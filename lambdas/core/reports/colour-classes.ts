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

type Sums = { readonly areas: number; readonly counts: number; readonly squares: number };
/** A way to part counts: the sum of squared distances from the means of its classes, and the place where each class begins. */
type Parting = { readonly spread: number; readonly starts: readonly number[] };

/** How far the counts between two places lie from their mean, squared and summed. */
const spreadOf = (before: Sums, after: Sums): number =>
  after.squares - before.squares - (after.counts - before.counts) ** 2 / (after.areas - before.areas);

/** The first count of each class, at most as many as wanted, so that counts of one class lie as close together as can be (natural breaks: Fisher 1958, exact). */
function naturalBreaks(sorted: readonly number[], wanted: number): readonly number[] {
  const distinct = [...new Set(sorted)];
  const upTo = distinct.map((count): Sums => {
    const below = sorted.filter((other) => other <= count);
    return {
      areas: below.length,
      counts: below.reduce((sum, other) => sum + other, 0),
      squares: below.reduce((sum, other) => sum + other * other, 0),
    };
  });
  const none: Sums = { areas: 0, counts: 0, squares: 0 };
  let best = upTo.map((sums): Parting => ({ spread: spreadOf(none, sums), starts: [0] }));
  for (let classes = 2; classes <= wanted; classes++) {
    const fewer = best;
    best = upTo.map((sums, at) =>
      fewer.slice(0, at).reduce((least, rest, last) => {
        const spread = rest.spread + spreadOf(upTo[last] ?? none, sums);
        return spread < least.spread ? { spread, starts: [...rest.starts, last + 1] } : least;
      }, fewer[at] ?? { spread: 0, starts: [] }),
    );
  }
  return (best.at(-1)?.starts ?? []).flatMap((place) => distinct[place] ?? []);
}

/** Up to five classes of counts that lie close together; equal counts never part. Zero stands alone. */
export function colourClasses(counts: readonly number[]): readonly ColourClass[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const from = naturalBreaks(sorted, scale.length);
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
