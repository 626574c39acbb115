import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { City } from '#core/domain/city.ts';
import { cityFileErrorLine, cityFileNames, readCity } from '#core/domain/city-files.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { reportIdOf } from '#core/domain/ids.ts';
import { addDays, type CalendarDate, type Instant } from '#core/domain/instant.ts';
import { readBody } from '#core/domain/report/body.ts';
import { nearDuplicates } from '#core/domain/report/near-duplicates.ts';
import { type ReadReport, readReport } from '#core/domain/report/read-report.ts';
import type { Week } from '#core/domain/week.ts';
import { badSubmissions } from '../../bin/sample/bad-submissions.ts';
import { type SampleSubmission, sampleWeeks } from '../../bin/sample/sample-weeks.ts';
import { fixtureCity } from '../fixtures/city.ts';

const cities = new URL('../../cities/', import.meta.url);
const realCities = readdirSync(cities).map((folder): [string, City] => {
  const read = readCity(
    new Map(cityFileNames.map((file) => [file, readFileSync(new URL(`${folder}/${file}`, cities), 'utf8')])),
  );
  if (!read.ok) throw new Error(cityFileErrorLine(read.error));
  return [folder, read.value];
});

const lastWeek = '2026-11-09' as CalendarDate as Week;
/** Minutes after the last week is over: nothing in the sample may lie in the future then. */
const justOver = (date: string) => new Date(Date.parse(`${date}T12:00:00Z`)).toISOString() as Instant;

type Read = {
  readonly submission: SampleSubmission;
  readonly rows: readonly ReadReport[];
  readonly unreadable: boolean;
};

function readAll(city: City, submissions: readonly SampleSubmission[]): Read[] {
  const index = indexCity(city);
  const now = justOver(addDays(lastWeek, 7));
  return submissions.map((submission) => {
    const body = readBody(Buffer.from(submission.body), submission.contentType, (row) => row);
    if (!body.ok) return { submission, rows: [], unreadable: true };
    const context = { city: index, department: submission.department, now, submission: nearDuplicates() };
    const rows = body.value.map((row): ReadReport => {
      return 'value' in row ? readReport(row.value, context) : { ok: false, violations: row.violations };
    });
    return { submission, rows, unreadable: false };
  });
}

