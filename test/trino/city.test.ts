import { beforeAll, describe, expect, it } from 'vitest';
import { askedValues } from '#core/lake/asked-values.ts';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Question } from '#core/lake/question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { lakeFolder } from '#core/lake/tables.ts';
import losAngeles from '../../cities/los-angeles/city.json' with { type: 'json' };
import { rowOf } from '../queries/lake-fixture.ts';
import { repositoryFiles } from '../queries/repository-files.ts';
import { type BothEngines, bothEngines, bothStand, sameAnswer } from './both-engines.ts';
import { type Asked, askedOf, cityFolder, cityObjects, tooLong } from './city-lake.ts';

const questions = await readQuestions(repositoryFiles);
const objects = bothStand && cityFolder ? await cityObjects() : [];
const asked = objects.length > 0 ? askedOf(objects) : {};
const valuesOf = (question: Question, { window, asOf }: Asked) =>
  askedValues(losAngeles, { window: window(question), asOf, recordsAsOf: asOf });
const whole = 'every week, all that is known';
/** The checks recount everything, which costs the engines most: over the whole city, and where the coverage must object. */
const isRecounted = (question: Question, name: string): boolean =>
  name === whole || (question.metadata.release.kind === 'coverage' && name === tooLong);

let engines: BothEngines;
beforeAll(async () => {
  if (objects.length === 0) return;
  engines = await bothEngines();
  for (const { table, partition, name, rows, bytes, sha256 } of objects) {
    if (table === 'foia_records') {
      // Written as columns, whose dictionaries cannot be told from rows: the very bytes go the adapter's way.
      await engines.put(`${lakeFolder(table, partition)}${name}.parquet`, bytes);
      continue;
    }
    const complete = rows.map((row) => rowOf(table, row));
    const written = await engines.lake.append(table, { partition, name }, complete);
    expect(written.sha256, `${written.key} as npm start wrote it`).toBe(sha256);
  }
  await engines.trino.findPartitions();
});

describe.skipIf(objects.length === 0)('the whole sample city', () => {
  it('lies in S3 as it lies at home, and both engines count its rows', async () => {
    for (const table of ['report_versions', 'foia_records', 'departments'] as const) {
      const sql = `SELECT count(*) AS row_count FROM ${table} ORDER BY row_count`;
      const answer = await sameAnswer(engines, { name: table, sql, parameters: [], named: {} });
      const rows = objects.filter((object) => object.table === table).flatMap((object) => object.rows);
      expect(answer.rows).toEqual([[rows.length]]);
      expect(rows.length).toBeGreaterThan(table === 'departments' ? 10 : 1000);
    }
  });

  describe.each(questions)('$name', (question) => {
    const windows = Object.entries(asked).filter(
      ([name]) => question.metadata.parameters.length > 1 || name.startsWith('every week'),
    );
    it.each(windows)('answers %s', async (name, ask) => {
      const answer = await sameAnswer(engines, bindQuestion(question, valuesOf(question, ask)));
      if (name === whole) expect(answer.rows.length).toBeGreaterThan(1);
    });
    it.each(windows.filter(([name]) => isRecounted(question, name)))('recounts %s', async (name, ask) => {
      const broken = await sameAnswer(engines, bindChecks(question, valuesOf(question, ask)));
      expect(broken.rows.length > 0).toBe(name === tooLong);
    });
  });
});
