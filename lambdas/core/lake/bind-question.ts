import { invariant } from '../domain/invariant.ts';
import type { Question, QuestionValue } from './question.ts';

/** A question with its parameters in the order of the `?`; `named` says the same for people and records. */
export type BoundQuestion = {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly QuestionValue[];
  readonly named: Readonly<Record<string, string>>;
};

/** Gives a question exactly the parameters it declares, from values by name; a parameter nobody has a value for is a bug. */
export function bindQuestion(question: Question, values: Readonly<Record<string, string>>): BoundQuestion {
  const parameters = question.metadata.parameters.map(({ name, type }) => {
    const value = values[name];
    invariant(value !== undefined, `${question.name} asks for ${name}`);
    return { type, value };
  });
  const named = Object.fromEntries(
    question.metadata.parameters.map(({ name }, at) => [name, parameters[at]?.value ?? '']),
  );
  return { name: question.name, sql: question.sql, parameters, named };
}
