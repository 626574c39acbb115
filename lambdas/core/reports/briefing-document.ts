/**
 * The briefing as a Typst document: English first, because the desk reads it first, then the same in Spanish, each part with its own language tag
 * (docs/METHODS.md §5). The template only sets; every word and number comes from the briefing.
 */
import type { Language } from '../domain/city.ts';
import type { Briefing } from './briefing-model.ts';
import { phrases } from './phrases.ts';

/** The words of the phrase book that the template sets, without its functions. */
const plainWords = (language: Language) =>
  Object.fromEntries(Object.entries(phrases[language]).filter(([, value]) => typeof value !== 'function'));

const setTables = (tables: Briefing['tables']) => tables.map(({ note, ...table }) => ({ ...table, note: note ?? '' }));

const partOf = (briefing: Briefing) => ({
  language: briefing.language,
  words: { ...plainWords(briefing.language), weekOf: phrases[briefing.language].weekOf(briefing.week) },
  eyebrow: briefing.eyebrow,
  title: briefing.title,
  office: briefing.office,
  headline: { ...briefing.headline, figure: briefing.headline.figure ?? null },
  coverage: briefing.coverage ?? null,
  map: briefing.map
    ? { file: `/map-${briefing.language}.svg`, title: briefing.map.title, alt: briefing.map.alt }
    : null,
  chart: briefing.chart
    ? { file: `/chart-${briefing.language}.svg`, title: briefing.chart.title, alt: briefing.chart.alt }
    : null,
  tables: setTables(briefing.tables),
  comparison: briefing.comparison
    ? {
        heading: briefing.comparison.heading,
        facts: briefing.comparison.facts,
        notes: briefing.comparison.notes,
        tables: setTables(briefing.comparison.tables),
      }
    : null,
  protection: briefing.protection,
  method: briefing.method,
  provenance: briefing.provenance,
});

/** The files of the document's world, by absolute path. `template` is the text of `web/briefing/briefing.typ`. */
export function briefingDocument(
  briefings: readonly Briefing[],
  template: Uint8Array,
  release: { readonly id: string; readonly date: string },
): ReadonlyMap<string, Uint8Array> {
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>([['/briefing.typ', template]]);
  const [year = 0, month = 0, day = 0] = release.date.split('-').map(Number);
  const data = {
    title: briefings[0]?.title ?? '',
    office: briefings[0]?.office ?? '',
    release: release.id,
    date: { year, month, day },
    parts: briefings.map(partOf),
  };
  files.set('/data.json', encoder.encode(JSON.stringify(data)));
  for (const { language, map, chart } of briefings) {
    if (map) files.set(`/map-${language}.svg`, encoder.encode(map.withLegend));
    if (chart) files.set(`/chart-${language}.svg`, encoder.encode(chart.svg));
  }
  return files;
}
