/**
 * Holds the words of a page against its briefing (docs/METHODS.md §5; attack A9): a released number in a sentence that the briefing does not say is a leak all the same.
 */
import type { Briefing } from './briefing-model.ts';
import { phrases } from './phrases.ts';
import { strayNumbers } from './read-back.ts';

/** Every text and number of the briefing and of its phrase book, but for pictures and what speaks. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return value && typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [];
}

function saidBy({ telling: _, chart, map, ...briefing }: Briefing): readonly string[] {
  const pictures = [
    chart?.title,
    chart?.alt,
    chart?.table,
    map?.title,
    map?.alt,
    map?.legend,
    map?.remainder,
    map?.source,
  ];
  // The print heads each group of departments with its number.
  const groups = briefing.coverage?.groups.map(({ size, title }) => `${size} ${title}`) ?? [];
  return [
    ...groups,
    ...leavesOf({ ...briefing, derived: [] }),
    ...leavesOf(pictures),
    ...leavesOf(phrases[briefing.language]),
  ];
}

/** Whether each of these texts that holds a number is one of the briefings', or made of texts of theirs; a bare number must stand alone where theirs does. */
export function areSaid(texts: readonly string[], briefings: readonly Briefing[]): boolean {
  const said = new Set(briefings.flatMap(saidBy));
  const asides = [...said].filter((text) => /\d/.test(text) && /\p{L}/u.test(text));
  return texts.every(
    (text) => !/\d/.test(text) || said.has(text) || strayNumbers(text, { numbers: new Set(), asides }).length === 0,
  );
}
