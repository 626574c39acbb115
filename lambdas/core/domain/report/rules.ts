/**
 * The numbered rules in the order they are reported. Errors (E) block; warnings (W) block unless the report confirms them; infos (I) are stored.
 * E1xx syntax and E2xx value come from the schema (`schema-violations.ts`), E5xx from the tripwire (`prohibited.ts`), E380 from a supplement
 * (`merge-supplement.ts`), E40x from what the store holds already.
 */
import { factRules } from './fact-rules.ts';
import { placeRules } from './place-rules.ts';
import { plausibilityRules } from './plausibility-rules.ts';
import type { Rule } from './rule.ts';
import { timeRules } from './time-rules.ts';

export const rules: readonly Rule[] = [...placeRules, ...factRules, ...timeRules, ...plausibilityRules];
