/** Numbers of agencies and courts in one spelling, so that `2023-ICFO_42034` of a file name finds `2023-ICFO-42034` of a letter. */
import type { Regime } from './regime.ts';

export type CaseNumber = {
  readonly normal: string;
  readonly kind: 'request' | 'appeal' | 'litigation' | 'court' | 'other';
};

/** Capitals, one hyphen between parts, no spaces; dashes and underscores are hyphens. A colon of a court's number stays. */
function normalNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\s*(NO\.?|NUMBER|CASE( NO\.?)?|FOIA( CASE)?( NO\.?| NUMBER)?|#)(?![A-Z])\s*:?\s*/, '')
    .replace(/[\s_\u2010-\u2015\u2212-]+/g, '-')
    .replace(/^-+|[-.,;]+$/g, '');
}

/** The number in its normal spelling and what it is, by the first pattern of the regime that fits. */
export function caseNumber(text: string, { numbers }: Pick<Regime, 'numbers'>): CaseNumber {
  const normal = normalNumber(text);
  const found = numbers.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(normal));
  return { normal, kind: found?.kind ?? 'other' };
}

/** Whether a text that a person looks for is in a number: in any spelling, and by its last digits alone. */
export function numberMatches({ normal }: CaseNumber, wanted: string): boolean {
  const asked = normalNumber(wanted).replaceAll('-', '');
  return asked.length >= 3 && normal.replaceAll('-', '').includes(asked);
}
