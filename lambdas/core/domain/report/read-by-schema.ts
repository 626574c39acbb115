/**
 * A report read by its schema. The library can turn a schema into code that accepts what the schema accepts; whatever that code does not accept is handed to the schema, which then
 * says what is wrong. Each field has code of its own: a report has a third of the fields it could have, and the code of a whole report makes a closure for each of them.
 * Making the code takes tens of milliseconds and makes a reading ten times faster, so a program that is asked for a few reports never pays for it.
 */
import * as z from 'zod/mini';
import type { Operation } from '../submission.ts';
import {
  correctReport,
  createReport,
  type Report,
  reportSchema,
  supplementReport,
  withdrawReport,
  zeroReport,
} from './schema.ts';

/** How many reports of one operation are read before its schema is turned into code. */
export const compiledAfter = 200;

const schemas = {
  create: createReport,
  correct: correctReport,
  supplement: supplementReport,
  withdraw: withdrawReport,
  zero: zeroReport,
} as const satisfies Readonly<Record<Operation, z.core.$ZodObject>>;

type Field = { readonly holds: (value: unknown) => boolean; readonly required: boolean };

function fieldOf(schema: z.core.$ZodType): Field {
  const optional = schema instanceof z.ZodMiniOptional;
  const compiled = z.compile(optional ? schema._zod.def.innerType : schema, { strict: true });
  return { holds: (value) => z.validate(compiled, value), required: !optional };
}

/** Tells whether a value is a report of one operation, just as it stands; false also where only the schema can tell, as of a member that is undefined. */
export type Acceptance = (value: object) => boolean;

/** The code of one operation's schema. No schema of a report changes what it accepts, so the value itself is what the schema would answer. */
export function compiledAcceptance(operation: Operation): Acceptance {
  const fields = new Map(
    Object.entries<z.core.$ZodType>(schemas[operation].shape).map(([name, schema]) => [name, fieldOf(schema)]),
  );
  const needed = [...fields.values()].filter(({ required }) => required).length;
  return (value) => {
    const report = value as Readonly<Record<string, unknown>>;
    let met = 0;
    for (const name in report) {
      const field = fields.get(name);
      if (field === undefined || !field.holds(report[name])) return false;
      if (field.required) met++;
    }
    return met === needed;
  };
}

const counts = new Map<Operation, number>();
const compiled = new Map<Operation, Acceptance>();

/** The code of an operation that has come in numbers. */
function acceptanceOf(operation: Operation): Acceptance | undefined {
  const ready = compiled.get(operation);
  if (ready !== undefined) return ready;
  const count = (counts.get(operation) ?? 0) + 1;
  counts.set(operation, count);
  if (count > compiledAfter) compiled.set(operation, compiledAcceptance(operation));
  return undefined;
}

export type ReadBySchema = { readonly report: Report } | { readonly issues: readonly z.core.$ZodIssue[] };

/** The report as the schema gives it, or every issue the schema has with the value. */
export function readBySchema(value: unknown): ReadBySchema {
  if (typeof value === 'object' && value !== null && 'operation' in value) {
    const { operation } = value;
    const known = typeof operation === 'string' && Object.hasOwn(schemas, operation);
    if (known && acceptanceOf(operation as Operation)?.(value)) return { report: value as Report };
  }
  const read = reportSchema.safeParse(value);
  if (read.data !== undefined) return { report: read.data };
  // Only a refusal needs the input beside each issue, and reading is slower with it.
  return { issues: reportSchema.safeParse(value, { reportInput: true }).error?.issues ?? [] };
}
