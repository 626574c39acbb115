/**
 * Asks every public question for a release. A week that was released before is counted with the records known then, so that tables of different weeks and kinds count
 * the same incidents; what came later is counted apart (docs/METHODS.md §3.7).
 */
import type { RawTable } from '#core/disclosure/grid.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { CountedPart } from '#core/disclosure/released-table.ts';
import type { City } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { periodCompletedBy, seriesEnding, type Window, wholeMonthsIn } from '#core/domain/period.ts';
import { type Week, weekPlus, weeksFrom } from '#core/domain/week.ts';
import { askedValues } from '#core/lake/asked-values.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Answer, Question } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';
import { foiaFilesOf, readsFoia } from './foia-files.ts';
import { assertSound } from './sound.ts';

type Ports = { readonly city: City; readonly questions: readonly Question[]; readonly engine: QueryEngine };
type Asked = { readonly week: Week; readonly asOf: Instant; readonly entries: readonly LedgerEntry[] };

/** The raw tables of the release of `week`, and every released week counted again by week and district as of today (undefined for the first release). */
export async function askTables(
  ports: Ports,
  asked: Asked,
): Promise<{ readonly tables: readonly RawTable[]; readonly recount: RawTable | undefined }> {
  const frozen = frozenWeeks(asked.entries, ports.questions);
  const tables: RawTable[] = [];
  for (const question of ports.questions) {
    const { audience, release } = question.metadata;
    if (audience !== 'public' || release.kind === 'none') continue;
    const window = windowOf(release.window, asked.week, frozen);
    if (!window) continue;
    const parts =
      release.window !== 'weeks' && release.universe === 'incidents'
        ? countedParts(window, asked.asOf, frozen)
        : [{ ...window, asOf: asked.asOf }];
    const table = await tableOf(ports, question, { window, parts, recordsAsOf: asked.asOf });
    tables.push(readsFoia(question) ? { ...table, foiaFiles: await foiaFilesOf(ports, asked.asOf) } : table);
  }
  const weeks = [...frozen.keys()].sort();
  const [from, to] = [weeks[0], weeks.at(-1)];
  const byWeekAndDistrict = ports.questions.find(isByWeekAndDistrict);
  const recount =
    from && to && byWeekAndDistrict
      ? await tableOf(ports, byWeekAndDistrict, {
          window: { from, to },
          parts: [{ from, to, asOf: asked.asOf }],
          recordsAsOf: asked.asOf,
        })
      : undefined;
  return { tables, recount };
}

/** `months` reach back to the first week that was ever released; undefined while no month is whole. */
function windowOf(
  kind: Question['metadata']['release']['window'],
  week: Week,
  frozen: ReadonlyMap<Week, Instant>,
): Window | undefined {
  const series = seriesEnding(week);
  if (kind === 'period') return periodCompletedBy(week);
  if (kind !== 'months') return series;
  const [first = series.from] = [...frozen.keys()].sort();
  return wholeMonthsIn({ from: first < series.from ? first : series.from, to: week });
}

const isByWeekAndDistrict = ({ metadata: { audience, dimensions, release } }: Question): boolean =>
  audience === 'public' &&
  release.universe === 'incidents' &&
  release.kind === 'counts' &&
  dimensions.map(({ vocabulary }) => vocabulary).join() === 'weeks,districts';

/** For each week whose incidents were released, the time up to which records were counted then. */
function frozenWeeks(entries: readonly LedgerEntry[], questions: readonly Question[]): ReadonlyMap<Week, Instant> {
  const counting = new Set(
    questions.flatMap(({ name, metadata: { release } }) =>
      release.universe === 'incidents' && release.kind === 'counts' ? name : [],
    ),
  );
  const frozen = new Map<Week, Instant>();
  for (const { content } of entries)
    for (const { query, window } of content.tables)
      if (counting.has(query))
        for (const week of weeksFrom(window.from, window.to)) if (!frozen.has(week)) frozen.set(week, content.asOf);
  return frozen;
}

/** A window in parts of consecutive weeks that are counted with the same records. */
function countedParts(window: Window, asOf: Instant, frozen: ReadonlyMap<Week, Instant>): readonly CountedPart[] {
  const parts: CountedPart[] = [];
  for (const week of weeksFrom(window.from, window.to)) {
    const counted = frozen.get(week) ?? asOf;
    const last = parts.at(-1);
    if (last && last.asOf === counted && weekPlus(last.to, 1) === week) parts.splice(-1, 1, { ...last, to: week });
    else parts.push({ from: week, to: week, asOf: counted });
  }
  return parts;
}

/** `recordsAsOf` says up to when agency files were known where they are compared with reports of another time. */
type Counting = { readonly window: Window; readonly parts: readonly CountedPart[]; readonly recordsAsOf: Instant };

async function tableOf(
  { engine, city }: Ports,
  question: Question,
  { window, parts, recordsAsOf }: Counting,
): Promise<RawTable> {
  const answers: { readonly answer: Answer; readonly parameters: Readonly<Record<string, string>> }[] = [];
  for (const { from, to, asOf } of parts) {
    const values = askedValues(city, { window: { from, to }, asOf, recordsAsOf });
    const bound = bindQuestion(question, values);
    const answer = await engine.run({
      ...bound,
      token: sha256(JSON.stringify([question.name, sha256(question.sql), bound.parameters])),
    });
    await assertSound(engine, question, values);
    answers.push({ answer, parameters: bound.named });
  }
  const [first] = answers;
  if (!first) throw new Error('a window has weeks');
  if (answers.length === 1) return { query: question, parameters: first.parameters, window, answer: first.answer };
  const latest =
    parts
      .map(({ asOf }) => asOf)
      .sort()
      .at(-1) ?? '';
  return {
    query: question,
    parameters: { ...first.parameters, as_of: latest, from_week: window.from, to_week: window.to },
    window,
    counted: parts,
    answer: { ...first.answer, rows: answers.flatMap(({ answer }) => answer.rows) },
  };
}
