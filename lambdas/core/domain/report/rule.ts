import type { Severity } from '../problem.ts';
import type { ExaminedReport } from './examined-report.ts';

/** One numbered rule that several fields break together. The message is fixed: it never quotes a value. */
export type Rule = {
  readonly code: string;
  readonly severity: Severity;
  readonly pointer: string;
  readonly message: string;
  /** Whether the report breaks the rule. */
  readonly breaks: (examined: ExaminedReport) => boolean;
};

export const error = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  code,
  severity: 'error',
  pointer,
  message,
  breaks,
});
export const warning = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  ...error(code, pointer, message, breaks),
  severity: 'warning',
});
export const info = (code: string, pointer: string, message: string, breaks: Rule['breaks']): Rule => ({
  ...error(code, pointer, message, breaks),
  severity: 'info',
});
