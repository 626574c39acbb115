/**
 * What the pages, the picture and the print say beside the data files. A number that stands in no data file is as good as a leak: it was never attacked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sheetsOf } from './print.ts';
import type { PublishedRelease } from './published-tables.ts';

/** `file` is named with the folder of its release. */
export type Stray = { readonly file: string; readonly said: string };

const text = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .trim();
const isCount = (said: string): boolean => /^\d{1,3}(?:[,.\u00a0]?\d{3})*$/.test(said);
const countOf = (said: string): string => (isCount(said) ? said.replace(/\D/g, '') : '·');

/** Each line of each table of a page, as numbers and blanks. */
const pageLines = (page: string): string[] =>
  [...page.matchAll(/<tr\b[^>]*>([\s\S]*?)<\/tr>/g)].flatMap(([, row = '']) => {
    const cells = [...row.matchAll(/<td\b[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => countOf(text(cell)));
    return cells.some((cell) => cell !== '·') ? [`|${cells.join('|')}|`] : [];
  });

/** Each line of each data file in each direction, as numbers and blanks; newest first is a direction too. */
function dataLines({ tables, states }: PublishedRelease): Set<string> {
  const lines = new Map<string, string[]>();
  for (const { name, dimensions, cells } of tables)
    for (const { at, count } of cells)
      dimensions.forEach((_, nth) => {
        const key = JSON.stringify([name, nth, at.filter((_, other) => other !== nth)]);
        const line = lines.get(key) ?? [];
        line.push(count === undefined ? '·' : String(count));
        lines.set(key, line);
      });
  const said = [...lines.values()].flatMap((line) => [`|${line.join('|')}|`, `|${[...line].reverse().join('|')}|`]);
  // What a page says of a table as a whole: how many cells are shown and how many withheld.
  for (const { cells } of tables) {
    const shown = cells.filter(({ count }) => count !== undefined).length;
    said.push(`|${shown}|${cells.length - shown}|`);
  }
  for (const { counts } of states) said.push(`|${counts.reduce((sum, count) => sum + count, 0)}|0|`);
  return new Set(said);
}

const numbersIn = (said: string): string[] =>
  (said.match(/\d[\d,.]*/g) ?? []).map((number) => number.replace(/[^\d]/g, ''));

/** Numbers of a release's pages that none of its data files explains; empty when there is none. */
export async function strayNumbers(folder: string, release: PublishedRelease): Promise<Stray[]> {
  const stray: Stray[] = [];
  const note = (file: string, said: string) => stray.push({ file: `${release.id}/${file}`, said });
  const known = [...dataLines(release)];
  const shown = new Set(release.tables.flatMap(({ cells }) => cells.map(({ count }) => String(count))));
  const pages: string[] = [];
  for (const file of release.files) {
    const path = join(folder, release.id, file);
    if (file.endsWith('.html')) {
      const page = readFileSync(path, 'utf8').replace(/<style>[\s\S]*?<\/style>/g, '');
      pages.push(page.replace(/<[^>]*>/g, ' '), ...[...page.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? ''));
      for (const line of pageLines(page)) if (!known.some((other) => other.includes(line))) note(file, line);
    }
    if (file.endsWith('.svg'))
      for (const [, word = ''] of readFileSync(path, 'utf8').matchAll(/<text\b[^>]*>([^<]*)<\/text>/g)) {
        const said = word.replace(/^[A-Z]{1,2} /, '');
        if (isCount(said) && !shown.has(countOf(said))) note(file, word);
      }
  }
  const onPages = new Set(pages.flatMap(numbersIn));
  // A hash is broken over lines in print.
  const hashes = pages.flatMap((said) => said.match(/[0-9a-f]{64}/g) ?? []).join(' ');
  for (const file of release.files.filter((name) => name.endsWith('.pdf'))) {
    const sheets = await sheetsOf(new Uint8Array(readFileSync(join(folder, release.id, file))));
    sheets.forEach((sheet, at) => {
      const own = new Set([String(at + 1), String(sheets.length)]);
      for (const number of numbersIn(sheet))
        if (
          !onPages.has(number) &&
          !shown.has(number) &&
          !own.has(number) &&
          !(number.length > 2 && hashes.includes(number))
        )
          note(file, `${number} on sheet ${at + 1}`);
    });
  }
  return stray;
}
