/**
 * The weekly release over 100,000 reports, both PDFs included: from the schedule's event to the mail in the outbox and the sealed exhibit.
 * Reference: the bare engine answering the same questions over the same Parquet files.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { localLake } from '#adapters/local/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import type { City } from '#core/domain/city.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { reportIdOf, submissionIdOf } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { periodCompletedBy, seriesEnding } from '#core/domain/period.ts';
import { readBody } from '#core/domain/report/body.ts';
import { readReport } from '#core/domain/report/read-report.ts';
import type { RowVerdict } from '#core/domain/submission.ts';
import { latestReleasableWeek, weekIn, weekPlus } from '#core/domain/week.ts';
import { askedValues } from '#core/lake/asked-values.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { reportRows } from '#core/lake/report-rows.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import { cityFolder } from '../../bin/local/city-folder.ts';
import { type CityHost, openCity } from '../../bin/local/city-host.ts';
import { Client } from '../../bin/local/client.ts';
import { listen } from '../../bin/local/http-host.ts';
import { eventAt } from '../../bin/local/schedule.ts';
import { sampleWeeks } from '../../bin/sample/sample-weeks.ts';
import { type Figure, figure } from './figure.ts';

const reports = 100_000;
const receiptsPerObject = 1000;

/** Rows of the lake for the sample's accepted creates, as record-lake would make them. */
function sampleRows(city: City, at: Instant): LakeRow<'report_versions'>[] {
  const index = indexCity(city);
  const lastWeek = weekPlus(weekIn(at, city.timeZone), -1);
  const rows: LakeRow<'report_versions'>[] = [];
  for (const { department, body, contentType, idempotencyKey } of sampleWeeks(city, {
    seed: 'bench',
    lastWeek,
    weeks: 26,
    incidents: reports + 5000,
  })) {
    const read = readBody(new TextEncoder().encode(body), contentType, (row) => row);
    if (!read.ok) continue;
    const verdicts = read.value.flatMap((row): RowVerdict[] => {
      if (!('value' in row)) return [];
      const report = readReport(row.value, { city: index, department, now: at });
      if (!report.ok || report.operation !== 'create') return [];
      const { operation, sha256, facts, open, localReportId } = report;
      const version = {
        reportId: reportIdOf(department, localReportId),
        localReportId,
        version: 1,
        operation,
        sha256,
        facts,
        open,
        sealed: [],
      };
      return [{ line: row.line, status: 'accepted', report: version, violations: [] }];
    });
    const submissionId = submissionIdOf(department, idempotencyKey);
    rows.push(
      ...reportRows({ schema: 1, submissionId, department, rows: verdicts }, { submissionId, receivedAt: at }, city),
    );
  }
  return rows.slice(0, reports);
}

async function bareEngine(root: string, data: string, city: City, due: Instant): Promise<number> {
  const questions = (await readQuestions(assets(root))).filter(({ metadata }) => metadata.audience === 'public');
  const engine = localQueryEngine(join(data, 'lake'));
  const week = latestReleasableWeek(due, city.timeZone, 14);
  const start = performance.now();
  for (const question of questions) {
    const window = question.metadata.release.window === 'period' ? periodCompletedBy(week) : seriesEnding(week);
    await engine.run({
      ...bindQuestion(question, askedValues(city, { window, asOf: due, recordsAsOf: due })),
      token: 'bench',
    });
  }
  return (performance.now() - start) / 1000;
}

async function sealOne(host: CityHost, release: string): Promise<void> {
  const server = await listen(host.door, 0);
  try {
    const credential = host.credentials.find(({ client_id }) => client_id === 'legal');
    if (!credential) throw new Error('there is no client for legal');
    const body = JSON.stringify({
      release_id: release,
      query: 'incidents_by_week_and_area_v1',
      matter: 'BENCH',
      purpose: 'benchmark',
    });
    const answer = await new Client(server.url, credential).send(
      'POST',
      '/v1/exhibits',
      { 'content-type': 'application/json' },
      body,
    );
    if (answer.status !== 201) throw new Error(`the exhibit was refused: ${answer.status}`);
  } finally {
    await server.close();
  }
}

export async function benchRelease(): Promise<readonly Figure[]> {
  const root = process.cwd();
  const data = mkdtempSync(join(tmpdir(), 'bench-release-'));
  const city = cityFolder(root, 'los-angeles');
  const host = await openCity(root, data, city);
  try {
    const lake = localLake(join(data, 'lake'));
    const now = clock.now();
    const rows = sampleRows(city, now);
    for (let at = 0; at < rows.length; at += receiptsPerObject) {
      await lake.append(
        'report_versions',
        { partition: now.slice(0, 7), name: `${at + 1}-${at + receiptsPerObject}` },
        rows.slice(at, at + receiptsPerObject),
      );
    }
    const event = eventAt(new Date());
    const due = instantOf(event.scheduled_time) ?? now;
    const bare = await bareEngine(root, data, city, due);
    const start = performance.now();
    const outcome = await host.runRelease(event);
    if (!outcome.ok) throw new Error(`the release was refused: ${outcome.problem.detail}`);
    await sealOne(host, outcome.value.id);
    return [
      figure('release.100k', (performance.now() - start) / 1000, 's', bare),
      figure('release.100k.reports', rows.length, 'reports', reports),
    ];
  } finally {
    await host.close();
    rmSync(data, { recursive: true, force: true });
  }
}
