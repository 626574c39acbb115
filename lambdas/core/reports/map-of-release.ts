/**
 * The map that a release holds, drawn for one language: with its legend for a file of its own, without for a page that gives the legend itself.
 */
import type { Released } from '../disclosure/release.ts';
import type { MapRegion, ReleasedValue } from '../disclosure/released-table.ts';
import type { Question } from '../lake/question.ts';
import type { Telling } from './briefing-table.ts';
import { axes, lookup } from './grid.ts';
import { type LegendEntry, mapLegend, mapSvg, remainderLegend } from './map.ts';
import type { Derived } from './weekly-series.ts';

export type MapPicture = {
  readonly title: string;
  readonly alt: string;
  readonly svg: string;
  readonly withLegend: string;
  readonly legend: readonly LegendEntry[];
  readonly remainder: string | undefined;
  readonly source: string;
};

/** Draws the first map of the release; undefined when it holds none. */
export function mapOf(
  released: Released,
  questions: ReadonlyMap<string, Question>,
  { city, speech, phrases }: Telling,
): { readonly map: MapPicture; readonly derived: readonly Derived[] } | undefined {
  const table = released.tables.find(({ query }) => questions.get(query)?.metadata.release.kind === 'map');
  const metadata = table && questions.get(table.query)?.metadata;
  if (!table || !metadata) return undefined;
  const place = axes(table, metadata).find((axis) => axis.vocabulary === 'h3') ?? axes(table, metadata)[0];
  const regions = table.regions ?? [];
  const find = lookup(table);
  const read = (region: MapRegion): ReleasedValue =>
    (place && find({ [place.name]: region.id })) ?? { kind: 'withheld' };
  const values = regions.map(read);
  const counts = values.flatMap((value) => (value.kind === 'count' ? [value.count] : []));
  const hidden = values.length - counts.length;
  const span = speech.span(table.window.from, table.window.to);
  const alt = regions.length
    ? [
        phrases.mapAlt(counts.length, hidden, span, speech),
        ...(counts.length ? [phrases.mapHighest(Math.max(...counts), speech)] : []),
      ].join(' ')
    : phrases.mapEmpty;
  const title = phrases.mapCaption(span);
  const source = speech.aside(
    `${phrases.mapSource(city.boundaryVintage)}${released.sample ? ` ${phrases.sample}.` : ''}`,
  );
  const words = {
    title,
    description: alt,
    legend: title,
    withheld: phrases.withheldShort,
    remainder: phrases.mapRemainder,
    source,
    count: speech.count,
    language: speech.language,
  };
  const areas = regions.map((region) => ({ value: read(region), remainder: region.remainder }));
  const legend = mapLegend(areas, words);
  for (const { label } of legend) if (label.includes('–')) speech.aside(label);
  const picture = { regions, read, outline: city.outline, words };
  return {
    map: {
      title,
      alt,
      svg: mapSvg({ ...picture, legend: false }),
      withLegend: mapSvg({ ...picture, legend: true }),
      legend,
      remainder: remainderLegend(areas, words),
      source,
    },
    derived: [
      { value: counts.length, from: 'areas shown on the map' },
      { value: hidden, from: 'areas withheld on the map' },
    ],
  };
}
