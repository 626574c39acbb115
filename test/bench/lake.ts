import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localLake } from '#adapters/local/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { parquetOf } from '#core/lake/parquet.ts';
import { readQuestion } from '#core/lake/read-question.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import { rowOf } from '../queries/lake-fixture.ts';
import { repositoryFiles } from '../queries/repository-files.ts';
import { type Figure, figure } from './figure.ts';

const rowCount = 100_000;
const receiptsPerObject = 1000;
const values = { as_of: '2027-01-01T00:00:00.000Z', from_week: '2026-01-05', to_week: '2026-06-29' };

/** Rows that differ as real ones do: 26 weeks, 15 districts, 120 places, an id and a receipt each. */
function sampleRows(): LakeRow<'report_versions'>[] {
  return Array.from({ length: rowCount }, (_, at) => {
    const week = new Date(Date.UTC(2026, 0, 5 + 7 * (at % 26))).toISOString().slice(0, 10);
    return rowOf('report_versions', {
      report_id: `rep_${at.toString(36).padStart(26, '0')}`,
      submission_id: `sub_${at.toString(36).padStart(26, '0')}`,
      recorded_at: new Date(Date.UTC(2026, 0, 5) + at * 150_000).toISOString(),
      department_id: `department-${at % 40}`,
      property_id: `place-${at % 120}`,
      district_id: String((at % 15) + 1),
      h3_cell: `8a29a1d6${(at % 120).toString(16).padStart(3, '0')}ffff`,
      observed_week: week,
      observed_date: week,
      line: at % receiptsPerObject,
    });
  });
}

const timed = async <Value>(work: () => Value | Promise<Value>): Promise<{ ms: number; value: Value }> => {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
};

/** Rows to Parquet beside the same rows as JSON text; one question over 100 objects beside the bare engine that only counts the rows of the same files. */
export async function benchLake(): Promise<readonly Figure[]> {
  const rows = sampleRows();
  const parquet = await timed(() => parquetOf('report_versions', rows));
  const json = await timed(() => new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n')));
  const directory = await mkdtemp(join(tmpdir(), 'bench-lake-'));
  try {
    const lake = localLake(directory);
    const append = await timed(async () => {
      for (let at = 0; at < rows.length; at += receiptsPerObject) {
        const part = rows.slice(at, at + receiptsPerObject);
        const partition = String(part[0]?.recorded_at).slice(0, 7);
        await lake.append('report_versions', { partition, name: `${at + 1}-${at + part.length}` }, part);
      }
    });
    const engine = localQueryEngine(directory);
    const question = await readQuestion(repositoryFiles, 'incidents_by_week_and_area_v1');
    const bare = { name: 'bare', sql: 'SELECT count(*) AS n FROM report_versions', parameters: [], token: 'bench' };
    await engine.run(bare);
    const counted = await timed(() => engine.run(bare));
    const asked = await timed(() => engine.run({ ...bindQuestion(question, values), token: 'bench' }));
    const perSecond = (ms: number): number => (rowCount / ms) * 1000;
    return [
      figure('lake.parquet', perSecond(parquet.ms), 'rows/s', perSecond(json.ms)),
      figure('lake.parquet.size', parquet.value.length / rowCount, 'B/row', json.value.length / rowCount),
      figure('lake.append', perSecond(append.ms), 'rows/s', perSecond(parquet.ms)),
      figure('lake.query.100k', asked.ms, 'ms', counted.ms),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
