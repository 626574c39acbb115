/**
 * Asks every public question for a release. A week that was released before is counted with the records known then, so that tables of different weeks and kinds count
 * the same incidents; what came later is counted apart (docs/METHODS.md §3.7).
 */
import type { RawTable } from '#core/disclosure/grid.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { CountedPart } from '#core/disclosure/released-table.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { periodCompletedBy, seriesEnding, type Window } from '#core/domain/period.ts';
import { type Week, weekPlus, weeksFrom } from '#core/domain/week.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Answer, Question } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';
import { foiaFilesOf, readsFoia } from './foia-files.ts';
import { assertSound } from './sound.ts';

type Ports = { readonly questions: readonly Question[]; readonly engine: QueryEngine };
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
    const period = release.window === 'period';
    const window = period ? periodCompletedBy(asked.week) : seriesEnding(asked.week);
    const parts =
      period && release.universe === 'incidents'
        ? countedParts(window, asked.asOf, frozen)
        : [{ ...window, asOf: asked.asOf }];
    const table = await tableOf(ports, question, window, parts);
    tables.push(readsFoia(question) ? { ...table, foiaFiles: await foiaFilesOf(ports, asked.asOf) } : table);
  }
  const weeks = [...frozen.keys()].sort();
  const [from, to] = [weeks[0], weeks.at(-1)];
  const byWeekAndDistrict = ports.questions.find(isByWeekAndDistrict);
  const recount =
    from && to && byWeekAndDistrict
      ? await tableOf(ports, byWeekAndDistrict, { from, to }, [{ from, to, asOf: asked.asOf }])
      : undefined;
  return { tables, recount };
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

async function tableOf(
  { engine }: Ports,
  question: Question,
  window: Window,
  parts: readonly CountedPart[],
): Promise<RawTable> {
  const answers: { readonly answer: Answer; readonly parameters: Readonly<Record<string, string>> }[] = [];
  for (const { from, to, asOf } of parts) {
    const values = { as_of: asOf, from_week: from, to_week: to };
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
