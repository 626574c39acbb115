/**
 * Asks every public question for a release. A week that was released before is counted with the records known then, so that tables of different weeks and kinds count
 * the same incidents; what came later is counted apart (docs/METHODS.md §3.7). What the ledger settled is not asked again, so that a release asks no more as its history grows.
 */

import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { CountedPart, FoiaFile } from '#core/disclosure/released-table.ts';
import type { RawTable } from '#core/disclosure/tables/grid.ts';
import { settledMonths, standingTable } from '#core/disclosure/tables/settled.ts';
import type { City } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
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
  const files = ports.questions.some(readsFoia) ? await foiaFilesOf(ports, asked.asOf) : [];
  for (const question of ports.questions) {
    const { audience, release } = question.metadata;
    if (audience !== 'public' || release.kind === 'none') continue;
    const window = windowOf(release.window, asked.week, frozen);
    if (!window) continue;
    const foiaFiles = readsFoia(question) ? { foiaFiles: files } : {};
    const standing = standingTable(question, window, asked.entries);
    if (standing && weeksFrom(window.from, window.to).every((week) => frozen.has(week))) {
      const { parameters } = standing.table;
      tables.push({ query: question, parameters, window, stands: true, answer: ledgerAnswer(question, []) });
      continue;
    }
    const as = release.window !== 'weeks' && release.universe === 'incidents' ? frozen : undefined;
    const counting = { window, countedAt: countedAt(window, asked.asOf, as), recordsAsOf: asked.asOf };
    tables.push(await tableOf(ports, question, { ...counting, ...foiaFiles }, asked.entries));
  }
  const weeks = [...frozen.keys()].sort();
  const [from, to] = [weeks[0], weeks.at(-1)];
  const byWeekAndDistrict = ports.questions.find(isByWeekAndDistrict);
  const recount =
    from && to && byWeekAndDistrict
      ? await tableOf(ports, byWeekAndDistrict, {
          window: { from, to },
          countedAt: countedAt({ from, to }, asked.asOf),
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
  const [first = series.from] = [...frozen.keys(), series.from].sort();
  return wholeMonthsIn({ from: first, to: week });
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

/** The time up to which records are counted for each week of a window. */
const countedAt = (
  { from, to }: Window,
  asOf: Instant,
  frozen?: ReadonlyMap<Week, Instant>,
): ReadonlyMap<Week, Instant> => new Map(weeksFrom(from, to).map((week) => [week, frozen?.get(week) ?? asOf]));

/** Weeks in parts of consecutive ones that are counted with the same records; those that are `settled` are in none. */
function partsOf(counted: ReadonlyMap<Week, Instant>, settled?: ReadonlySet<Week>): readonly CountedPart[] {
  const parts: CountedPart[] = [];
  for (const [week, asOf] of counted) {
    if (settled?.has(week)) continue;
    const last = parts.at(-1);
    if (last && last.asOf === asOf && weekPlus(last.to, 1) === week) parts.splice(-1, 1, { ...last, to: week });
    else parts.push({ from: week, to: week, asOf });
  }
  return parts;
}

/** `recordsAsOf` says up to when agency files were known where they are compared with reports of another time. */
type Counting = {
  readonly window: Window;
  readonly countedAt: ReadonlyMap<Week, Instant>;
  readonly recordsAsOf: Instant;
  readonly foiaFiles?: readonly FoiaFile[];
};

/** What stands for an engine's answer where the ledger gives it: the columns that the question's metadata names. */
const ledgerAnswer = ({ metadata: { dimensions, measure } }: Question, rows: Answer['rows']): Answer => ({
  columns: [...dimensions.map(({ name }) => ({ name, type: 'varchar' })), { name: measure.name, type: 'bigint' }],
  rows,
  execution: 'none',
  engine: 'ledger',
});

/** Asks a question for each part of its window; months that `ledger` settled are taken from there. */
async function tableOf(
  { engine, city }: Ports,
  question: Question,
  { window, recordsAsOf, ...counting }: Counting,
  ledger: readonly LedgerEntry[] = [],
): Promise<RawTable> {
  const asking = ({ from, to, asOf }: CountedPart) => askedValues(city, { window: { from, to }, asOf, recordsAsOf });
  const parts = partsOf(counting.countedAt);
  const latest = parts
    .map(({ asOf }) => asOf)
    .toSorted()
    .at(-1);
  invariant(latest, 'a window has weeks');
  const parameters = bindQuestion(question, asking({ ...window, asOf: latest })).named;
  const settled = settledMonths(question, { ...counting, parameters }, ledger);
  const answers: Answer[] = [];
  for (const part of partsOf(counting.countedAt, settled.weeks)) {
    const values = asking(part);
    const bound = bindQuestion(question, values);
    const token = sha256(JSON.stringify([question.name, sha256(question.sql), bound.parameters]));
    answers.push(await engine.run({ ...bound, token }));
    await assertSound(engine, question, values);
  }
  const standing = ledgerAnswer(question, settled.rows);
  const { columns, ...how } = answers.at(-1) ?? standing;
  const inOrder = columns.map(({ name }) => standing.columns.findIndex((column) => column.name === name));
  const rows = standing.rows.map((row) => inOrder.map((at) => row[at] ?? null));
  return {
    query: question,
    parameters,
    window,
    ...(parts.length > 1 ? { counted: parts } : {}),
    ...(counting.foiaFiles ? { foiaFiles: counting.foiaFiles } : {}),
    answer: { ...how, columns, rows: [...rows, ...answers.flatMap((answer) => answer.rows)] },
  };
}
