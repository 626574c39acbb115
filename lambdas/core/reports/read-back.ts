/**
 * Reads a rendered text back and names every number in it that is neither released, nor derived from released numbers, nor part of a date, a name or a rule
 * (docs/METHODS.md §5; attack A9: numbers in prose, axes and alternative texts).
 */
import type { Released } from '../disclosure/release.ts';
import type { Briefing } from './briefing-model.ts';
import { rules } from './phrases.ts';

export type Allowed = { readonly numbers: ReadonlySet<number>; readonly asides: readonly string[] };

/** What one language's briefing of a release may say. */
export function allowedIn(released: Released, briefing: Briefing): Allowed {
  const numbers = new Set(briefing.derived.map(({ value }) => value));
  for (const table of released.tables)
    for (const { value } of table.cells) {
      if (value.kind === 'count') numbers.add(value.count);
      if (value.kind === 'withheld') for (const end of Object.values(value.interval ?? {})) numbers.add(end);
    }
  return {
    numbers,
    asides: [...briefing.telling.speech.said, ...rules, ...briefing.downloads.map(({ file }) => file)],
  };
}

const entities = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The words of a page or picture that a person can read or hear: element content and the attributes that speak. */
export function readableText(markup: string): string {
  const spoken = [...markup.matchAll(/\b(?:aria-label|alt|title)="([^"]*)"/g)].map((match) => match[1] ?? '');
  const content = markup.replace(/<style>[\s\S]*?<\/style>/g, ' ').replace(/<[^>]*>/g, ' \n ');
  return entities([content, ...spoken].join('\n'));
}

/** One space for any white space and none around a dash, because a typeset page kerns them away. */
const plain = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').replace(/ ?– ?/g, '–');

/** The aside where it stands alone: a district called 1 must not eat the 1 of 13. */
const standing = (aside: string): RegExp =>
  new RegExp(`(?<![\\d.,])${aside.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`, 'g');

/** The numbers of a text that nothing allows, each with the words around it; empty when the text is clean. */
export function strayNumbers(text: string, { numbers, asides }: Allowed): readonly string[] {
  let rest = plain(text);
  for (const aside of [...asides].sort((a, b) => b.length - a.length))
    rest = rest.replace(standing(plain(aside)), ' § ');
  return [...rest.matchAll(/\d[\d,.]*/g)].flatMap((match) => {
    const value = Number(match[0].replace(/[.,]$/, '').replaceAll(',', ''));
    return numbers.has(value) ? [] : [rest.slice(Math.max(0, match.index - 30), match.index + 30)];
  });
}
