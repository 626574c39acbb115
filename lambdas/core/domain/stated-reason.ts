import type { Violation } from './problem.ts';
import { prohibitedIn, prohibitedMessages } from './report/prohibited.ts';

/** What the tripwire finds in a purpose or a matter that is about to stand in the audit trail for ever; empty when it may. Values are never echoed. */
export function reasonViolations(reason: Readonly<Record<string, string | undefined>>): Violation[] {
  return Object.entries(reason).flatMap(([name, text]) =>
    (text === undefined ? [] : prohibitedIn(text, name === 'matter' ? 'identifier' : 'prose')).map(
      (code): Violation => ({
        code,
        severity: 'error',
        pointer: `/${name}`,
        message: prohibitedMessages[code] ?? 'The text holds what the city does not record',
      }),
    ),
  );
}
