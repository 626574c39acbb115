/**
 * What the schema says, as stable codes: E1xx the shape is wrong, E2xx one value is. The pointer names fields of the schema only; an unknown field is
 * pointed at by the object that holds it, because its name came from outside.
 */
import type * as z from 'zod';
import type { Violation } from '../problem.ts';

const syntaxMessages = {
  E101: 'A required field is missing',
  E102: 'The value has the wrong type',
  E103: 'The object holds a field that this schema does not know',
  E104: 'The operation is not create, correct, supplement, withdraw or zero',
  E105: 'A report is one JSON object',
  E106: 'An object holds the same field twice',
  E107: 'The row cannot be read',
  E108: 'The row has another number of cells than the header',
  E109: 'The cell cannot be read as the type of its column',
  E201: 'The value is not a word of this vocabulary',
  E202: 'The text does not have the form this field needs',
  E203: 'The value is too small or the text too short',
  E204: 'The value is too large or the text too long',
  E205: 'The number must be whole',
  E206: 'The text holds control characters or broken characters',
  E209: 'The value is not valid',
} as const;
export type SyntaxCode = keyof typeof syntaxMessages;

export const syntaxViolation = (
  code: SyntaxCode,
  where: Pick<Violation, 'pointer' | 'line' | 'column'> = {},
): Violation => ({ code, severity: 'error', message: syntaxMessages[code], ...where });

function codeOf(issue: z.core.$ZodIssue): SyntaxCode {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'E101';
      return issue.expected === 'int' ? 'E205' : 'E102';
    case 'unrecognized_keys':
      return 'E103';
    case 'invalid_union':
      return 'E104';
    case 'invalid_value':
      return issue.input === undefined ? 'E101' : 'E201';
    case 'invalid_format':
      return 'E202';
    case 'too_small':
      return 'E203';
    case 'too_big':
      return 'E204';
    default:
      return 'E209';
  }
}

const mostViolations = 50;

/** Must be given issues made with `reportInput: true`: a missing field and a wrong type are told apart by the input. */
export function schemaViolations(issues: readonly z.core.$ZodIssue[]): Violation[] {
  return issues.slice(0, mostViolations).map((issue) =>
    syntaxViolation(issue.path.length === 0 && issue.code === 'invalid_type' ? 'E105' : codeOf(issue), {
      pointer: issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    }),
  );
}
