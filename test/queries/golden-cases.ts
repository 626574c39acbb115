/** The golden cases of a question: folders of data with the answer that was worked out by hand. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const paramsFile = z.record(z.string(), z.string());
const expectFile = z.strictObject({
  why: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

export type GoldenCase = {
  readonly folder: string;
  readonly params: z.infer<typeof paramsFile>;
  readonly expected: z.infer<typeof expectFile>;
};

const here = import.meta.dirname;
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** The names of the cases of a question. */
export async function goldenCases(question: string): Promise<string[]> {
  const entries = await readdir(join(here, question), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export async function readGoldenCase(question: string, name: string): Promise<GoldenCase> {
  const folder = join(here, question, name);
  const params = paramsFile.parse(await json(join(folder, 'params.json')));
  return { folder, params, expected: expectFile.parse(await json(join(folder, 'expect.json'))) };
}
