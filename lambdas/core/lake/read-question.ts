/**
 * Opens the questions of `queries/`: three files each, read once at start. A question that cannot be read stops the start, by file and path.
 */
import * as z from 'zod';
import { type Question, type QuestionMetadata, questionMetadata } from './question.ts';

/** What can give the files of the repository: text by path, names in a folder. */
export type QuestionFiles = {
  text(path: string): Promise<string>;
  list(folder: string): Promise<readonly string[]>;
};

/** Thrown when a question does not read; the message names the file and the place in it. */
export class QuestionError extends Error {
  override name = 'QuestionError';
}

const questionName = /^[a-z][a-z0-9_]*_v[1-9][0-9]*$/;

/** Reads one question by its folder's name. Throws QuestionError. */
export async function readQuestion(files: QuestionFiles, name: string): Promise<Question> {
  if (!questionName.test(name)) throw new QuestionError(`queries/${name}: a question's name ends in _v<number>`);
  const folder = `queries/${name}`;
  const [sql, checks, json] = await Promise.all([
    files.text(`${folder}/query.sql`),
    files.text(`${folder}/checks.sql`),
    files.text(`${folder}/query.json`),
  ]);
  return { name, sql, checks, metadata: readMetadata(`${folder}/query.json`, json) };
}

/** Reads every question that the folder `queries` holds, in the order of their names. */
export async function readQuestions(files: QuestionFiles): Promise<Question[]> {
  const entries = await files.list('queries');
  const names = entries.map((entry) => entry.replace(/\/$/, '').split('/').at(-1) ?? entry);
  return Promise.all(
    [...new Set(names)]
      .filter((name) => questionName.test(name))
      .sort()
      .map((name) => readQuestion(files, name)),
  );
}

function readMetadata(path: string, json: string): QuestionMetadata {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new QuestionError(`${path}: this is not JSON`, { cause });
  }
  const read = questionMetadata.safeParse(value);
  if (!read.success) throw new QuestionError(`${path}: ${z.prettifyError(read.error)}`);
  return read.data;
}
