import { beforeAll, describe, expect, it } from 'vitest';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Question } from '#core/lake/question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { lakeTableNames } from '../../lib/constructs/lake-table.ts';
import { repositoryFiles } from '../queries/repository-files.ts';
import { type BothEngines, bothEngines, bothStand, sameAnswer } from './both-engines.ts';
import { hostileRows } from './hostile-rows.ts';

const questions = await readQuestions(repositoryFiles);
const asOf = '2026-02-01T00:00:00.000Z';
const moments = { 'to the millisecond': asOf, 'all that is known': '2199-01-01T00:00:00.000Z' };
const areas = { county_area: 'Los Angeles', aor_area: 'ä', sector_area: 'z', state_area: '' };
const window = { from_week: '2025-12-29', to_week: '2026-03-02', records_as_of: asOf, ...areas };

let engines: BothEngines;
beforeAll(async () => {
  if (!bothStand) return;
  engines = await bothEngines();
  const months = ['2025-12', '2026-01', '2026-02'];
  for (const table of lakeTableNames)
    for (const [at, rows] of hostileRows(table, 476, months.length).entries())
      await engines.lake.append(table, { partition: months[at] ?? '', name: '1-1' }, rows);
  await engines.trino.findPartitions();
});

/** The same question with an answer that is wrong in every way: each row twice, and one of nothing at all that counts minus a million. */
function spoilt(question: Question, columns: readonly { readonly name: string; readonly type: string }[]): Question {
  const names = columns.map(({ name }) => `honest.${name} AS ${name}`).join(', ');
  const nothing = columns.map(({ name, type }) =>
    name === question.metadata.measure.name ? `-1000000 AS ${name}` : `CAST(NULL AS ${type}) AS ${name}`,
  );
  const twice = `SELECT ${names} FROM honest UNION ALL SELECT ${names} FROM honest`;
  const sql = `WITH honest AS (\n${question.sql.trimEnd()}\n)\n${twice} UNION ALL SELECT ${nothing.join(', ')}`;
  return { ...question, sql };
}

describe.skipIf(!bothStand)('a lake of hostile rows', () => {
  describe.each(questions)('$name', (question) => {
    it.each(Object.entries(moments))('answers %s', async (_, at) => {
      const answer = await sameAnswer(engines, bindQuestion(question, { ...window, as_of: at }));
      expect(answer.rows.length).toBeGreaterThan(0);
    });

    it('finds the same rules broken in a spoilt answer', async () => {
      const values = { ...window, as_of: asOf };
      const { columns } = await engines.duckdb.run({ ...bindQuestion(question, values), token: 'columns' });
      const broken = await sameAnswer(engines, bindChecks(spoilt(question, columns), values));
      const rules = new Set(broken.rows.map(([rule]) => String(rule)));
      expect(
        [...rules].filter((rule) => /add up|stands twice|negative|not positive|has no name/.test(rule)).length,
      ).toBe(3);
    });
  });
});
