import { describe, expect, it } from 'vitest';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { goldenCases, readGoldenCase } from './golden-cases.ts';
import { lakeFromFolder } from './lake-fixture.ts';
import { repositoryFiles } from './repository-files.ts';

for (const question of await readQuestions(repositoryFiles)) {
  const cases = await goldenCases(question.name);
  describe(question.name, () => {
    it('has two cases or more', () => expect(cases.length).toBeGreaterThanOrEqual(2));

    it.each(cases)('answers %s', async (name) => {
      const { folder, params, expected } = await readGoldenCase(question.name, name);
      const lake = await lakeFromFolder(folder);
      try {
        const engine = localQueryEngine(lake.directory);
        const answer = await engine.run({ ...bindQuestion(question, params), token: 'case' });
        expect(answer.columns.map((column) => column.name)).toEqual(expected.columns);
        expect(answer.rows).toEqual(expected.rows);
        const { dimensions, measure } = question.metadata;
        expect(expected.columns.slice(0, dimensions.length)).toEqual(dimensions.map((dimension) => dimension.name));
        expect(expected.columns).toContain(measure.name);
        const broken = await engine.run({ ...bindChecks(question, params), token: 'case' });
        expect(broken.rows).toEqual([]);
      } finally {
        await lake.remove();
      }
    });
  });
}
