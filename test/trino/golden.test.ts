import { describe, expect, it } from 'vitest';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { goldenCases, readGoldenCase } from '../queries/golden-cases.ts';
import { fillLake } from '../queries/lake-fixture.ts';
import { repositoryFiles } from '../queries/repository-files.ts';
import { bothEngines, bothStand, sameAnswer } from './both-engines.ts';

for (const question of await readQuestions(repositoryFiles))
  describe.skipIf(!bothStand)(question.name, async () => {
    it.each(await goldenCases(question.name))('answers %s on both engines', async (name) => {
      const { folder, params, expected } = await readGoldenCase(question.name, name);
      const engines = await bothEngines();
      await fillLake(engines.lake, folder);
      await engines.trino.findPartitions();
      const answer = await sameAnswer(engines, bindQuestion(question, params));
      expect(answer.columns.map((column) => column.name)).toEqual(expected.columns);
      expect(answer.rows).toEqual(expected.rows);
      const broken = await sameAnswer(engines, bindChecks(question, params));
      expect(broken.rows).toEqual([]);
    });
  });
