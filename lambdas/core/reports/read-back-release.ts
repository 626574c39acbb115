/**
 * Reads every file of a release back before it is published (docs/METHODS.md §5): the one place that knows what each of them must be read by. A file that nothing reads is a fault.
 */
import type { Released } from '../disclosure/release.ts';
import type { City, Language } from '../domain/city.ts';
import { dateIn } from '../domain/instant.ts';
import type { Question } from '../lake/question.ts';
import type { Briefing } from './briefing-model.ts';
import { pageFile } from './briefing-page.ts';
import { allowedIn, readableText, strayNumbers } from './read-back.ts';
import { csvFault, pdfStrays } from './read-back-files.ts';
import { markupFault, textsIn } from './read-back-markup.ts';
import { packageFault } from './read-back-package.ts';
import { chartFault, mapFault, pageTablesFault } from './read-back-pages.ts';
import { hiddenWords, printFault } from './read-back-print.ts';
import { areSaid } from './read-back-words.ts';
import { weeklySeries } from './weekly-series.ts';

type ReadBy = {
  readonly city: City;
  readonly questions: ReadonlyMap<string, Question>;
  readonly briefings: readonly Briefing[];
  /** The one style that a page may hold. */
  readonly style: string;
};

type Files = ReadonlyMap<string, Uint8Array>;

/** What is wrong with the first file that says more, less or other than the release, by its name and without a word of what it says; undefined when all is well. */
export async function releaseFault(files: Files, released: Released, by: ReadBy): Promise<string | undefined> {
  for (const [name, bytes] of files) {
    const fault = await fileFault(name, bytes, files, released, by);
    if (fault) return `${name} ${fault}`;
  }
  return undefined;
}

async function fileFault(name: string, bytes: Uint8Array, files: Files, released: Released, by: ReadBy) {
  const text = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const language = (['en', 'es'] as const).find((one) => pageFile[one] === name);
  if (language) return pageFault(text(), language, released, files, by);
  if (name === 'map.svg') return pictureFault(text(), released, by);
  if (name === 'briefing.pdf') return pdfFault(bytes, released, by);
  if (name === 'datapackage.json') return packageFault(text(), released, files, by.questions);
  const table = released.tables.find(({ query }) => name === `${query}.csv`);
  return table ? csvFault(text(), table) : 'is a file that nothing reads back';
}

function pageFault(page: string, language: Language, released: Released, files: Files, by: ReadBy): string | undefined {
  const briefing = by.briefings.find((one) => one.language === language);
  if (!briefing) return 'is in a language that was not told';
  const links = new Set([...files.keys(), 'datapackage.json']);
  const structure = markupFault(page, { links, style: by.style });
  if (structure) return structure;
  if (strayNumbers(readableText(page), allowedIn(released, briefing)).length)
    return 'says a number that was not released';
  if (!areSaid(textsIn(page), [briefing])) return 'says a number in words that are not those of the briefing';
  const count = (value: number) => briefing.telling.speech.count(value);
  const weeks = weeklySeries(released.tables, by.questions).weeks.map(({ value }) => value);
  for (const svg of briefing.chart ? [briefing.chart.svg, briefing.chart.narrow] : []) {
    if (!page.includes(svg)) return 'holds another chart';
    const fault = chartFault(svg, weeks, count);
    if (fault) return `${fault} in its chart`;
  }
  const tables = pageTablesFault(page, briefing, released, by.questions);
  if (tables) return tables;
  return briefing.map && page.includes(briefing.map.svg)
    ? mapOfFault(briefing.map.svg, briefing, released, by)
    : undefined;
}

function mapOfFault(svg: string, briefing: Briefing, released: Released, { questions }: ReadBy): string | undefined {
  const table = released.tables.find(({ query }) => questions.get(query)?.metadata.release.kind === 'map');
  return table
    ? mapFault(svg, table, (value) => briefing.telling.speech.count(value))
    : 'shows a map that was not released';
}

function pictureFault(svg: string, released: Released, by: ReadBy): string | undefined {
  const briefing = by.briefings.find(({ language }) => language === 'en');
  if (!briefing) return 'is in a language that was not told';
  const structure = markupFault(svg, { links: new Set() });
  if (structure) return structure;
  if (strayNumbers(readableText(svg), allowedIn(released, briefing)).length)
    return 'says a number that was not released';
  return mapOfFault(svg, briefing, released, by);
}

async function pdfFault(pdf: Uint8Array, released: Released, { briefings, city }: ReadBy): Promise<string | undefined> {
  const said = briefings.map((briefing) => allowedIn(released, briefing));
  const allowed = {
    numbers: new Set(said.flatMap(({ numbers }) => [...numbers])),
    asides: said.flatMap(({ asides }) => asides),
  };
  const date = dateIn(released.approvedAt, city.timeZone).replaceAll('-', '');
  const fault = await printFault(pdf, { date, attached: new Map() });
  if (fault) return fault;
  if ((await pdfStrays(pdf, allowed)).length) return 'says a number that was not released';
  const hidden = await hiddenWords(pdf);
  return !areSaid(hidden, briefings) ? 'says a number that was not released where nobody looks' : undefined;
}
