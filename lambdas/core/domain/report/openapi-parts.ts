/** The pieces that operations of the OpenAPI document are put together from. */
import type { ProblemCode } from '../problem.ts';
import { answerExamples } from './answer-examples.ts';

export type Json = { readonly [name: string]: unknown };

/** What the document says of one operation beside its address, function and scope. */
export type OperationDoc = {
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly answers: Readonly<Record<string, Json>>;
  readonly problems: readonly ProblemCode[];
};

export const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

export const parameter = (
  where: 'query' | 'path' | 'header',
  name: string,
  description: string,
  schema: Json,
  required = where === 'path',
): Json => ({ name, in: where, required, description, schema });

export const query = (name: string, description: string, schema: Json = { type: 'string' }): Json =>
  parameter('query', name, description, schema);

export const idParameter = (pattern: string): Json =>
  parameter('path', 'id', 'As the receipt says it.', { type: 'string', pattern });

export const named = (examples: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));

/** An answer in JSON with the example of its schema, or with one of its own. */
export const jsonAnswer = (
  description: string,
  schema: keyof typeof answerExamples,
  { example = answerExamples[schema], ...more }: Json = {},
): Json => ({
  description,
  content: { 'application/json': { schema: reference(schema), example } },
  ...more,
});
