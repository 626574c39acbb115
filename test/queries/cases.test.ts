import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { lakeFromFolder } from './lake-fixture.ts';
import { repositoryFiles } from './repository-files.ts';

const paramsFile = z.record(z.string(), z.string());
const expectFile = z.strictObject({
  why: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

const here = import.meta.dirname;
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const foldersIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((e) => e.isDirectory()).map((e) => e.name);

for (const question of await readQuestions(repositoryFiles)) {
  const cases = await foldersIn(join(here, question.name));
  describe(question.name, () => {
    it('has two cases or more', () => expect(cases.length).toBeGreaterThanOrEqual(2));

    it.each(cases)('answers %s', async (name) => {
      const folder = join(here, question.name, name);
      const params = paramsFile.parse(await json(join(folder, 'params.json')));
      const expected = expectFile.parse(await json(join(folder, 'expect.json')));
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
