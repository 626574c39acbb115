/**
 * Exactly the files that the published shelf holds for a release: same release, same bytes (docs/METHODS.md §5). Takes nothing but a Released value, and
 * reads every page and picture back before it answers: a number that was not released is a bug, and nothing is published.
 */
import type { Released } from '../disclosure/release.ts';
import type { City } from '../domain/city.ts';
import { dateIn } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import type { Question } from '../lake/question.ts';
import type { Assets, Typesetter } from '../ports.ts';
import { briefingDocument } from './briefing-document.ts';
import { type Briefing, byName } from './briefing-model.ts';
import { briefingPage, pageFile, styleOf } from './briefing-page.ts';
import { dataPackage } from './data-package.ts';
import { releaseFault } from './read-back-release.ts';
import { tableCsv } from './table-csv.ts';

export type BriefingSources = {
  readonly city: City;
  readonly questions: readonly Question[];
  readonly briefings: readonly Briefing[];
  readonly assets: Pick<Assets, 'text' | 'bytes'>;
  readonly typesetter: Typesetter;
};

/**
 * Makes `briefing.html`, `briefing.es.html`, `briefing.pdf`, `map.svg` (when the release holds a map), one CSV per table and `datapackage.json`.
 * A table whose question is not among `questions` is a bug.
 */
export async function briefingFiles(
  released: Released,
  { city, questions, briefings, assets, typesetter }: BriefingSources,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const encoder = new TextEncoder();
  const known = byName(questions);
  const files = new Map<string, Uint8Array>();
  const [css, template, regular, bold] = await Promise.all([
    assets.text('web/briefing/briefing.css'),
    assets.bytes('web/briefing/briefing.typ'),
    assets.bytes('web/fonts/PublicSans-Regular.woff2'),
    assets.bytes('web/fonts/PublicSans-Bold.woff2'),
  ]);

  const look = { css, fonts: { regular, bold } };
  for (const briefing of briefings) {
    files.set(pageFile[briefing.language], encoder.encode(briefingPage(briefing, look)));
    if (briefing.language === 'en' && briefing.map) files.set('map.svg', encoder.encode(briefing.map.withLegend));
  }
  files.set(
    'briefing.pdf',
    await typesetter.pdf({
      main: '/briefing.typ',
      files: briefingDocument(briefings, template, {
        id: released.id,
        date: dateIn(released.approvedAt, city.timeZone),
      }),
      standard: 'ua-1',
      date: released.approvedAt,
    }),
  );
  for (const table of released.tables) {
    const question = known.get(table.query);
    invariant(question, 'every released table answers a known question');
    files.set(`${table.query}.csv`, encoder.encode(tableCsv(table, question.metadata)));
  }
  files.set('datapackage.json', encoder.encode(dataPackage(released, city, known, files)));
  const fault = await releaseFault(files, released, { city, questions: known, briefings, style: styleOf(look) });
  invariant(fault === undefined, `every file of a release says what was released and nothing else: ${fault}`);
  return files;
}
