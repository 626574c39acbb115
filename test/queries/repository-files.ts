import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { QuestionFiles } from '#core/lake/read-question.ts';

const root = join(import.meta.dirname, '..', '..');

/** The questions as they lie in the repository. */
export const repositoryFiles: QuestionFiles = {
  text: (path) => readFile(join(root, path), 'utf8'),
  list: (folder) => readdir(join(root, folder)),
};
