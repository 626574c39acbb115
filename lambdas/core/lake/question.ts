/**
 * A question is a folder in `queries/`: one SELECT in the SQL that Athena and the local engine answer alike, and what it means.
 */
import * as z from 'zod';

const questionParameter = z.strictObject({
  name: z.string().regex(/^[a-z_]+$/),
  type: z.enum(['timestamp', 'date', 'varchar']),
});

/**
 * `dimensions` are the columns that say what a row counts, `measure` the count. `vocabulary` names the closed list of a dimension's categories, so that
 * zeros can be told from rows that are not there: `weeks` (of the window), `months` (of the window), `districts`, `departments`, `h3` (open, coarsened), or the list itself.
 * `nested` names dimensions summed away to totals that are published too.
 * `window`: the weekly series, the last period that is over, whole months, everything received. `absent` says that a cell without a row is known to everybody to hold nothing; otherwise it is a
 * zero like any other.
 */
export const questionMetadata = z.strictObject({
  title: z.strictObject({ en: z.string(), es: z.string() }),
  question: z.string(),
  grain: z.string(),
  audience: z.enum(['public', 'legal']),
  parameters: z.array(questionParameter),
  dimensions: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_0-9]+$/),
      label: z.strictObject({ en: z.string(), es: z.string() }),
      vocabulary: z.union([z.enum(['weeks', 'months', 'districts', 'departments', 'h3', 'open']), z.array(z.string())]),
    }),
  ),
  measure: z.strictObject({ name: z.string(), label: z.strictObject({ en: z.string(), es: z.string() }) }),
  release: z.strictObject({
    kind: z.enum(['counts', 'coverage', 'map', 'none']),
    universe: z.enum(['incidents', 'foia', 'departments']),
    window: z.enum(['weeks', 'period', 'months', 'all']),
    absent: z.literal('impossible').optional(),
  }),
});
export type QuestionMetadata = z.infer<typeof questionMetadata>;

/** One versioned question; `name` is the folder's name and ends in `_v<n>`. A published version is never edited. */
export type Question = {
  readonly name: string;
  readonly sql: string;
  readonly checks: string;
  readonly metadata: QuestionMetadata;
};

/** A typed parameter, in the order of the `?` in the SQL. */
export type QuestionValue = { readonly type: 'timestamp' | 'date' | 'varchar'; readonly value: string };

/** The answer of an engine: rows in the order of the SQL; bigint counts come as numbers (refused above 2^53). */
export type Answer = {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly execution: string;
  readonly engine: string;
};
