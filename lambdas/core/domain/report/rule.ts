import type { Severity, Violation } from '../problem.ts';
import type { ExaminedReport } from './examined-report.ts';

/** One numbered rule that several fields break together. The violation is always the same: it never quotes a value. */
export type Rule = {
  readonly violation: Violation;
  /** Whether the report breaks the rule. */
  readonly breaks: (examined: ExaminedReport) => boolean;
};

type Maker = (code: string, pointer: string, message: string, breaks: Rule['breaks']) => Rule;

const makerOf =
  (severity: Severity): Maker =>
  (code, pointer, message, breaks) => ({ violation: { code, severity, pointer, message }, breaks });

export const error = makerOf('error');
export const warning = makerOf('warning');
export const info = makerOf('info');