describe.each([['the fixture', fixtureCity()] as [string, City], ...realCities])('the sample of %s', (_, city) => {
  const submissions = sampleWeeks(city, { seed: 'test', lastWeek, weeks: 26, incidents: 2_500 });
  const read = readAll(city, submissions);

  it('is accepted, row by row, where it is meant to be', () => {
    const wrong = read
      .filter(({ submission }) => ['accepted', 'replayed', 'key_reused', 'duplicate'].includes(submission.expect))
      .flatMap(({ submission, rows, unreadable }) => [
        ...(unreadable ? [`${submission.idempotencyKey} unreadable`] : []),
        ...rows.flatMap((row) =>
          row.ok
            ? []
            : [
                `${submission.idempotencyKey} ${row.violations.map(({ code, pointer }) => `${code} ${pointer}`).join()}`,
              ],
        ),
      ]);
    expect(wrong).toEqual([]);
  });

  it('is refused where it is meant to be, and only there', () => {
    for (const { submission, rows, unreadable } of read) {
      if (submission.expect === 'mixed')
        expect([rows.filter(({ ok }) => ok).length, rows.filter(({ ok }) => !ok).length]).toEqual([
          submission.rows.accepted,
          submission.rows.refused,
        ]);
      if (submission.expect === 'refused' && !submission.label.includes('not there'))
        expect(unreadable || rows.some(({ ok }) => !ok), submission.label).toBe(true);
      if (submission.expect === 'accepted') expect(rows).toHaveLength(submission.rows.accepted);
    }
  });

  it('never gives two reports one name, and changes only reports that stand in their first version', () => {
    const versions = new Map<string, number>();
    const wrong: string[] = [];
    for (const { submission, rows } of read) {
      if (submission.expect !== 'accepted' && submission.expect !== 'mixed') continue;
      for (const row of rows) {
        if (!row.ok) continue;
        const id = reportIdOf(submission.department, row.localReportId);
        if (versions.get(id) !== row.expectedVersion) wrong.push(row.localReportId);
        versions.set(id, (row.expectedVersion ?? 0) + 1);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('holds about the incidents asked for, over all weeks, most of them in files', () => {
    const creates = read.flatMap(({ submission, rows }) =>
      submission.expect === 'accepted' ? rows.filter((row) => row.ok && row.operation === 'create') : [],
    );
    expect(creates.length).toBeGreaterThan(1_800);
    expect(creates.length).toBeLessThan(3_200);
    expect(new Set(submissions.map(({ week }) => week)).size).toBe(26);
    expect(submissions.length).toBeLessThan(4_500);
    for (const { body } of submissions) expect(Buffer.byteLength(body)).toBeLessThan(4_000_000);
  });

  it('gives every department in every week reports, a zero report or silence, and never two of them', () => {
    const heard = new Map<string, Set<string>>();
    for (const { submission, rows } of read)
      for (const row of rows)
        if (submission.expect === 'accepted' && row.ok && (row.operation === 'create' || row.operation === 'zero')) {
          const key = `${row.facts.department} ${row.facts.week}`;
          heard.set(key, (heard.get(key) ?? new Set()).add(row.operation));
        }
    expect([...heard.values()].filter((kinds) => kinds.size > 1)).toEqual([]);
    const all = city.departments.length * 26;
    expect(heard.size).toBeGreaterThan(all * 0.8);
    expect(heard.size).toBeLessThan(all);
    if (city.departments.length > 10) expect([...heard.values()].some((kinds) => kinds.has('zero'))).toBe(true);
  });

  it('is the same for the same seed and another for another', () => {
    const few = { lastWeek, weeks: 3, incidents: 200 };
    expect(sampleWeeks(city, { seed: 'a', ...few })).toEqual(sampleWeeks(city, { seed: 'a', ...few }));
    expect(sampleWeeks(city, { seed: 'b', ...few })).not.toEqual(sampleWeeks(city, { seed: 'a', ...few }));
  });

  it('names the same key for retries and reuses, and never otherwise', () => {
    const first = new Map<string, SampleSubmission>();
    for (const submission of submissions) {
      const key = `${submission.department} ${submission.idempotencyKey}`;
      const before = first.get(key);
      if (submission.expect === 'replayed') expect(submission.body).toBe(before?.body);
      else if (submission.expect === 'key_reused') expect(submission.body).not.toBe(before?.body ?? submission.body);
      else {
        expect(before).toBeUndefined();
        first.set(key, submission);
      }
    }
  });
});

describe('the sample of a large city', () => {
  const [, city] = realCities[0] ?? ['', fixtureCity()];
  const submissions = sampleWeeks(city, { seed: 'test', lastWeek, weeks: 26 });

  it('holds every manner of sending, every kind of change and every mistake', () => {
    const labels = new Set(submissions.map(({ label }) => label));
    for (const label of [
      'weekly batch',
      'weekly csv',
      'weekly ndjson',
      'single report',
      'zero report',
      'correction',
      'withdrawal',
      'supplement',
      'retry with the same key',
      'same key with another body',
      'same body with another key',
    ])
      expect(labels).toContain(label);
    expect([...labels].filter((label) => label.startsWith('bad:')).length).toBe(badSubmissions.length);
  });

  it('follows the clocks of the city through the autumn change', () => {
    const offsets = new Set(
      submissions.flatMap(({ body, label }) =>
        label.startsWith('bad')
          ? []
          : [...body.matchAll(/"observed_from":"([^T]+)[^"]*([+-]\d\d:\d\d)"/g)].map(
              ([, date = '', offset]) =>
                `${date < '2026-11-01' ? 'summer' : date > '2026-11-01' ? 'winter' : 'day'} ${offset}`,
            ),
      ),
    );
    expect([...offsets].filter((offset) => !offset.startsWith('day')).toSorted()).toEqual([
      'summer -07:00',
      'winter -08:00',
    ]);
  });
});

it('tells of no report before the duty of a department began', () => {
  const [, city] = realCities[0] ?? ['', fixtureCity()];
  const first = city.departments.map(({ activeFrom }) => activeFrom).toSorted()[0] ?? ('' as CalendarDate);
  const monday = addDays(first, -((new Date(first).getUTCDay() + 6) % 7)) as CalendarDate as Week;
  expect(sampleWeeks(city, { seed: 'test', lastWeek: addDays(monday, -7) as CalendarDate as Week, weeks: 2 })).toEqual(
    [],
  );
});
