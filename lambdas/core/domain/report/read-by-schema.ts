/**
 * A report read by its schema. The library can turn a schema into code that accepts what the schema accepts and hands everything else back to the schema, which then
 * says what is wrong; that takes tens of milliseconds and makes a reading ten times faster. So a program that is asked for a few reports never pays for it.
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

type Reader = { readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: Report } };

/** Each operation by itself: few of them ever come in numbers, and code for one is soon made fast. */
const schemas = {
  create: createReport,
  correct: correctReport,
  supplement: supplementReport,
  withdraw: withdrawReport,
  zero: zeroReport,
} as const satisfies Readonly<Record<Operation, z.core.$ZodType>>;

const counts = new Map<Operation, number>();
const compiled = new Map<Operation, Reader>();

/** The code of one operation's schema; it answers what the schema answers. */
export const compiledReader = (operation: Operation): Reader =>
  z.compile(schemas[operation], { strict: true }) as Reader;

function readerOf(operation: Operation): Reader {
  const ready = compiled.get(operation);
  if (ready !== undefined) return ready;
  const count = (counts.get(operation) ?? 0) + 1;
  counts.set(operation, count);
  if (count > compiledAfter) compiled.set(operation, compiledReader(operation));
  return reportSchema;
}

export type ReadBySchema = { readonly report: Report } | { readonly issues: readonly z.core.$ZodIssue[] };

/** The report as the schema gives it, or every issue the schema has with the value. */
export function readBySchema(value: unknown): ReadBySchema {
  const named = typeof value === 'object' && value !== null && 'operation' in value ? value.operation : undefined;
  const known = typeof named === 'string' && Object.hasOwn(schemas, named);
  const read = (known ? readerOf(named as Operation) : reportSchema).safeParse(value);
  if (read.data !== undefined) return { report: read.data };
  // Only a refusal needs the input beside each issue, and reading is slower with it.
  return { issues: reportSchema.safeParse(value, { reportInput: true }).error?.issues ?? [] };
}
