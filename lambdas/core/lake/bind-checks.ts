import { type BoundQuestion, bindQuestion } from './bind-question.ts';
import type { Question } from './question.ts';
import { QuestionError } from './read-question.ts';

/**
 * The statement that finds what must not exist in a question's answer: `checks.sql` with the question itself as its first common table, named `answer`. It takes the
 * parameters twice, first for the question. Any row of its answer is a broken rule (`broken_rule`, `place`). Throws QuestionError when `checks.sql` does not begin with WITH.
 */
export function bindChecks(question: Question, values: Readonly<Record<string, string>>): BoundQuestion {
  const start = /^((?:\s+|--[^\n]*\n)*)WITH\b/.exec(question.checks);
  if (!start) throw new QuestionError(`queries/${question.name}/checks.sql: the statement must begin with WITH`);
  const bound = bindQuestion(question, values);
  return {
    ...bound,
    name: `${question.name}_checks`,
    sql: `${start[1]}WITH\nanswer AS (\n${question.sql.trimEnd()}\n),${question.checks.slice(start[0].length)}`,
    parameters: [...bound.parameters, ...bound.parameters],
  };
}
