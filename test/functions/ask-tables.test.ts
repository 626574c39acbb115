import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { type RawTable, release } from '#core/disclosure/release.ts';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { monthOfWeek, type Week, weekPlus } from '#core/domain/week.ts';
import type { Answer, Question } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';
import { askTables } from '#functions/run-release/ask-tables.ts';
import {
  byAgency,
  firstWeek,
  type Incident,
  incidentsOf,
  inventedCity,
  question,
  requestOf,
  weekByDistrict,
} from '../core/disclosure/fixture.ts';

const city = inventedCity(3, 9);
const incidents = incidentsOf(city, 44, 90, 5, 0.2);
const outcomes = ['same_day', 'only_ours', 'not_released', 'nobody_taken'];

/** With the parameters that the question of this name declares in the repository. */
const asking = (of: Question, more: readonly string[] = [], sql = of.sql): Question => ({
  ...of,
  sql,
  metadata: {
    ...of.metadata,
    parameters: [
      { name: 'as_of', type: 'timestamp' },
      ...['from_week', 'to_week'].map((name) => ({ name, type: 'date' as const })),
      ...more.map((name) => ({ name, type: 'timestamp' as const })),
    ],
  },
});
const compared = asking(
  question(
    'incidents_compared_with_foia_v1',
    [
      ['observed_month', 'months'],
      ['comparison', outcomes],
    ],
    'counts',
    'months',
  ),
  ['records_as_of'],
  'SELECT foia_records',
);
const files = question('foia_files_counted_v1', [], 'counts', 'all', 'foia');
const filesOnly: Question = {
  ...files,
  metadata: {
    ...files.metadata,
    audience: 'legal',
    parameters: [{ name: 'as_of', type: 'timestamp' }],
    release: { ...files.metadata.release, kind: 'none' },
  },
};
const questions = [asking(byAgency), asking(weekByDistrict), compared, filesOnly].map((one) => ({
  ...one,
  checks: 'WITH one AS (SELECT 1) SELECT 1',
}));

/** From when on agency files count; the rows of an incident depend on how many there are. */
type Files = readonly Instant[];
const fileRow = (from: Instant, at: number) => [`release ${at}`, sha256(from), 'counted', 1, null] as const;

/** Few fall on a day of the first file, and more on one of both. */
const same = (access: string, files: number) => access === 'not_stated' || (files > 1 && access > 'n');

/** An engine that counts incidents one by one, and keeps what it was asked. */
function countingEngine(received: Files): QueryEngine & { readonly asked: string[] } {
  const asked: string[] = [];
  const rowsFor: Readonly<Record<string, (one: Incident, files: number) => readonly string[]>> = {
    [byAgency.name]: ({ agency, activity }) => [agency, activity],
    [weekByDistrict.name]: ({ week, district }) => [week, district],
    [compared.name]: ({ week, activity, access }, files) => [
      monthOfWeek(week as Week),
      activity !== 'stop'
        ? 'nobody_taken'
        : files === 0
          ? 'not_released'
          : same(access, files)
            ? 'same_day'
            : 'only_ours',
    ],
  };
  return {
    asked,
    async run({ name, parameters }) {
      asked.push(name);
      const [asOf = '', from = '', to = '', recordsAsOf = asOf] = parameters.map(({ value }) => value);
      const how = { execution: 'test', engine: 'test' };
      if (name.endsWith('_checks')) return { ...how, columns: [], rows: [] };
      if (name === files.name) return { ...how, columns: [], rows: received.filter((at) => at <= asOf).map(fileRow) };
      const counts = new Map<string, number>();
      for (const one of incidents)
        if (one.week >= from && one.week <= to && `${weekPlus(one.week as Week, one.known)}` <= asOf) {
          const row = rowsFor[name]?.(one, received.filter((at) => at <= recordsAsOf).length) ?? [];
          counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
        }
      const of = questions.find((one) => one.name === name)?.metadata;
      const columns = [...(of?.dimensions ?? []), ...(of ? [of.measure] : [])].map((one) => ({
        name: one.name,
        type: 'varchar',
      }));
      return { ...how, columns, rows: [...counts].map(([row, count]) => [...(JSON.parse(row) as string[]), count]) };
    },
  };
}

type Made = { readonly entry: LedgerEntry; readonly tables: readonly RawTable[]; readonly asked: readonly string[] };

