/**
 * What one briefing says in one language: words, released numbers, and figures derived from released numbers alone (docs/METHODS.md §5, docs/PRIVACY.md).
 * The page, the PDF and the mail are all set from this value, so that they cannot differ.
 */
import type { Released } from '../disclosure/release.ts';
import type { ReleasedTable } from '../disclosure/released-table.ts';
import type { City, Language } from '../domain/city.ts';
import { weekPlus } from '../domain/week.ts';
import type { Question } from '../lake/question.ts';
import { type BriefingTable, briefingTable, type Telling, tableCell } from './briefing-table.ts';
import { chartSvg, chartTicks } from './chart.ts';
import { type Comparison, compares, comparisonOf } from './comparison.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { shownAndWithheld } from './grid.ts';
import { type MapPicture, mapOf } from './map-of-release.ts';
import { phrases } from './phrases.ts';
import { type Speech, speechIn } from './speech.ts';
import { type Derived, seriesFacts, weeklySeries } from './weekly-series.ts';

type Chart = {
  readonly title: string;
  readonly alt: string;
  readonly svg: string;
  readonly narrow: string;
  readonly table: BriefingTable;
};
export type Briefing = {
  readonly language: Language;
  readonly telling: Telling;
  readonly title: string;
  /** What is said above the title, with the warning when the reports are generated. */
  readonly eyebrow: string;
  readonly office: string;
  readonly week: string;
  readonly headline: { readonly figure: string | undefined; readonly label: string; readonly facts: readonly string[] };
  readonly coverage: Coverage | undefined;
  readonly map: MapPicture | undefined;
  readonly chart: Chart | undefined;
  readonly tables: readonly BriefingTable[];
  readonly comparison: Comparison | undefined;
  readonly protection: readonly { readonly title: string; readonly shown: string; readonly withheld: string }[];
  readonly method: readonly string[];
  readonly provenance: readonly { readonly label: string; readonly value: string }[];
  readonly downloads: readonly { readonly file: string; readonly label: string }[];
  readonly derived: readonly Derived[];
};

/** Questions by name; a released table whose question is not there cannot be told and is a fault of the caller. */
export const byName = (questions: readonly Question[]): ReadonlyMap<string, Question> =>
  new Map(questions.map((question) => [question.name, question]));

const languages: readonly Language[] = ['en', 'es'];

/** The briefing in every language in which it is published. A table whose question is not among `questions` is a bug. */
export const briefingsOf = (released: Released, city: City, questions: readonly Question[]): readonly Briefing[] =>
  languages.map((language) => briefingIn(language, released, city, questions));

export function briefingIn(
  language: Language,
  released: Released,
  city: City,
  questions: readonly Question[],
): Briefing {
  const speech = speechIn(language, city.timeZone);
  const words = phrases[language];
  const telling: Telling = { city, speech, phrases: words };
  const known = byName(questions);
  const kindOf = (table: ReleasedTable) => known.get(table.query)?.metadata.release.kind;
  const titleOf = (table: ReleasedTable) => {
    const title = known.get(table.query)?.metadata.title[language];
    return speech.aside(title ?? table.query);
  };

  const series = weeklySeries(released.tables, known);
  const facts = seriesFacts(series.weeks, released.week);
  const headline = headlineOf(facts, released, speech);
  const chart = chartOf(series.weeks, facts, telling);
  const coverage = coverageOf(released, known, telling);
  const map = mapOf(released, known, telling);
  const comparison = comparisonOf(released, known, telling);
  const protection = released.tables.map((table) => ({ title: titleOf(table), ...shownAndWithheld(table) }));

  return {
    language,
    telling,
    eyebrow: released.sample ? `${words.eyebrow} – ${words.sample}` : words.eyebrow,
    title: speech.aside(words.title(language === 'en' ? city.name : city.shortName)),
    office: city.office[language],
    week: speech.week(released.week),
    headline: coverage ? { ...headline, facts: [...headline.facts, coverage.lead] } : headline,
    coverage,
    map: map?.map,
    chart,
    tables: released.tables.flatMap((table) => {
      const question = known.get(table.query);
      if (question?.metadata.release.kind !== 'counts' || compares(table)) return [];
      return briefingTable(table, question, telling) ?? [];
    }),
    comparison,
    protection: protection.map(({ title, shown, withheld }) => ({
      title,
      shown: speech.count(shown),
      withheld: speech.count(withheld),
    })),
    method: [...words.methodNotes, ...lateNotes(released, speech)],
    provenance: provenanceOf(released, speech),
    downloads: [
      { file: 'briefing.pdf', label: words.downloadPdf },
      ...(released.tables.some((table) => kindOf(table) === 'map')
        ? [{ file: 'map.svg', label: words.downloadMap }]
        : []),
      ...released.tables.map((table) => ({ file: `${table.query}.csv`, label: `${titleOf(table)} (CSV)` })),
      { file: 'datapackage.json', label: words.downloadPackage },
    ],
    derived: [
      ...facts.derived,
      ...(chart ? chartTicks(series.weeks).map((value) => ({ value, from: 'axis of the chart' })) : []),
      ...(coverage?.derived ?? []),
      ...(map?.derived ?? []),
      ...(comparison?.derived ?? []),
      ...protection.flatMap(({ shown, withheld }) => [
        { value: shown, from: 'cells shown in a table' },
        { value: withheld, from: 'cells withheld in a table' },
      ]),
      ...(released.late ? [{ value: released.late.weeks, from: 'released weeks with late records' }] : []),
      ...(released.late?.batch ? [{ value: Math.abs(released.late.batch.change), from: 'late records' }] : []),
      // Every table tells how many of its latest weeks the page shows.
      { value: 6, from: 'latest weeks on the page' },
    ],
  };
}