/** Weekly releases one after another, each with what the engine was asked for it. */
async function weekly(releases: number, received: Files): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (let nth = 0; nth < releases; nth++) {
    const week = weekPlus(firstWeek, 24 + nth);
    const ledger = made.map(({ entry }) => entry);
    const request = requestOf(city, week, [], ledger);
    const engine = countingEngine(received);
    const { tables, recount } = await askTables(
      { city, questions, engine },
      { week, asOf: request.asOf, entries: ledger },
    );
    const decided = release({ ...request, tables, ...(recount ? { recount } : {}) });
    if (!decided.ok) throw new Error(decided.problem.detail);
    made.push({ entry: decided.value.entry, tables, asked: engine.asked });
  }
  return made;
}

const rawOf = ({ tables }: Made, { name }: Question) => {
  const raw = tables.find(({ query }) => query.name === name);
  if (!raw) throw new Error(`${name} was asked`);
  return raw;
};
const summed = (rows: Answer['rows']) => {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = row.slice(0, -1).join(' ');
    sums.set(key, (sums.get(key) ?? 0) + Number(row.at(-1)));
  }
  return [...sums].filter(([, count]) => count > 0).sort();
};
/** What whoever holds the exhibit does: each part with the parameters of the table, added up. */
async function recounted(
  { parameters, window, counted }: Pick<ReleasedTable, 'parameters' | 'window' | 'counted'>,
  name: string,
  received: Files,
) {
  const engine = countingEngine(received);
  const rows: Answer['rows'][number][] = [];
  for (const { from, to, asOf } of counted ?? [{ ...window, asOf: parameters['as_of'] ?? '' }]) {
    const values = [asOf, from, to, parameters['records_as_of'] ?? asOf];
    const answer = await engine.run({
      name,
      sql: '',
      parameters: values.map((value) => ({ type: 'varchar' as const, value })),
      token: '',
    });
    rows.push(...answer.rows);
  }
  return summed(rows);
}

const early = '2024-01-20T12:00:00.000Z' as Instant;

describe('what a weekly release asks', () => {
  it('does not grow with the history: standing tables and settled months are taken from the ledger, and count what they would if asked again', async () => {
    const received = [early];
    const made = await weekly(14, received);
    const times = ({ asked }: Made, { name }: Question) => asked.filter((one) => one === name).length;
    for (const [nth, one] of made.entries()) {
      const raw = rawOf(one, compared);
      expect(summed(raw.answer.rows)).toEqual(await recounted(raw, compared.name, received));
      expect(times(one, files)).toBe(1);
      // A month has five weeks at most, each counted apart.
      expect(times(one, compared)).toBeLessThanOrEqual(5);
      const period = rawOf(one, byAgency);
      const before = made[nth - 1];
      const stands = before !== undefined && rawOf(before, byAgency).window.to === period.window.to;
      expect([period.stands === true, times(one, byAgency) > 0]).toEqual([stands, !stands]);
    }
    const months = made.map((one) => rawOf(one, compared).window);
    const unchanged = made.filter((_, nth) => nth > 0 && months[nth]?.to === months[nth - 1]?.to);
    expect(unchanged.length).toBeGreaterThan(5);
    for (const one of unchanged) expect(times(one, compared)).toBe(0);
    expect(new Set(months.map(({ to }) => to)).size).toBeGreaterThan(3);
    // Some of what is taken from the ledger was withheld there.
    const cells = made.flatMap(({ entry }) => entry.content.tables.filter(({ query }) => query === compared.name));
    expect(cells.some(({ cells: all }) => all.some(({ value }) => value.kind === 'withheld'))).toBe(true);
    // Late records are there, or else it would not matter when a week was counted.
    const last = made.at(-1);
    expect(last && rawOf(last, compared).counted?.length).toBeGreaterThan(8);
  });

  it('asks for every month again when another agency file came', async () => {
    const received = [early, '2024-07-27T12:00:00.000Z' as Instant];
    const made = await weekly(5, received);
    const counts = made.map(({ asked }) => asked.filter((one) => one === compared.name).length);
    const came = made.findIndex(({ entry }) => entry.content.asOf >= (received[1] ?? ''));
    expect(came).toBeGreaterThan(0);
    const one = made[came];
    if (!one) throw new Error('a file came between the releases');
    const raw = rawOf(one, compared);
    expect(counts[came]).toBe((raw.counted ?? [raw]).length);
    expect(summed(raw.answer.rows)).toEqual(await recounted(raw, compared.name, received));
    const before = rawOf(made[came - 1] ?? one, compared);
    expect(summed(raw.answer.rows)).not.toEqual(summed(before.answer.rows));
    expect(
      made
        .slice(came + 1)
        .map((_, nth) => counts[came + 1 + nth])
        .some((count) => count === 0),
    ).toBe(true);
  });
});