/** What came in after its week was published: that it waits, or how much it is once it is enough. */
function lateNotes({ late }: Released, speech: Speech): string[] {
  const words = phrases[speech.language];
  if (!late) return [];
  return [
    ...(late.batch ? [words.lateBatch(late.batch.change, speech.span(late.batch.from, late.batch.to), speech)] : []),
    ...(late.weeks > 0 ? [words.lateWaiting(late.weeks, late.more === true, speech)] : []),
  ];
}

function headlineOf(facts: ReturnType<typeof seriesFacts>, released: Released, speech: Speech): Briefing['headline'] {
  const words = phrases[speech.language];
  if (!facts.latest) return { figure: undefined, label: words.headlineMissing, facts: [] };
  const more: string[] = [];
  if (facts.latest.kind === 'withheld') more.push(words.headlineWithheldNote);
  else more.push(facts.change === undefined ? words.changeUnknown : words.change(facts.change, speech));
  if (facts.fourWeeks !== undefined) {
    const four = speech.span(weekPlus(released.week, -3), released.week);
    more.push(words.fourWeeks(facts.fourWeeks, four, speech));
  }
  if (facts.low !== undefined && facts.high !== undefined && facts.shownWeeks > 1)
    more.push(words.range(facts.low, facts.high, facts.shownWeeks, speech));
  if (facts.latest.kind !== 'count') return { figure: words.headlineWithheld, label: '', facts: more };
  const { count } = facts.latest;
  return { figure: speech.count(count), label: words.incidents(count, speech), facts: more };
}

function chartOf(
  weeks: ReturnType<typeof weeklySeries>['weeks'],
  facts: ReturnType<typeof seriesFacts>,
  { speech, phrases: words, city }: Telling,
): Chart | undefined {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || facts.low === undefined || facts.high === undefined) return undefined;
  const span = speech.span(first.week, last.week);
  const title = words.trendCaption(span);
  const alt = words.trendAlt(facts.low, facts.high, facts.withheldWeeks, speech);
  const picture = {
    weeks,
    words: {
      title,
      description: alt,
      withheld: words.withheldShort,
      latest: words.weekOf(speech.week(last.week)),
      count: speech.count,
      monthName: speech.monthName,
      language: speech.language,
    },
  };
  const telling = { city, speech, phrases: words };
  return {
    title,
    alt,
    svg: chartSvg({ ...picture, wide: true }),
    narrow: chartSvg({ ...picture, wide: false }),
    table: {
      query: 'weekly',
      title,
      period: '',
      note: undefined,
      corner: words.week,
      columns: [words.total],
      rows: [...weeks].reverse().map(({ week, value }) => ({
        label: speech.date(week),
        total: false,
        cells: [tableCell(value, telling)],
      })),
    },
  };
}

function provenanceOf(released: Released, speech: Speech): Briefing['provenance'] {
  const words = phrases[speech.language];
  return [
    { label: words.release, value: speech.aside(released.id) },
    { label: words.asOf, value: speech.moment(released.asOf) },
    { label: words.approved, value: speech.moment(released.approvedAt) },
    { label: words.ledger, value: speech.aside(words.ledgerEntry(String(released.ledger.seq), released.ledger.hash)) },
    { label: words.policy, value: speech.aside(`${released.policy.version}, ${released.policy.sha256}`) },
    { label: words.software, value: speech.aside(released.software) },
  ];
}
